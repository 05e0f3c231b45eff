import { writeFileSync } from 'node:fs';
import { ENGINES, type Engine } from '../support/browser.js';
import { ensureEngine } from '../support/launch-browser.js';
import { engineTable } from './engine-table.js';
import { type NodeTestRun, runNodeTests } from './run-node-tests.js';
import { sum, type TestCounts } from './test-counts.js';

const TABLE = 'test/e2e/hard-cases.md';
/** Tests that measure time, or fill it: these files have the machine to themselves. */
const ALONE = /\b(hard-cases|flows|time-to-)/;
/** More failing files than these are no accident. */
const MOST_FILES_AGAIN = 3;

/**
 * The engines that the variable `BROWSERS` names: `all`, or some of them with commas between. Chromium unless set.
 * @throws Error when it names another one.
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

/** Runs files of node:test that drive a browser in each engine. */
export async function runInEngines(files: readonly string[]): Promise<TestCounts> {
  return sum([...(await runEach(files)).values()]);
}

/** The same; when all engines ran all files, writes how each test ended in each into {@link TABLE}. */
export async function runInEnginesWithTable(files: readonly string[]): Promise<TestCounts> {
  const runs = await runEach(files);
  const areComplete = runs.size === ENGINES.length && files.some((file) => file.includes('hard-cases'));
  if (areComplete) writeFileSync(TABLE, engineTable(runs));
  return sum([...runs.values()]);
}

async function runEach(files: readonly string[]): Promise<Map<Engine, NodeTestRun>> {
  const runs = new Map<Engine, NodeTestRun>();
  for (const engine of enginesToTest()) {
    console.log(`\n## ${engine}`);
    ensureEngine(engine);
    process.env['BROWSER'] = engine;
    runs.set(engine, await runFailingAgain(await runFiles(files)));
  }
  return runs;
}

async function runFiles(files: readonly string[]): Promise<NodeTestRun> {
  const alone = files.filter((file) => ALONE.test(file));
  const together = files.filter((file) => !alone.includes(file));
  const runs: NodeTestRun[] = [];
  if (together.length > 0) runs.push(await runNodeTests(together, 2));
  if (alone.length > 0) runs.push(await runNodeTests(alone, 1));
  return { ...sum(runs), results: runs.flatMap(({ results }) => results) };
}

/**
 * Whole browsers stall where a machine does. A file in which a test failed is run once more, and said to be; what fails
 * twice has failed.
 */
async function runFailingAgain(first: NodeTestRun): Promise<NodeTestRun> {
  const again = [...new Set(first.results.filter(({ outcome }) => outcome.kind === 'failed').map(({ file }) => file))];
  if (again.length === 0 || again.length > MOST_FILES_AGAIN) return first;
  console.log(`\nFailed, and run once more: ${again.join(', ')}`);
  const second = await runNodeTests(again, 1);
  const replaced = first.results.filter(({ file }) => again.includes(file));
  const count = (kind: string) => replaced.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    passed: first.passed - count('passed') + second.passed,
    failed: first.failed - count('failed') + second.failed,
    results: [...first.results.filter((result) => !replaced.includes(result)), ...second.results],
  };
}
