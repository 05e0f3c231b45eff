import { writeFileSync } from 'node:fs';
import { ENGINES, type Engine } from '../support/browser.js';
import { ensureEngine } from '../support/launch-browser.js';
import { engineTable } from './engine-table.js';
import { runNodeTests, type TestResult } from './run-node-tests.js';
import { sum, type TestCounts } from './test-counts.js';

const TABLE = 'test/e2e/hard-cases.md';

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

/** Runs files of node:test that drive a browser, one by one, in each engine. */
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

async function runEach(
  files: readonly string[],
): Promise<Map<Engine, TestCounts & { results: readonly TestResult[] }>> {
  const runs = new Map<Engine, TestCounts & { results: readonly TestResult[] }>();
  for (const engine of enginesToTest()) {
    console.log(`\n## ${engine}`);
    ensureEngine(engine);
    process.env['BROWSER'] = engine;
    runs.set(engine, await runNodeTests(files, 1));
  }
  return runs;
}
