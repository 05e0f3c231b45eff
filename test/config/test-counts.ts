/** How the tests of a suite ended. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/** Adds up the counts of several suites. */
export function sum(all: readonly TestCounts[]): TestCounts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
  };
}
