import { ENGINES, type Engine } from '../support/browser.js';
import type { TestResult } from './run-node-tests.js';

/** The results of the tests by engine. */
export type EngineResults = ReadonlyMap<Engine, { readonly results: readonly TestResult[] }>;

const TITLES: Readonly<Record<Engine, string>> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

const HEAD = `# What was run in which engine

Written by \`npm run test:all\`. Each row is a test, with real windows, trusted input and the popup blocker on.

## The hard cases, by number

What the backend alone decides of 37, 38 and 39 is shown in Node, by \`create-link.test.ts\` and \`link-allowance.test.ts\`,
\`upstream-failures.test.ts\` and \`fuzz.test.ts\`, and \`secrets.test.ts\` of \`test/server/\`.
`;

const HARD_CASE = /^(\d+)\. /;

/** Returns a table of results in each engine: the hard cases by number, then the other end-to-end tests by file. */
export function engineTable(runs: EngineResults): string {
  const all = ENGINES.flatMap((engine) => runs.get(engine)?.results ?? []);
  const files = [...new Set(all.map(({ file }) => file))].sort();
  const rowsOf = (file: string): string[][] => {
    const names = [...new Set(all.filter((result) => result.file === file).map(({ name }) => name))];
    return names.map((name) => [name, ...ENGINES.map((engine) => outcome(runs, engine, file, name))]);
  };
  const hardCases = files
    .flatMap((file) => rowsOf(file).map((cells) => [...cells, `\`${sourceOf(file).replace(/^.*\//, '')}\``]))
    .filter(([name = '']) => HARD_CASE.test(name))
    .sort(([one = ''], [other = '']) => numberOf(one) - numberOf(other));
  const others = files.flatMap((file) => {
    const rows = rowsOf(file).filter(([name = '']) => !HARD_CASE.test(name));
    return rows.length > 0 ? [`\n## ${sourceOf(file)}\n`, table('test', rows)] : [];
  });
  return [HEAD, table('case', hardCases, 'in `test/e2e/hard-cases/`'), ...others].join('\n');
}

/** Returns the number of a hard case. */
function numberOf(name: string): number {
  return Number(HARD_CASE.exec(name)?.[1]);
}

function table(subject: string, rows: readonly string[][], ...more: string[]): string {
  const head = [subject, ...ENGINES.map((engine) => TITLES[engine]), ...more];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

/** Returns the outcome of a test, or the worst of several tests with one name. */
function outcome(runs: EngineResults, engine: Engine, file: string, name: string): string {
  const results = runs.get(engine)?.results.filter((result) => result.file === file && result.name === name) ?? [];
  const outcomes = results.map((result) => result.outcome);
  if (outcomes.length === 0) return 'did not run';
  if (outcomes.some(({ kind }) => kind === 'failed')) return 'fails';
  const skipped = outcomes.find((one) => one.kind === 'skipped');
  return skipped ? `cannot be shown: ${skipped.why}` : 'passes';
}

/** Returns `test/e2e/one.test.ts` for `.build/test/e2e/one.test.js`. */
function sourceOf(file: string): string {
  return file.replace(/^.*?(?=test\/)/, '').replace(/\.js$/, '.ts');
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
