import { relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { TestCounts } from './test-counts.js';

/** How one test ended. */
export interface TestResult {
  /** Compiled file that was run, from the root of the repository. */
  readonly file: string;
  readonly name: string;
  /** `skipped`: with the reason. */
  readonly outcome: { readonly kind: 'passed' | 'failed' } | { readonly kind: 'skipped'; readonly why: string };
}

/** The counts, and each test by itself. */
export interface NodeTestRun extends TestCounts {
  readonly results: readonly TestResult[];
}

interface TestEvent {
  readonly name: string;
  /** How many suites it is in. */
  readonly nesting: number;
  /** Where the test was made: for one in no suite, the file that was run. */
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined };
}

/** ms. A file that takes longer hangs: it is ended and has failed. The longest takes six minutes. */
const LONGEST_FILE = 15 * 60_000;

/** Runs files of node:test, `concurrency` at a time, with its own report on standard output. */
export async function runNodeTests(files: readonly string[], concurrency: number): Promise<NodeTestRun> {
  const counts = new Map<string, number>();
  const results: TestResult[] = [];
  const stream = run({ files: [...files], concurrency, timeout: LONGEST_FILE });
  // Its closing lines, `pass 12`, `cancelled 0` …, are the runner's own count.
  stream.on('test:diagnostic', ({ message }) => {
    const [, word, count] = /^(\w+) (\d+)$/.exec(message) ?? [];
    if (word) counts.set(word, Number(count));
  });
  let ofOneFile: Array<Omit<TestResult, 'file'>> = [];
  const onTest = (kind: 'passed' | 'failed') => (event: TestEvent) => {
    ofOneFile.push(...resultOf(event, kind));
    // A suite is told of after its tests, which a function of another file may have made.
    if (event.nesting > 0 || event.file === undefined) return;
    const file = relative('.', event.file);
    results.push(...ofOneFile.map((result) => ({ ...result, file })));
    ofOneFile = [];
  };
  stream.on('test:pass', onTest('passed'));
  stream.on('test:fail', onTest('failed'));
  for await (const text of stream.compose(new spec())) process.stdout.write(String(text));
  const count = (word: string) => counts.get(word) ?? 0;
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), results };
}

function resultOf({ name, skip, details }: TestEvent, kind: 'passed' | 'failed'): Array<Omit<TestResult, 'file'>> {
  if (details.type === 'suite') return [];
  return [{ name, outcome: skip ? { kind: 'skipped', why: String(skip) } : { kind } }];
}
