/**
 * Configuration of the custom-elements analyzer, with a plugin for each thing that it gets wrong.
 * @see https://custom-elements-manifest.open-wc.org/analyzer/plugins/authoring/
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Members that are nobody's business: `#private`, `private`, `protected`, and what Lit calls on its own. */
const LIFECYCLE = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'connectedMoveCallback',
  'attributeChangedCallback',
  'adoptedCallback',
  'formAssociatedCallback',
  'formDisabledCallback',
  'formResetCallback',
  'formStateRestoreCallback',
  'createRenderRoot',
  'willUpdate',
  'firstUpdated',
  'update',
  'updated',
  'render',
]);

const isPublic = (member) =>
  !member.name.startsWith('#') &&
  !member.static &&
  (member.privacy ?? 'public') === 'public' &&
  !LIFECYCLE.has(member.name);

const eachDeclaration = (manifest, change) => {
  for (const module of manifest.modules) for (const declaration of module.declarations ?? []) change(declaration);
};

/** `dispatchEvent(new SomeEvent())` reads as an event without a name; `@fires` names it already. */
const dropNamelessEvents = {
  name: 'drop-nameless-events',
  packageLinkPhase({ customElementsManifest }) {
    eachDeclaration(customElementsManifest, (declaration) => {
      if (declaration.events) declaration.events = declaration.events.filter((event) => event.name);
    });
  },
};

/** `export type {} from './x.js'` brings types along and exports nothing. */
const dropEmptyExports = {
  name: 'drop-empty-exports',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      module.exports = module.exports?.filter(({ name, declaration }) => name !== '*' || declaration?.package);
    }
  },
};

/** The analyzer knows only `customElements.define`, not the function that guards it. */
const REGISTRATION = /^registerElement\('(.+)', (.+)\);$/gm;

const addDefinitions = {
  name: 'add-definitions',
  packageLinkPhase({ customElementsManifest }) {
    const { modules } = customElementsManifest;
    for (const module of modules) {
      for (const [, name, element] of readFileSync(module.path, 'utf8').matchAll(REGISTRATION)) {
        const declared = modules.find(({ declarations = [] }) => declarations.some((one) => one.name === element));
        const declaration = { name: element, module: `/${declared.path}` };
        module.exports.push({ kind: 'custom-element-definition', name, declaration });
      }
    }
  },
};

const dropInnerMembers = {
  name: 'drop-inner-members',
  packageLinkPhase({ customElementsManifest }) {
    eachDeclaration(customElementsManifest, (declaration) => {
      if (declaration.members) declaration.members = declaration.members.filter(isPublic);
    });
  },
};

/** The folders and files with the templates and style sheets that each element renders, besides the shared sheets. */
const SOURCES = {
  'connect-account': ['connect-account', 'account-menu', 'credentials-form'],
  'connected-accounts-list': [
    'connected-accounts-list',
    'account-menu/account-questions.ts',
    'account-menu/account-menu-styles.ts',
    'credentials-form',
  ],
};

function sourceOf(tagName) {
  const paths = ['src/styles/tokens.ts', 'src/styles', ...SOURCES[tagName].map((path) => `src/elements/${path}`)];
  const files = paths.flatMap((path) =>
    path.endsWith('.ts') ? path : readdirSync(path).map((file) => `${path}/${file}`),
  );
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

const DOCUMENTED = /@cssprop (--connect-account-[\w-]+) - (.+)$/gm;
const USED = /var\((--connect-account-[\w-]+)/g;

/**
 * Custom properties are documented where a style sheet uses them, most of them in a sheet that both elements have. The
 * fallback in `var(--connect-account-x, fallback)` is what a property is unless a page sets it.
 */
const addCustomProperties = {
  name: 'add-custom-properties',
  packageLinkPhase({ customElementsManifest }) {
    eachDeclaration(customElementsManifest, (declaration) => {
      if (!declaration.tagName) return;
      const source = sourceOf(declaration.tagName);
      const descriptions = new Map(
        Array.from(source.matchAll(DOCUMENTED), ([, name, description]) => [name, description]),
      );
      const used = new Set(Array.from(source.matchAll(USED), ([, name]) => name));
      declaration.cssProperties = Array.from(descriptions)
        .filter(([name]) => used.has(name))
        .map(([name, description]) => ({
          name,
          description,
          default: publicValue(fallbackOf(name, source), used, source),
        }));
    });
  },
};

/** Returns the second argument of the first `var()` of a property, on one line. */
function fallbackOf(name, source) {
  const start = source.indexOf(`var(${name},`);
  if (start < 0) return undefined;
  const from = start + `var(${name},`.length;
  let [end, depth] = [from, 1];
  while (depth > 0) {
    if (source[end] === '(') depth++;
    if (source[end] === ')') depth--;
    end++;
  }
  const fallback = source
    .slice(from, end - 1)
    .trim()
    .replace(/\s+/g, ' ');
  return fallback;
}

/** Returns a value without private properties: by the public name of each, or by what a trigger of medium size sets it to. */
function publicValue(value, used, source) {
  return value?.replaceAll(/var\(--_([\w-]+)\)/g, (_, name) => {
    const theme = `--connect-account-${name}`;
    if (used.has(theme)) return `var(${theme})`;
    const [, meaning = ''] = new RegExp(`^ *--_${name}: (.*);$`, 'm').exec(source) ?? [];
    return publicValue(meaning, used, source);
  });
}

/** The analyzer reads `src/*.ts`; the package ships `dist/*.js`. */
const pointToDist = {
  name: 'point-to-dist',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      const folder = posix.dirname(module.path);
      rewritePaths(module, (path) => (path.startsWith('.') ? posix.join(folder, path) : path));
    }
  },
};

const rewritePaths = (node, resolve) => {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) rewritePaths(value, resolve);
    else if (key === 'path' || key === 'module') node[key] = toDist(resolve(value));
  }
};

const toDist = (path) => path.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');

export default {
  globs: [
    'src/index.ts',
    'src/define.ts',
    'src/define-connect*.ts',
    'src/elements/connect-account/connect-account.ts',
    'src/elements/connected-accounts-list/connected-accounts-list.ts',
    'src/events/list-events.ts',
    'src/events/account-events.ts',
  ],
  litelement: true,
  packagejson: false,
  quiet: true,
  plugins: [dropNamelessEvents, dropEmptyExports, addDefinitions, dropInnerMembers, addCustomProperties, pointToDist],
};
