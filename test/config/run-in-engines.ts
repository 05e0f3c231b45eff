import { writeFileSync } from 'node:fs';
import { ENGINES, type Engine } from '../support/browser.js';
import { ensureEngine } from '../support/launch-browser.js';
import { engineTable } from './engine-table.js';
import { rerunFiles, runFailingAgain } from './run-failing-again.js';
import { type NodeTestRun, runNodeTests } from './run-node-tests.js';
import { sum, type TestCounts } from './test-counts.js';

/** The report of a complete run, which CI can keep. */
const TABLE = '.build/hard-cases.md';
/** Files that measure time or load the machine. Each runs alone. */
const ALONE = /\b(flows\/|time-to-)/;
/** Files about input, words, documents and responses of the backend, which no engine treats differently. */
const FOR_ONE_ENGINE =
  /\b(accounts-list-bad-input|bad-input|docs|doctor|languages|quick-start|readme-examples|wrong-user|hard-cases\/(backend-failures|backend-protection|hostile-links|polling|secrets|stale-answers))\./;
/** Number of other files that run at a time: one for each core of a machine of CI, since browsers keep a core busy. */
const TOGETHER = 2;

/**
 * Returns the engines in the variable `BROWSERS`: `all`, or some names separated by commas. The default is Chromium.
 * @throws Error for an unknown name.
 */
export function enginesToTest(): readonly Engine[] {
  const { BROWSERS = 'chromium' } = process.env;
  const names = BROWSERS === 'all' ? ENGINES : BROWSERS.split(',');
  return names.map((name) => {
    const engine = ENGINES.find((known) => known === name.trim());
    if (engine === undefined) throw new Error(`BROWSERS is "${BROWSERS}": use all, or some of ${ENGINES.join(', ')}.`);
    return engine;
  });
}

/** True in CI, whose time is limited: Firefox and WebKit leave out the files that are {@link FOR_ONE_ENGINE}. */
const isShort = (): boolean => process.env['SHORT_ENGINE_RUNS'] === '1';

function filesFor(engine: Engine, files: readonly string[]): readonly string[] {
  return isShort() && engine !== 'chromium' ? files.filter((file) => !FOR_ONE_ENGINE.test(file)) : files;
}

export interface EngineTestOptions {
  /** Runs only tests with this text in their name. */
  readonly title?: string | undefined;
  /** True if all files of the suite run. */
  readonly isWhole: boolean;
  /** Resolves when nothing else runs. Files that need the machine to themselves wait for that. */
  readonly quiet: Promise<unknown>;
}

/**
 * Runs files of node:test that drive a browser, in each engine. A complete run of all engines with the hard cases writes
 * the result of each test to {@link TABLE}.
 */
export async function runInEngines(files: readonly string[], options: EngineTestOptions): Promise<TestCounts> {
  const runs = new Map<Engine, NodeTestRun>();
  for (const engine of enginesToTest()) {
    console.log(`\n## ${engine}`);
    ensureEngine(engine);
    process.env['BROWSER'] = engine;
    const first = await runFiles(filesFor(engine, files), options);
    if (first.failed > 0) await options.quiet;
    // Whole browsers stall when the machine does, at a desk as well.
    runs.set(engine, await runFailingAgain(first, rerunFiles(options)));
  }
  const isComplete = runs.size === ENGINES.length && !isShort() && options.isWhole && options.title === undefined;
  if (isComplete && files.some((file) => file.includes('hard-cases'))) {
    writeFileSync(TABLE, engineTable(runs));
    console.log(`\nWhat was run in which engine: ${TABLE}`);
  }
  return sum([...runs.values()]);
}

async function runFiles(files: readonly string[], { title, quiet }: EngineTestOptions): Promise<NodeTestRun> {
  const alone = files.filter((file) => ALONE.test(file));
  const together = files.filter((file) => !alone.includes(file));
  const runs: NodeTestRun[] = [];
  if (together.length > 0) runs.push(await runNodeTests(together, { concurrency: TOGETHER, title }));
  if (alone.length > 0) {
    await quiet;
    runs.push(await runNodeTests(alone, { concurrency: 1, title }));
  }
  return { ...sum(runs), results: runs.flatMap(({ results }) => results) };
}
