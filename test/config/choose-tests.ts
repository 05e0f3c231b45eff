import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the tests of a suite run: in Node, in pages of each engine, or in Node with whole browsers of each engine. */
export type Place = 'node' | 'page' | 'browsers';

interface Suite {
  readonly place: Place;
  /** True if the suite runs when none is named. The others take too long for that. */
  readonly isUsual: boolean;
  /** Matches the files that read `dist/`, which is built first. */
  readonly readsDist: RegExp | null;
  /** Number of processes that its files share when the whole suite runs. Without it each file has its own. */
  readonly processes?: number;
}

/** The suites by name. Each is a folder of `test/`. */
const SUITES: Readonly<Record<string, Suite>> = {
  config: { place: 'node', isUsual: true, readsDist: null },
  core: { place: 'node', isUsual: true, readsDist: null, processes: 1 },
  server: { place: 'node', isUsual: true, readsDist: null, processes: 3 },
  emulator: { place: 'node', isUsual: true, readsDist: /^demo-app\./, processes: 2 },
  package: { place: 'node', isUsual: true, readsDist: /^/ },
  attacks: { place: 'node', isUsual: false, readsDist: null },
  runtimes: { place: 'node', isUsual: false, readsDist: /^/ },
  browser: { place: 'page', isUsual: true, readsDist: null },
  controllers: { place: 'page', isUsual: true, readsDist: null },
  elements: { place: 'page', isUsual: true, readsDist: null },
  e2e: { place: 'browsers', isUsual: true, readsDist: /^/ },
  flows: { place: 'browsers', isUsual: false, readsDist: /^/ },
};

/** Files of usual suites that run only when they or their suite are named. The other files cover the main flow. */
const LONG_FILES: Readonly<Record<string, RegExp>> = {
  server: /^(fuzz|status-reads|user-costs|webhook)$/,
  emulator: /^(?!(account-changes|api-errors|catalogue|complete-auth)$)/,
  package: /^(demo-snippets|desk|entries|published-package|simulated-pages|single-file|size|testing-guide|types)$/,
  elements:
    /^(access-matrix|connect-account-(accessibility|languages|layout-shift|look)|connected-accounts-list-(accessibility|search)|host-pages|late-properties|older-browsers|panel-look|slots-and-text)$/,
  // All but the two ways to connect and the popup blocker.
  e2e: /^(?!(connect-by-popup|credentials|popup-blocker)$)/,
};

const ENDING = '.test.ts';
const MAX_SUGGESTIONS = 6;

/** A suite and the files of it to run. */
export interface ChosenSuite extends Suite {
  readonly name: string;
  /** Names below the folder of the suite, without the ending: `hard-cases/polling`. */
  readonly files: readonly string[];
  /** True if the suite itself was named, or nothing was. */
  readonly isWhole: boolean;
}

/**
 * Finds tests by the arguments of `npm test`: a suite (`core`), a file (`core/poll`), or how some names begin
 * (`core/connect-flow`). Paths of source files work too. Without arguments it returns the usual suites.
 * @param root The folder of the suites.
 * @throws Error when a name matches nothing. It lists the suites and the files with a similar name.
 */
export function chooseTests(names: readonly string[], root = 'test'): ChosenSuite[] {
  const found = names.map((name) => findTests(plainName(name), root));
  const suites = Object.entries(SUITES).map(([name, suite]) =>
    names.length === 0 ? wholeSuite(name, suite, root) : partOfSuite(name, suite, found),
  );
  return suites.filter(({ files }) => files.length > 0);
}

function wholeSuite(name: string, suite: Suite, root: string): ChosenSuite {
  const files = suite.isUsual ? filesOf(name, root).filter((file) => !LONG_FILES[name]?.test(file)) : [];
  if (suite.isUsual && files.length === 0) throw new Error(`The suite "${name}" has no test.`);
  return { ...suite, name, files, isWhole: true };
}

function partOfSuite(name: string, suite: Suite, found: readonly FoundTests[]): ChosenSuite {
  const ofSuite = found.filter((one) => one.suite === name);
  const files = new Set(ofSuite.flatMap((one) => one.files));
  return { ...suite, name, files: [...files].sort(), isWhole: ofSuite.some((one) => one.isWhole) };
}

/** Returns the compiled files of a suite. */
export function compiledFiles({ name, files }: ChosenSuite): string[] {
  return files.map((file) => join('.build', 'test', name, `${file}.test.js`));
}

/** Returns true if a chosen file reads `dist/`. */
export function readsDist(suites: readonly ChosenSuite[]): boolean {
  return suites.some(({ readsDist, files }) => files.some((file) => readsDist?.test(`${file}.`)));
}

/** Returns `core/poll` for `./test/core/poll.test.ts`. */
function plainName(name: string): string {
  return name.replace(/^(?:\.\/)?(?:test\/)?/, '').replace(/(?:\.test)?\.[jt]s$|\/$/, '');
}

interface FoundTests {
  readonly suite: string;
  readonly files: readonly string[];
  readonly isWhole: boolean;
}

function findTests(name: string, root: string): FoundTests {
  const [suite = '', ...path] = name.split('/');
  const file = path.join('/');
  const all = Object.hasOwn(SUITES, suite) ? filesOf(suite, root) : [];
  const files = all.includes(file) ? [file] : all.filter((one) => one.startsWith(file));
  if (files.length > 0) return { suite, files, isWhole: file === '' };
  throw new Error(`No test is called "${name}".${suggestions(name, root)}\nSuites: ${Object.keys(SUITES).join(', ')}.`);
}

function filesOf(suite: string, root: string): string[] {
  const folder = join(root, suite);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.flatMap((file) => (file.endsWith(ENDING) ? [file.slice(0, -ENDING.length)] : [])).sort();
}

function suggestions(name: string, root: string): string {
  const all = Object.keys(SUITES).flatMap((suite) => filesOf(suite, root).map((file) => `${suite}/${file}`));
  const close = all
    .map((candidate) => ({ candidate, likeness: likeness(name, candidate) }))
    .filter(({ likeness }) => likeness > 0.5)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, MAX_SUGGESTIONS);
  return close.length > 0 ? `\nClose to it: ${close.map(({ candidate }) => candidate).join(', ')}.` : '';
}

/** Returns the share of a name's pairs of letters that occur in another name, from 0 to 1. */
function likeness(name: string, other: string): number {
  const pairs = [...name.slice(1)].map((letter, index) => `${name[index]}${letter}`);
  return pairs.filter((pair) => other.includes(pair)).length / Math.max(pairs.length, 1);
}
