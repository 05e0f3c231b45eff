import { readFileSync, writeFileSync } from 'node:fs';
import type { Framework } from './frameworks.js';
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

/** Keeps the result of one test for the table. */
export function recordResult({ name, packages }: Framework, folder: string, test: CaseName, hasPassed: boolean): void {
  const results = readResults();
  const versions = Object.fromEntries(packages.map((one) => [one, installedVersion(folder, one)]));
  const passed = { ...results[name]?.passed, [test]: hasPassed };
  const all = { ...results, [name]: { versions, passed } };
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}
