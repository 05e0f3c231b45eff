import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { build as buildWithEsbuild } from 'esbuild';
import { build as buildWithVite } from 'vite';

/** Bytes after Brotli at its best, which is what a CDN serves. */
const brotli = (data: Uint8Array | string): number =>
  brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length;

const sizeOf = (...files: string[]): number => files.reduce((sum, file) => sum + brotli(readFileSync(file)), 0);

/** The most that each file of `dist/cdn` may weigh, in bytes. */
const BUDGETS: Readonly<Record<string, number>> = {
  'connect-account.js': 150,
  'define-connected-accounts-list.js': 150,
  'main.js': 25_050,
  'attempt.js': 8_750,
  'menu.js': 5_300,
  'form.js': 4_400,
  'panel.js': 2_900,
  'follow-anchor.js': 6_200,
  'list.js': 12_670,
  'errors.js': 1_450,
  'read-older-accounts.js': 500,
  'following.js': 950,
  'slot-content.js': 550,
  'author-advice.js': 1_650,
};
const MAX_LANGUAGE_BYTES = 2_600;
const MAX_OAUTH_BYTES = 34_150;
const MAX_SINGLE_FILE_BYTES = 54_250;
const MAX_VITE_BYTES = 27_950;
const MAX_ESBUILD_BYTES = 30_100;

const ENTRY = 'dist/define-connect-account.js';

describe('the weight of the files, after Brotli', () => {
  for (const file of readdirSync('dist/cdn').filter((name) => name.endsWith('.js'))) {
    const budget = BUDGETS[file] ?? MAX_LANGUAGE_BYTES;
    it(`dist/cdn/${file} weighs at most ${budget} bytes`, () => {
      const size = sizeOf(`dist/cdn/${file}`);
      assert.ok(size <= budget, `it weighs ${size}`);
    });
  }

  it(`everything that connecting by OAuth loads weighs at most ${MAX_OAUTH_BYTES} bytes`, () => {
    const size = sizeOf(...['connect-account', 'main', 'attempt'].map((name) => `dist/cdn/${name}.js`));
    assert.ok(size <= MAX_OAUTH_BYTES, `it weighs ${size}`);
  });

  it(`the single file weighs at most ${MAX_SINGLE_FILE_BYTES} bytes`, () => {
    const size = sizeOf('dist/connect-account.min.js');
    assert.ok(size <= MAX_SINGLE_FILE_BYTES, `it weighs ${size}`);
  });

  it(`a bundle of Vite loads at most ${MAX_VITE_BYTES} bytes before a click`, async () => {
    const result = await buildWithVite({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, target: 'es2022', rolldownOptions: { input: ENTRY } },
    });
    const [{ output }] = [result].flat() as unknown as [{ output: readonly BuiltFile[] }];
    const size = initialSize(output.map((file) => ({ ...file, text: file.code ?? '' })));
    assert.ok(size <= MAX_VITE_BYTES, `it loads ${size}`);
  });

  it(`a bundle of esbuild with splitting loads at most ${MAX_ESBUILD_BYTES} bytes before a click`, async () => {
    const { outputFiles, metafile } = await buildWithEsbuild({
      ...{ entryPoints: [ENTRY], bundle: true, format: 'esm', splitting: true, minify: true, target: 'es2022' },
      ...{ outdir: 'out', write: false, metafile: true, logLevel: 'silent' },
    });
    const texts = new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*?\/(?=out\/)/, ''), text]));
    const files = Object.entries(metafile.outputs).map(([fileName, { entryPoint, imports }]) => ({
      fileName,
      isEntry: entryPoint === ENTRY,
      imports: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path),
      text: texts.get(fileName) ?? '',
    }));
    const size = initialSize(files);
    assert.ok(size <= MAX_ESBUILD_BYTES, `it loads ${size}`);
  });
});

/** A file of a bundle, as Rolldown describes it. */
interface BuiltFile {
  readonly fileName: string;
  readonly code?: string;
  readonly isEntry?: boolean;
  /** The files that it imports statically. */
  readonly imports?: readonly string[];
}

/** Returns the weight of the files that a page loads at first: the entry and what it imports statically. */
function initialSize(files: ReadonlyArray<BuiltFile & { readonly text: string }>): number {
  const loaded = new Set<string>();
  const load = (name: string | undefined): number => {
    const file = files.find(({ fileName }) => fileName === name);
    if (!file || loaded.has(file.fileName)) return 0;
    loaded.add(file.fileName);
    return (file.imports ?? []).reduce((sum, imported) => sum + load(imported), brotli(file.text));
  };
  return load(files.find(({ isEntry }) => isEntry)?.fileName);
}
