/**
 * Runs the tests for `npm test`, after compilation: the usual suites, or those that the arguments name.
 *
 *     npm test -- core server/csrf        suites, files, or how some file names begin
 *     npm test -- core -t "Retry-After"   only tests with this text in their name
 *     npm test -- elements/forced-colors --headed
 *     npm run test:watch -- core/poll
 *
 * `BROWSERS=all` runs e2e and flows in Chromium, Firefox and WebKit instead of Chromium alone. The last line is
 * `N passed, N failed`. The exit code is 1 when a test failed or none ran.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../support/chromium.js';
import { type ChosenSuite, chooseTests, compiledFiles, readsDist } from './choose-tests.js';
import { runBrowserTests } from './run-browser-tests.js';
import { rerunFiles, runFailingAgain, runsAgain } from './run-failing-again.js';
import { runInEngines } from './run-in-engines.js';
import { runNodeTests } from './run-node-tests.js';
import { shareProcesses } from './share-process.js';
import { sum, type TestCounts } from './test-counts.js';
import { type SuiteRun, timeLine } from './time-line.js';
import { watchTests } from './watch-tests.js';

interface Options {
  readonly title: string | undefined;
  readonly isHeaded: boolean;
}

function readArguments(args: readonly string[]): Options & { readonly names: string[]; readonly isWatching: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      title: { type: 'string', short: 't' },
      headed: { type: 'boolean', default: process.env['HEADED'] === '1' },
      watch: { type: 'boolean', default: false },
    },
  });
  const { title, headed: isHeaded, watch: isWatching } = values;
  return { names: positionals, title, isHeaded, isWatching };
}

/** Makes the tests show their browsers. @throws Error when there is no display. */
function showBrowsers(): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    throw new Error('There is no display for --headed: set DISPLAY, or put `xvfb-run` before the command.');
  }
  process.env['HEADED'] = '1';
}

/** Builds `dist/` as it is published. */
function build(): void {
  console.log('# build of dist/');
  if (spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' }).status !== 0) {
    throw new Error('The build failed.');
  }
}

/**
 * Runs suites in two lanes, for two cores: one for Node, one for browsers. Files that measure time run last, with the
 * machine to themselves.
 */
async function runSuites(suites: readonly ChosenSuite[], options: Options): Promise<SuiteRun[]> {
  const runs: SuiteRun[] = [];
  const start = performance.now();
  const timed = async (name: string, run: () => Promise<TestCounts>): Promise<void> => {
    const from = performance.now() - start;
    const { passed, failed } = await run();
    runs.push({ name, passed, failed, from, to: performance.now() - start });
  };
  const inNode = suites.filter(({ place }) => place === 'node');
  const inPages = suites.filter(({ place }) => place === 'page');
  const inBrowsers = suites.filter(({ place }) => place === 'browsers');

  const nodeLane = async () => {
    const hasMachine = inNode.length === suites.length;
    for (const suite of inNode) await timed(suite.name, () => runInNode(suite, options, hasMachine));
  };
  const quiet = nodeLane();
  const browserLane = async () => {
    const names = inPages.map(({ name }) => name).join(', ');
    if (inPages.length > 0) await timed(names, () => runInPages(inPages, options));
    for (const suite of inBrowsers) await timed(suite.name, () => runWithBrowsers(suite, options, quiet));
  };
  await Promise.all([quiet, browserLane()]);
  return runs;
}

/** @param hasMachine True if nothing else runs. Both cores are free then, and the report appears as it is written. */
async function runInNode(suite: ChosenSuite, { title }: Options, hasMachine: boolean): Promise<TestCounts> {
  const { name, isWhole, processes } = suite;
  const compiled = compiledFiles(suite);
  const files = isWhole && processes !== undefined ? shareProcesses(compiled, name, processes) : compiled;
  const report: string[] = [`\n# ${name}\n`];
  const print = (text: string) => void (hasMachine ? process.stdout.write(text) : report.push(text));
  if (hasMachine) process.stdout.write(report.join(''));
  const first = await runNodeTests(files, { concurrency: hasMachine ? 2 : 1, title, print });
  const counts = runsAgain() ? await runFailingAgain(first, rerunFiles({ title, print })) : first;
  if (!hasMachine) process.stdout.write(report.join(''));
  return counts;
}

function runInPages(suites: readonly ChosenSuite[], options: Options): Promise<TestCounts> {
  console.log(`\n# ${suites.map(({ name }) => name).join(', ')}`);
  return runBrowserTests(suites.flatMap(compiledFiles), options);
}

function runWithBrowsers(suite: ChosenSuite, { title }: Options, quiet: Promise<void>): Promise<TestCounts> {
  console.log(`\n# ${suite.name}`);
  return runInEngines(compiledFiles(suite), { title, isWhole: suite.isWhole, quiet });
}

async function main(): Promise<void> {
  const { names, isWatching, ...options } = readArguments(process.argv.slice(2));
  const suites = chooseTests(names);
  if (options.isHeaded) showBrowsers();
  if (isWatching) return watchTests(suites, options);
  if (suites.some(({ place }) => place !== 'node')) ensureChromium();
  if (readsDist(suites)) build();
  const runs = await runSuites(suites, options);
  const { passed, failed } = sum(runs);
  const empty = options.title === undefined ? runs.filter((run) => run.passed + run.failed === 0) : [];
  for (const { name } of empty) console.error(`\nThe suite ${name} ran no test.`);
  if (passed + failed === 0) console.error('\nNo test was run.');
  process.exitCode = failed > 0 || empty.length > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${timeLine(runs)}\n\n${passed} passed, ${failed} failed`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
