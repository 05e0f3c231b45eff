import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const FOLDER = 'dist/cdn';
/** The files that a page names in a `<script>`. */
const ENTRIES = ['connect-account.js', 'define-connected-accounts-list.js'];

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.js'));

/** Returns the files that a file imports, sooner or later. */
function importsOf(file: string): string[] {
  const code = readFileSync(join(FOLDER, file), 'utf8');
  const written = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`]+)["'`]/g);
  return [...[...written].map(([, name = '']) => name), ...languagesIn(code)];
}

/** Returns the files of the languages, which `main.js` imports in a loop. */
function languagesIn(code: string): string[] {
  const [, tags = ''] = /"([a-z -]+)"\.split\(" "\)\)[^;{}]*\bimport\("\.\/"\+/.exec(code) ?? [];
  return tags.split(' ').flatMap((tag) => (tag ? [`${tag}.js`] : []));
}

/** Returns the files that are loaded with a file, itself among them. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = readFileSync(join(FOLDER, file), 'utf8');
  for (const [, name = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+)["'`]/g)) loadedWith(name, found);
  return found;
}

describe('the files of dist/cdn', () => {
  it('no part imports the file of a <script>, which would run twice under a query or after a redirect', () => {
    const found = files.flatMap((file) => importsOf(file).filter((name) => ENTRIES.includes(name)));
    assert.deepEqual(found, []);
  });

  it('every file that is imported exists, and every file is imported or is an entry', () => {
    const imported = new Set(files.flatMap(importsOf));
    assert.deepEqual(
      [...imported].filter((file) => !existsSync(join(FOLDER, file))),
      [],
    );
    assert.deepEqual(files.filter((file) => !imported.has(file)).sort(), ENTRIES);
  });

  it('main.js imports each language that the package has, and each is a file with texts', async () => {
    const languages = readdirSync('dist/messages').filter((file) => /^[a-z]{2}(?:-[A-Z]{2})?\.js$/.test(file));
    const expected = languages.map((file) => file.toLowerCase()).filter((file) => file !== 'en.js');
    const found = languagesIn(readFileSync(join(FOLDER, 'main.js'), 'utf8'));
    assert.deepEqual(found.sort(), expected.sort());
    for (const file of found) {
      const texts = await import(String(new URL(join(FOLDER, file), `file://${process.cwd()}/`)));
      assert.equal(typeof texts.default.connect, 'string', file);
    }
  });

  it('the names of the files are the same in every release, so that a version in the path is all that changes', () => {
    assert.deepEqual(
      files.filter((file) => !/^[a-z]+(?:-[a-z]+)*\.js$/.test(file)),
      [],
    );
  });

  it('the entry loads main.js and nothing else before the user turns to an element', () => {
    assert.deepEqual([...loadedWith('connect-account.js')], ['connect-account.js', 'main.js']);
  });

  it('the first script of the README and its modulepreload are these files', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.match(readme, /<link rel="modulepreload" href="[^"]*\/main\.js">/);
    assert.match(readme, /<script type="module" src="[^"]*\/connect-account\.js"><\/script>/);
  });

  it('unpkg and jsDelivr serve the entry', () => {
    const { unpkg, jsdelivr } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.deepEqual([unpkg, jsdelivr], ['./dist/cdn/connect-account.js', './dist/cdn/connect-account.js']);
  });

  it('every file names the licenses', () => {
    for (const file of files) {
      const code = readFileSync(join(FOLDER, file), 'utf8');
      assert.match(code, /^\/\*! connect-account: MIT/, file);
    }
  });
});
