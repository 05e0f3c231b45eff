import { type NodeTestRun, runNodeTests, type TestResult } from './run-node-tests.js';

/** Number of failing files up to which they run again. More are no accident. */
const MAX_FILES_AGAIN = 3;

/** How to run a part of the tests again. */
interface Rerun {
  /** Returns the part that a result belongs to. */
  readonly partOf: (result: TestResult) => string;
  readonly run: (parts: readonly string[]) => Promise<NodeTestRun>;
}

/** True in CI. At a desk a failing test should fail at once. */
export const runsAgain = (): boolean => process.env['RUN_FAILING_AGAIN'] === '1';

/**
 * Returns the failing files that are worth a second run, and prints them. One lost click or one stalled browser would throw
 * away the work of a day. A test that fails twice has failed.
 */
export function filesToRunAgain(failing: Iterable<string>): readonly string[] {
  const files = [...new Set(failing)];
  if (files.length === 0 || files.length > MAX_FILES_AGAIN) return [];
  console.log(`\nFailed, and runs once more: ${files.join(', ')}`);
  return files;
}

/** Returns how to run files of node:test again, one after the other. */
export function rerunFiles(options: { title?: string | undefined; print?: (text: string) => void } = {}): Rerun {
  return {
    partOf: ({ file }) => file,
    run: (files) => runNodeTests(files, { ...options, concurrency: 1 }),
  };
}

/** Runs the failing parts of a run once more, and returns the results of all parts. */
export async function runFailingAgain(first: NodeTestRun, { partOf, run }: Rerun): Promise<NodeTestRun> {
  const failed = first.results.filter(({ outcome }) => outcome.kind === 'failed');
  const parts = filesToRunAgain(failed.map(partOf));
  if (parts.length === 0) return first;
  const second = await run(parts);
  const replaced = first.results.filter((result) => parts.includes(partOf(result)));
  const count = (kind: string) => replaced.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    passed: first.passed - count('passed') + second.passed,
    failed: first.failed - count('failed') + second.failed,
    results: [...first.results.filter((result) => !replaced.includes(result)), ...second.results],
  };
}
