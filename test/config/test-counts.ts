/** The counts of a suite's tests by result. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/** Returns the sum of several counts. */
export function sum(all: readonly TestCounts[]): TestCounts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
  };
}
