import { sum, type TestCounts } from './test-counts.js';
import { textTable } from './text-table.js';

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
  return textTable([['suite', 'took', 'from', 'to', 'passed', 'failed'], ...rows, ...(runs.length > 1 ? [total] : [])]);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
