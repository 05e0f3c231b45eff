/**
 * What `npm test` starts after the build: every suite, or those that its arguments name (`npm test -- core e2e`).
 * A suite is a folder of `test/`. `BROWSERS=all` runs those that drive whole browsers in every engine, not in Chromium alone.
 * The last line is `N passed, N failed`; the exit code is 1 when a test failed or a suite ran none.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from '../support/chromium.js';
import { runBrowserTests } from './run-browser-tests.js';
import { runInEngines, runInEnginesWithTable } from './run-in-engines.js';
import { runNodeTests } from './run-node-tests.js';
import { sum, type TestCounts } from './test-counts.js';

const COMPILED_TESTS = dirname(dirname(fileURLToPath(import.meta.url)));

type RunFiles = (files: string[]) => Promise<TestCounts>;
const inNode: RunFiles = (files) => runNodeTests(files, 2);
const inChromium: RunFiles = (files) => runBrowserTests(files, ensureChromium());

const SUITES: Readonly<Record<string, RunFiles>> = {
  core: inNode,
  server: inNode,
  emulator: inNode,
  package: inNode,
  runtimes: inNode,
  browser: inChromium,
  controllers: inChromium,
  elements: inChromium,
  e2e: runInEnginesWithTable,
  flows: runInEngines,
};

/** Take so long that they run only when they are named. */
const ONLY_BY_NAME = ['flows', 'runtimes'];

/** Files of other suites that take long too. The main job is shown by the others. */
const LONG_FILES = /\b(hard-cases|binding-attacks|other-origin|redirect-mode|accounts-list-bad-input)\b/;

async function runSuite(name: string, run: RunFiles, named: boolean): Promise<TestCounts> {
  console.log(`\n# ${name}`);
  const files = testFiles(join(COMPILED_TESTS, name)).filter((file) => named || !LONG_FILES.test(file));
  const counts = files.length > 0 ? await run(files) : sum([]);
  if (counts.passed + counts.failed > 0) return counts;
  console.error(`The suite "${name}" ran no test.`);
  return { passed: 0, failed: 1 };
}

function testFiles(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files.filter((file) => file.endsWith('.test.js')).map((file) => relative('.', join(folder, file)));
}

/** The suites of these names, or all that do not take long. */
function chooseSuites(names: readonly string[]): Array<[string, RunFiles]> {
  const unknown = names.find((name) => !(name in SUITES));
  if (unknown !== undefined) {
    throw new Error(`There is no suite "${unknown}": name some of ${Object.keys(SUITES).join(', ')}.`);
  }
  const isChosen = (name: string) => (names.length === 0 ? !ONLY_BY_NAME.includes(name) : names.includes(name));
  return Object.entries(SUITES).filter(([name]) => isChosen(name));
}

async function main(names: readonly string[]): Promise<void> {
  const suites = chooseSuites(names);
  process.env['CHROME_PATH'] = ensureChromium();
  const counts: TestCounts[] = [];
  for (const [name, run] of suites) counts.push(await runSuite(name, run, names.length > 0));
  const { passed, failed } = sum(counts);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
