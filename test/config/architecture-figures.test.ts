import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSteps } from './architecture-figures.js';
import { importCycles } from './import-cycles.js';
import { declaredNames, importsOf, parseSource, placeOf } from './source-file.js';

describe('parseSource', () => {
  const source = parseSource(
    'src/core/one.ts',
    `import type { Two } from './two.js';
import { html } from 'lit';
export * from '../three.js';
// import './commented-out.js';
/** Opens the window. */
export class Opener {
  opened: import('./four.js').Four | null = null;
  async open(): Promise<Two> { return (await import('./five.js')).two; }
}
export const ports = { close() { return html\`<style>/* Never anew. */</style>import './in-text.js'\`; } };
`,
  );

  it('finds every relative import: of types, of re-exports, within types and within functions', () => {
    assert.deepEqual(importsOf(source).sort(), [
      'src/core/five.ts',
      'src/core/four.ts',
      'src/core/two.ts',
      'src/three.ts',
    ]);
  });

  it('finds the names of classes, members and constants', () => {
    const names = declaredNames(source);
    assert.deepEqual(
      ['Opener', 'open', 'opened', 'ports', 'close', 'Two', 'html'].map((name) => names.has(name)),
      [true, true, true, true, true, false, false],
    );
  });

  it('finds comments, those of CSS in templates too, and their lines', () => {
    assert.deepEqual(
      source.comments.map(({ text, isDoc, start }) => [text, isDoc, placeOf(source, start)]),
      [
        ["import './commented-out.js';", false, 'src/core/one.ts:4'],
        ['Opens the window.', true, 'src/core/one.ts:5'],
        ['Never anew.', false, 'src/core/one.ts:10'],
      ],
    );
  });
});

describe('importCycles', () => {
  const cycles = (graph: Readonly<Record<string, readonly string[]>>) => importCycles(new Map(Object.entries(graph)));

  it('finds none where imports point one way', () => {
    assert.deepEqual(cycles({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }), []);
  });

  it('finds two files that import each other, a longer way round, and a file that imports itself', () => {
    assert.deepEqual(cycles({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['e'], e: ['c'], f: ['f'] }), [
      ['c', 'd', 'e'],
      ['a', 'b'],
      ['f'],
    ]);
  });
});

describe('readSteps', () => {
  it('reads the file and the name of each step of the section, and returns a line that has none', () => {
    const guide = [
      '1. `a.ts` `other` — of another list',
      '## One click, step by step',
      '1. `src/a.ts` `first` — begins',
      '   and goes on',
      '2. The browser sends it.',
      '',
      '10. `src/b.ts` `Second` — ends',
      '## Commands',
      '1. `src/c.ts` `third`',
    ].join('\n');
    assert.deepEqual(readSteps(guide), [
      { path: 'src/a.ts', name: 'first' },
      '2. The browser sends it.',
      { path: 'src/b.ts', name: 'Second' },
    ]);
  });
});
