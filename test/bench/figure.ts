/** One line of a bench's table. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** The bound, in words; none for a line that only informs. */
  readonly bound?: string;
  readonly holds: boolean;
}

/** Returns the lines as they are printed. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, bound = '', holds }) => [name, value, bound, holds ? 'holds' : 'MISSED']);
  const all = [['figure', 'measured', 'bound', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** Prints the table of a bench. The exit code is 1 when a bound is missed. */
export function printFigures(figures: readonly Figure[]): void {
  console.log(table(figures));
  if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
}
