import { readFileSync, writeFileSync } from 'node:fs';
import { FRAMEWORKS, type Framework } from './frameworks.js';
import { installedVersion } from './install-app.js';

const FILE = 'test/frameworks/results.json';

/** The tests of each framework, in the order of the table. */
export const CASES = {
  attributes: 'attributes',
  functions: 'functions',
  objects: 'objects',
  arrays: 'arrays',
  slots: 'slots',
  false: '`false`',
  quiet: 'no warning',
  events: 'events',
  user: 'second user',
  route: 'route change, window open',
} as const;

export type CaseName = keyof typeof CASES;

/** What a run has shown about a framework. */
export interface FrameworkResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly passed: Readonly<Partial<Record<CaseName, boolean>>>;
}

/** Results of the last run of each framework, by its name. */
export function readResults(): Record<string, FrameworkResult> {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

/** Forgets the last run of a framework, so that no old result is left if the app cannot be built. */
export function forgetResult({ name }: Framework): void {
  const { [name]: _, ...others } = readResults();
  writeResults(others);
}

/** Keeps the result of one test for the table. */
export function recordResult({ name, packages }: Framework, folder: string, test: CaseName, hasPassed: boolean): void {
  const results = readResults();
  const versions = Object.fromEntries(packages.map((one) => [one, installedVersion(folder, one)]));
  const passed = { ...results[name]?.passed, [test]: hasPassed };
  writeResults({ ...results, [name]: { versions, passed } });
}

/** Writes the results in the order of the table, whatever the order of the runs. */
function writeResults(results: Record<string, FrameworkResult>): void {
  const known = FRAMEWORKS.flatMap(({ name }) => (results[name] ? [[name, results[name]]] : []));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
}
