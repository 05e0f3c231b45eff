const UNITS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** Says how long ago something was, in one language. */
export class RelativeTime {
  readonly language: string;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #absolute: Intl.DateTimeFormat;

  constructor(language: string) {
    this.language = language;
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    this.#absolute = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  }

  /** "3 days ago", "yesterday", "now". What seems to lie ahead, by a wrong clock, is now. @param time ms since the epoch */
  ago(time: number, wallNow: number): string {
    const age = Math.max(0, wallNow - time);
    const [unit, length] = UNITS.find(([, size]) => age >= size) ?? ['second', 1];
    return this.#relative.format(unit === 'second' ? 0 : -Math.floor(age / length), unit);
  }

  /** The date in full. */
  date(time: number): string {
    return this.#absolute.format(time);
  }
}
