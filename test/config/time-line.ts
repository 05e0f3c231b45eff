import { sum, type TestCounts } from './test-counts.js';

/** What some suites did, and when. */
export interface SuiteRun extends TestCounts {
  readonly name: string;
  /** ms since the tests began. */
  readonly from: number;
  readonly to: number;
}

/** When each suite ran, how long it took, and what came of it. */
export function timeLine(runs: readonly SuiteRun[]): string {
  const rows = [...runs]
    .sort((one, other) => one.from - other.from)
    .map(({ name, passed, failed, from, to }) => [
      name,
      seconds(to - from),
      seconds(from),
      seconds(to),
      passed,
      failed,
    ]);
  const { passed, failed } = sum(runs);
  const end = Math.max(...runs.map(({ to }) => to));
  const total = ['all', seconds(end), seconds(0), seconds(end), passed, failed];
  return tableOf([['suite', 'took', 'from', 'to', 'passed', 'failed'], ...rows, ...(runs.length > 1 ? [total] : [])]);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Lines with the cells below each other: the first to the left, the others to the right. */
function tableOf(rows: ReadonlyArray<ReadonlyArray<string | number>>): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  const line = (row: ReadonlyArray<string | number>) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? String(cell).padEnd(width) : String(cell).padStart(width);
    });
  return rows.map((row) => line(row).join('  ')).join('\n');
}
