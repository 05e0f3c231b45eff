import { ENGINES, type Engine } from '../support/browser.js';
import type { TestResult } from './run-node-tests.js';

const TITLES: Readonly<Record<Engine, string>> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

const HEAD = `# What was run in which engine

Written by \`npm run test:all\`; do not edit. Each row is a test of \`test/e2e/\`, with real windows, trusted input and the
popup blocker on. The cases by number are those of \`hard-cases/\`.
`;

/** The end-to-end tests by file, and how each ended in each engine. */
export function engineTable(runs: ReadonlyMap<Engine, { readonly results: readonly TestResult[] }>): string {
  const all = ENGINES.flatMap((engine) => runs.get(engine)?.results ?? []);
  const files = [...new Set(all.map(({ file }) => file))].sort();
  const sections = files.map((file) => {
    const names = [...new Set(all.filter((result) => result.file === file).map(({ name }) => name))];
    const rows = names.map((name) => {
      const cells = ENGINES.map((engine) =>
        outcome(runs.get(engine)?.results.find((result) => result.file === file && result.name === name)),
      );
      return `| ${[name, ...cells].map(escaped).join(' | ')} |`;
    });
    return [`\n## ${sourceOf(file)}\n`, ...tableHead(), ...rows, ''].join('\n');
  });
  return [HEAD, ...sections].join('');
}

function tableHead(): string[] {
  return [`| case | ${ENGINES.map((engine) => TITLES[engine]).join(' | ')} |`, `|---${'|---'.repeat(ENGINES.length)}|`];
}

function outcome(result: TestResult | undefined): string {
  if (result === undefined) return 'did not run';
  if (result.outcome.kind === 'skipped') return `cannot be shown: ${result.outcome.why}`;
  return result.outcome.kind === 'passed' ? 'passes' : 'fails';
}

/** `.build/test/e2e/one.test.js` is made of `test/e2e/one.test.ts`. */
function sourceOf(file: string): string {
  return file.replace(/^.*?(?=test\/)/, '').replace(/\.js$/, '.ts');
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
