/** One line of a bench's table. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** The bound, in words; none for a line that only informs. */
  readonly bound?: string;
  readonly holds: boolean;
}
