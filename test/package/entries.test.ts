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

/** The languages. The files beside them, like `en-form.js`, are parts of one. */
const LANGUAGES = readdirSync('dist/messages').filter((file) => /^[a-z]{2}(?:-[A-Z]{2})?\.js$/.test(file));

const THEMES = readdirSync('dist/themes');

/** Every path that a page or a backend can import, `*` replaced by each language or theme. */
const entries = Object.keys(exports)
  .flatMap((path) => {
    const [start = '', end] = path.split('*');
    if (end === undefined) return [path];
    return (end === '.js' ? LANGUAGES : THEMES).map((file) => `${start}${file}`);
  })
  .map((path) => posix.join(name, path));

const scripts = entries.filter((entry) => entry.endsWith('.js') || entry === name);

/** This entry acts on the page at once, so Node cannot import it. */
const CALLBACK_PAGE = `${name}/callback-page.js`;

const harmless = scripts.filter((entry) => entry !== CALLBACK_PAGE);

/** Runs `prelude`, then imports the entries, in a separate process. Returns what it printed. */
function importInNode(entries: readonly string[], prelude: string, flags: readonly string[] = []): string {
  const program = [prelude, ...entries.map((entry) => `await import(${JSON.stringify(entry)});`)].join(';');
  return execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

/** Conditions under which servers and their bundlers resolve packages. Node adds its own, after these. */
const SERVER_CONDITIONS = [
  ['browser'],
  ['workerd', 'worker', 'browser'],
  ['edge-light', 'worker'],
  ['react-server'],
  ['react-server', 'workerd', 'worker', 'browser'],
  ['deno'],
  ['bun'],
  ['production'],
];

/** Prints what the imports have left behind that other code takes for a page. */
const REPORT_PAGE =
  "process.on('exit', () => { for (const name of ['window', 'document', 'HTMLElement']) if (name in globalThis) console.log(name); })";

const REPORT_DEFINITIONS = 'globalThis.customElements = { get() {}, define(tag) { console.log(tag); } }';

describe('the entries of the package', () => {
  it('the entries are those of the public contract, the themes and the files about the package', () => {
    assert.deepEqual(Object.keys(exports), [
      '.',
      './define.js',
      './define-connect-account.js',
      './define-connected-accounts-list.js',
      './core.js',
      './server.js',
      './redis-store.js',
      './callback-page.js',
      './testing.js',
      './doctor.js',
      './messages/*.js',
      './react.js',
      './vue.js',
      './svelte.js',
      './solid.js',
      './preact.js',
      './themes/*.css',
      './openapi.json',
      './custom-elements.json',
      './package.json',
    ]);
  });

  it('each theme is an entry that a bundler can import', () => {
    assert.deepEqual(THEMES.sort(), ['bootstrap.css', 'material.css', 'primer.css', 'shadcn.css', 'webawesome.css']);
    for (const theme of THEMES) {
      assert.match(readFileSync(new URL(import.meta.resolve(`${name}/themes/${theme}`)), 'utf8'), /--connect-account-/);
    }
  });

  it('each of the 24 languages is an entry, with the texts as its default export', async () => {
    const tags = 'ar cs da de en es fa fi fr he hi it ja ko nb nl pl pt-BR ru sv tr uk zh-CN zh-TW'.split(' ');
    assert.deepEqual(LANGUAGES.sort(), tags.map((tag) => `${tag}.js`).sort());
    for (const tag of tags) {
      const texts = await import(`${name}/messages/${tag}.js`);
      assert.equal(typeof texts.default.errors.timeout, 'string', tag);
    }
  });

  it('registerMessages() is an export of the package and a static method of both elements', async () => {
    const { registerMessages, ConnectAccount, ConnectedAccountsList } = await import(name);
    assert.equal(typeof registerMessages, 'function');
    assert.equal(ConnectAccount.registerMessages, registerMessages);
    assert.equal(ConnectedAccountsList.registerMessages, registerMessages);
  });

  for (const entry of scripts) {
    it(`${entry} has a file and its types`, () => {
      const file = new URL(import.meta.resolve(entry));
      assert.ok(existsSync(file), `${file.pathname} is missing`);
      assert.ok(existsSync(new URL(file.href.replace(/\.js$/, '.d.ts'))), 'its types are missing');
    });
  }

  for (const entry of harmless) {
    it(`${entry} can be imported without a page and prints nothing`, () => {
      assert.equal(importInNode([entry], ''), '');
    });
  }

  for (const conditions of SERVER_CONDITIONS) {
    it(`every entry can be imported on a server under the conditions ${conditions.join(', ')}`, () => {
      const flags = conditions.map((condition) => `--conditions=${condition}`);
      assert.equal(importInNode(harmless, REPORT_PAGE, flags), '');
    });
  }

  it('an entry registers a tag only when its name says so', () => {
    const registered = harmless
      .map((entry) => [entry, importInNode([entry], REPORT_DEFINITIONS).trim()])
      .filter(([, tags]) => tags !== '');
    assert.deepEqual(registered, [
      ['connect-account/define.js', 'connect-account\nconnected-accounts-list'],
      ['connect-account/define-connect-account.js', 'connect-account'],
      ['connect-account/define-connected-accounts-list.js', 'connected-accounts-list'],
      ['connect-account/react.js', 'connect-account\nconnected-accounts-list'],
    ]);
  });

  it('connect-account/react.js keeps the directive of client components first', () => {
    assert.match(readFileSync('dist/react.js', 'utf8'), /^'use client';\n/);
  });

  it('connect-account/react.js renders on a server, with the attribute that keeps the elements from reading', async () => {
    const { createElement } = await import('react');
    const { renderToString } = await import('react-dom/server');
    const { ConnectAccount, ConnectedAccountsList } = await import(String(`${name}/react.js`));
    const props = { userId: 'user_123', authConfigId: 'ac_github', onAccountConnected: () => {}, className: 'wide' };
    assert.equal(
      renderToString(createElement(ConnectAccount, props, 'Connect')),
      '<connect-account defer-hydration="" class="wide">Connect</connect-account>',
    );
    assert.equal(
      renderToString(createElement(ConnectedAccountsList, { userId: 'user_123' })),
      '<connected-accounts-list defer-hydration=""></connected-accounts-list>',
    );
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
