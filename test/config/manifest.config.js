/**
 * Configuration of the custom-elements analyzer, with a plugin for each thing that it gets wrong.
 * @see https://custom-elements-manifest.open-wc.org/analyzer/plugins/authoring/
 */
import { readFileSync } from 'node:fs';
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

/** `var(--connect-account-x, fallback)` of the style sheet says what a custom property is unless a page sets it. */
const FALLBACK = /var\((--connect-account-[\w-]+), (.+)\);$/gm;

const addFallbacks = {
  name: 'add-fallbacks',
  packageLinkPhase({ customElementsManifest }) {
    const tokens = readFileSync('src/styles/tokens.ts', 'utf8').replaceAll('--_', '--connect-account-');
    const fallbacks = new Map(Array.from(tokens.matchAll(FALLBACK), ([, name, fallback]) => [name, fallback]));
    eachDeclaration(customElementsManifest, ({ cssProperties = [] }) => {
      for (const property of cssProperties) property.default = fallbacks.get(property.name);
    });
  },
};

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
  plugins: [dropNamelessEvents, dropEmptyExports, addDefinitions, dropInnerMembers, addFallbacks, pointToDist],
};
