import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';

interface PackageJson {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

const { name, exports }: PackageJson = JSON.parse(readFileSync('package.json', 'utf8'));

const LANGUAGES = readdirSync('dist/messages').filter((file) => /^[a-z]{2}(?:-[A-Za-z]+)?\.js$/.test(file));

/** Every path that a page or a backend can import, `*` replaced by each language. */
const entries = Object.keys(exports)
  .flatMap((path) => (path.includes('*') ? LANGUAGES.map((file) => path.replace('*.js', file)) : [path]))
  .map((path) => posix.join(name, path));

const scripts = entries.filter((entry) => !entry.endsWith('.json'));

/** This entry acts on the page at once, so Node cannot import it. */
const CALLBACK_PAGE = `${name}/callback-page.js`;

/** Runs `prelude`, then imports the entry, in a separate process. Returns what it printed. */
function importInNode(entry: string, prelude: string): string {
  const program = `${prelude}; await import(${JSON.stringify(entry)});`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

const REPORT_DEFINITIONS = 'globalThis.customElements = { get() {}, define(tag) { console.log(tag); } }';

describe('the entries of the package', () => {
  it('the entries are those of the public contract', () => {
    assert.deepEqual(Object.keys(exports), [
      '.',
      './define.js',
      './define-connect-account.js',
      './define-connected-accounts-list.js',
      './core.js',
      './server.js',
      './redis-store.js',
      './callback-page.js',
      './messages/*.js',
      './react.js',
      './vue.js',
      './svelte.js',
      './openapi.json',
      './custom-elements.json',
      './package.json',
    ]);
  });

  for (const entry of scripts) {
    it(`${entry} has a file and its types`, () => {
      const file = new URL(import.meta.resolve(entry));
      assert.ok(existsSync(file), `${file.pathname} is missing`);
      assert.ok(existsSync(new URL(file.href.replace(/\.js$/, '.d.ts'))), 'its types are missing');
    });
  }

  for (const entry of scripts.filter((one) => one !== CALLBACK_PAGE)) {
    it(`${entry} can be imported without a page and prints nothing`, () => {
      assert.equal(importInNode(entry, ''), '');
    });
  }

  it('an entry registers a tag only when its name says so', () => {
    const registered = scripts
      .filter((entry) => entry !== CALLBACK_PAGE)
      .map((entry) => [entry, importInNode(entry, REPORT_DEFINITIONS).trim()])
      .filter(([, tags]) => tags !== '');
    assert.deepEqual(registered, [
      ['connect-account/define.js', 'connect-account\nconnected-accounts-list'],
      ['connect-account/define-connect-account.js', 'connect-account'],
      ['connect-account/define-connected-accounts-list.js', 'connected-accounts-list'],
    ]);
  });

  it('the callback page loads nothing but files beside it', () => {
    const specifiersOf = (file: string): string[] =>
      [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"=]*['"]([^'"]+)['"]/gm)].map(
        ([, path = '']) => path,
      );
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const specifier of specifiersOf(file)) {
        assert.match(specifier, /^\.{1,2}\//, `${file} imports the bare "${specifier}"`);
        visit(posix.join(posix.dirname(file), specifier));
      }
    };
    visit('dist/callback-page.js');
    assert.ok(seen.size > 1);
  });
});
