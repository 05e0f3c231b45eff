import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';

/** The folders of `src/` and the packages that each folder may import. Entries (`src/*.ts`) may import everything. */
const LAYERS: Readonly<Record<string, { folders: readonly string[]; packages: readonly string[] }>> = {
  core: { folders: ['core'], packages: [] },
  browser: { folders: ['browser', 'core'], packages: [] },
  messages: { folders: ['messages', 'core'], packages: [] },
  events: { folders: ['events', 'core'], packages: [] },
  styles: { folders: ['styles'], packages: ['lit'] },
  controllers: {
    folders: ['controllers', 'events', 'browser', 'core', 'messages'],
    packages: ['lit', '@lit/task', '@floating-ui/dom'],
  },
  elements: {
    folders: ['elements', 'controllers', 'events', 'messages', 'styles', 'browser', 'core'],
    packages: ['lit'],
  },
  testing: { folders: ['testing', 'core', 'events'], packages: [] },
  doctor: { folders: ['doctor', 'browser', 'core'], packages: [] },
  server: { folders: ['server', 'core'], packages: ['hono', 'jose', 'standardwebhooks', 'zod'] },
};

const GENERATED = 'src/server/callback/callback-page-script.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file))
    .filter((file) => file.endsWith('.ts') && file !== GENERATED);

const withoutComments = (code: string): string => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** Returns the text of a file without its comments, which may show imports as examples. */
const codeOf = (file: string): string => withoutComments(readFileSync(file, 'utf8'));

const importsOf = (file: string): string[] =>
  [...codeOf(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => specifier);

/** Returns `core` for `src/core/…`, and `''` for an entry. */
const folderOf = (file: string): string => file.split('/').slice(1, -1)[0] ?? '';

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Returns the reason why `file` may not import `specifier`, or undefined. */
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
  it('the imports of src/ point one way', () => {
    const found = filesIn('src').flatMap((file) => importsOf(file).map((specifier) => objection(file, specifier)));
    assert.deepEqual(
      found.filter((one) => one !== undefined),
      [],
    );
  });

  it('neither element imports from the other', () => {
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

  it('relative imports have the extension .js', () => {
    const relative = filesIn('src')
      .flatMap(importsOf)
      .filter((specifier) => specifier.startsWith('.'));
    assert.deepEqual(
      relative.filter((specifier) => !specifier.endsWith('.js')),
      [],
    );
  });

  it('code for pages uses nothing that a strict content security policy blocks', () => {
    const blocked =
      /\bunsafe(?:HTML|SVG|CSS|Static)\b|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bstyleMap\b|\sstyle=|<style|\beval\(|new Function/;
    assert.deepEqual(
      filesIn('src').filter((file) => folderOf(file) !== 'server' && blocked.test(codeOf(file))),
      [],
    );
  });
});
