import { relative } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { END_OF_FILE } from './share-process.js';
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

export interface NodeTestOptions {
  /** Number of files that run at a time, each in its own process. */
  readonly concurrency: number;
  /** Runs only tests with this text in their name. */
  readonly title?: string | undefined;
  /** Time limit of each file in ms, if it is not that of all others. */
  readonly maxFileMs?: number;
  /** Receives the report in pieces. It is `process.stdout.write` by default. */
  readonly print?: (text: string) => void;
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

interface StreamEvent {
  readonly type: string;
  readonly data: unknown;
}

/** A file that takes longer hangs: it is stopped and counts as failed. The longest takes six minutes. */
const MAX_FILE_MS = 15 * 60_000;
/** The reason that node:test gives for a test that does not match the name pattern. */
const NOT_CHOSEN = 'test name does not match pattern';
/** A line with which node:test ends a run. */
const CLOSING_LINE = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/;

/** Runs files of node:test, with its own report. */
export async function runNodeTests(
  files: readonly string[],
  { concurrency, title, maxFileMs = MAX_FILE_MS, print = (text) => process.stdout.write(text) }: NodeTestOptions,
): Promise<NodeTestRun> {
  const counts = new Map<string, number>();
  const results: TestResult[] = [];
  const testNamePatterns = title === undefined ? {} : { testNamePatterns: [new RegExp(escapeForPattern(title))] };
  const stream = run({ files: [...files], concurrency, timeout: maxFileMs, ...testNamePatterns });
  stream.on('test:diagnostic', ({ message }) => {
    const [, word, count] = CLOSING_LINE.exec(message) ?? [];
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
  for await (const text of Readable.from(onlyShown(stream)).compose(new spec())) print(String(text));
  const count = (word: string) => counts.get(word) ?? 0;
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), results };
}

function resultOf(event: TestEvent, kind: 'passed' | 'failed'): Array<Omit<TestResult, 'file'>> {
  const { name, skip, details } = event;
  if (details.type === 'suite' || isHidden(event)) return [];
  return [{ name, outcome: skip ? { kind: 'skipped', why: String(skip) } : { kind } }];
}

/** Removes tests that were not chosen, suites without a chosen test, and the closing lines, which count them. */
async function* onlyShown(events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent> {
  // Starts that were not reported yet: node:test reports the start of a suite, its tests, and then its end.
  const started: StreamEvent[] = [];
  for await (const event of events) {
    const { type, data } = event;
    if (type === 'test:start') started.push(event);
    else if (type === 'test:pass' && isNotShown(data as TestEvent, started.length > 0)) started.pop();
    else if (type !== 'test:diagnostic' || !CLOSING_LINE.test((data as { message: string }).message)) {
      if (type === 'test:pass' || type === 'test:fail') yield* started.splice(0);
      yield event;
    }
  }
}

function isNotShown(event: TestEvent, isPending: boolean): boolean {
  return isHidden(event) || (event.details.type === 'suite' && isPending);
}

function isHidden({ name, skip }: TestEvent): boolean {
  return skip === NOT_CHOSEN || name === END_OF_FILE;
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
