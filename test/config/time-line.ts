import { sum, type TestCounts } from './test-counts.js';
import { textTable } from './text-table.js';

/** The counts and times of a suite, or of suites that ran together. */
export interface SuiteRun extends TestCounts {
  readonly name: string;
  /** Time since the start of the tests, in ms. */
  readonly from: number;
  readonly to: number;
}

/** Returns a table of the suites: duration, start, end and counts. */
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
