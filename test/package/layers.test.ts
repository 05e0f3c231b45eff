import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';

/** What the files of a folder of `src/` may import: folders of `src/`, and packages. Entries (`src/*.ts`) may import all. */
const LAYERS: Readonly<Record<string, { folders: readonly string[]; packages: readonly string[] }>> = {
  core: { folders: ['core'], packages: [] },
  browser: { folders: ['browser', 'core'], packages: [] },
  messages: { folders: ['messages', 'core'], packages: [] },
  events: { folders: ['events', 'core'], packages: [] },
  styles: { folders: ['styles'], packages: ['lit'] },
  controllers: {
    folders: ['controllers', 'events', 'browser', 'core', 'messages'],
    packages: ['lit', '@floating-ui/dom'],
  },
  elements: {
    folders: ['elements', 'controllers', 'events', 'messages', 'styles', 'browser', 'core'],
    packages: ['lit'],
  },
  server: { folders: ['server', 'core'], packages: ['hono', 'jose', 'standardwebhooks', 'zod'] },
};

const GENERATED = 'src/server/callback/callback-page-script.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file))
    .filter((file) => file.endsWith('.ts') && file !== GENERATED);

const withoutComments = (code: string): string => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** The text of a file without its comments, which may show imports as examples. */
const codeOf = (file: string): string => withoutComments(readFileSync(file, 'utf8'));

const importsOf = (file: string): string[] =>
  [...codeOf(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => specifier);

/** `core` for `src/core/…`, and `''` for an entry. */
const folderOf = (file: string): string => file.split('/').slice(1, -1)[0] ?? '';

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Why a file of `folder` may not import `specifier`, or nothing. */
function objection(file: string, specifier: string): string | undefined {
  const layer = LAYERS[folderOf(file)];
  if (layer === undefined) return folderOf(file) === '' ? undefined : `${file}: a folder without a rule`;
  if (!specifier.startsWith('.')) {
    return layer.packages.includes(packageOf(specifier)) ? undefined : `${file} imports the package ${specifier}`;
  }
  const target = posix.join(posix.dirname(file), specifier);
  return layer.folders.includes(folderOf(target)) ? undefined : `${file} imports ${target}`;
}

describe('the layers of src/', () => {
  it('imports point one way', () => {
    const found = filesIn('src').flatMap((file) => importsOf(file).map((specifier) => objection(file, specifier)));
    assert.deepEqual(
      found.filter((one) => one !== undefined),
      [],
    );
  });

  it('do not lead from one element to the other: what both need lies beside them', () => {
    const ELEMENTS = ['src/elements/connect-account', 'src/elements/connected-accounts-list'];
    const found = ELEMENTS.flatMap((element) =>
      filesIn(element).flatMap((file) =>
        importsOf(file)
          .map((specifier) => posix.join(posix.dirname(file), specifier))
          .filter((target) => ELEMENTS.some((other) => other !== element && target.startsWith(`${other}/`)))
          .map((target) => `${file} imports ${target}`),
      ),
    );
    assert.deepEqual(found, []);
  });

  it('name what they import with the extension it has when it runs', () => {
    const relative = filesIn('src')
      .flatMap(importsOf)
      .filter((specifier) => specifier.startsWith('.'));
    assert.deepEqual(
      relative.filter((specifier) => !specifier.endsWith('.js')),
      [],
    );
  });

  it('use nothing in a page that a strict content security policy blocks', () => {
    const blocked =
      /\bunsafe(?:HTML|SVG|CSS|Static)\b|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bstyleMap\b|\sstyle=|<style|\beval\(|new Function/;
    assert.deepEqual(
      filesIn('src').filter((file) => folderOf(file) !== 'server' && blocked.test(codeOf(file))),
      [],
    );
  });
});

describe('every file', () => {
  it('has 250 lines at most', () => {
    const long = ['src', 'demo', 'test']
      .flatMap(filesIn)
      .filter((file) => readFileSync(file, 'utf8').split('\n').length > 251);
    assert.deepEqual(long, []);
  });
});
