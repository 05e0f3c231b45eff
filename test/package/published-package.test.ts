import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { CALLBACK_PAGE_SCRIPT } from '../../src/server/callback/callback-page-script.js';

const packageJson = JSON.parse(readFileSync('package.json', 'utf8'));

/** Paths of the files in the package. */
function packedFiles(): string[] {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
  );
  return files.map(({ path }: { path: string }) => path);
}

/** Targets of the relative links in a Markdown file, from the root of the package. */
function linksOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) =>
    posix.join(posix.dirname(file), link),
  );
}

describe('the published package', () => {
  const packed = packedFiles();

  it('publint finds no problem in the package', async () => {
    const { messages } = await publint({ pkgDir: '.', strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, packageJson)),
      [],
    );
  });

  it('are-the-types-wrong resolves the types of every entry', () => {
    const attw = ['node_modules/.bin/attw', '--pack', '.', '--profile', 'esm-only', '--no-color', '--format', 'ascii'];
    const { status, stdout } = spawnSync(process.execPath, attw, { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });

  it('the package holds the build, the manifest and the documents, and no source or test', () => {
    const folders = new Set(packed.map((path) => path.replace(/\/.*/, '/')));
    assert.deepEqual([...folders].sort(), [
      '.github/',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'custom-elements.json',
      'demo/',
      'dist/',
      'package.json',
    ]);
    const documents = packed.filter((path) => path.startsWith('demo/') || path.startsWith('.github/'));
    assert.deepEqual(
      documents.filter((path) => !/^demo\/(backends\/|docs\/|screenshot\.png$)|^\.github\/[A-Z]+\.md$/.test(path)),
      [],
    );
  });

  it('every link in a document of the package leads to a file of the package', () => {
    const documents = packed.filter((path) => path.endsWith('.md') && !path.startsWith('dist/'));
    const dead = documents.flatMap((file) =>
      linksOf(file)
        .filter((link) => !packed.some((path) => path === link || path.startsWith(`${link.replace(/\/$/, '')}/`)))
        .map((link) => `${file}: ${link}`),
    );
    assert.ok(documents.some((file) => linksOf(file).length > 0));
    assert.deepEqual(dead, []);
  });

  it('every source map holds its sources, and none of declarations leads to files that are not here', () => {
    const maps = packed.filter((path) => path.endsWith('.map'));
    const without = maps.filter((path) => {
      const { sources, sourcesContent = [] } = JSON.parse(readFileSync(path, 'utf8'));
      return sourcesContent.length !== sources.length || sourcesContent.includes(null);
    });
    assert.deepEqual(without, []);
    assert.deepEqual(
      maps.filter((path) => path.endsWith('.d.ts.map')),
      [],
    );
  });

  it('the package holds the licenses of what its files for pages contain', () => {
    const ofLit = ['lit', 'lit-html', '@lit/reactive-element'];
    for (const [folder, file, names] of [
      ['dist', 'connect-account.min.js', ofLit],
      ['dist/cdn', 'main.js', [...ofLit, '@floating-ui/dom']],
    ] as const) {
      const licenses = readFileSync(`${folder}/THIRD-PARTY-LICENSES.md`, 'utf8');
      for (const name of names) assert.match(licenses, new RegExp(`^## ${name} - `, 'm'));
      assert.match(licenses, /Redistribution and use in source and binary forms/);
      assert.match(readFileSync(`${folder}/${file}`, 'utf8'), /THIRD-PARTY-LICENSES\.md/);
      assert.ok(packed.includes(`${folder}/THIRD-PARTY-LICENSES.md`));
    }
  });

  it('backends in other languages find the script of the callback page as one file', () => {
    assert.equal(readFileSync('dist/callback.js', 'utf8'), CALLBACK_PAGE_SCRIPT);
    assert.ok(packed.includes('dist/callback.js'));
  });

  it('editors find the tags, their attributes and their events', () => {
    const { tags } = JSON.parse(readFileSync('dist/html-custom-data.json', 'utf8'));
    const webTypes = JSON.parse(readFileSync(packageJson['web-types'], 'utf8'));
    const { elements } = webTypes.contributions.html;
    for (const known of [tags, elements]) {
      assert.deepEqual(
        known.map(({ name }: { name: string }) => name),
        ['connect-account', 'connected-accounts-list'],
      );
      const attributes = known[0].attributes.map(({ name }: { name: string }) => name);
      assert.ok(attributes.includes('auth-config-id'));
    }
    assert.deepEqual([webTypes.name, webTypes.version], [packageJson.name, packageJson.version]);
    assert.ok(packed.includes('dist/html-custom-data.json') && packed.includes('dist/web-types.json'));
  });
});
