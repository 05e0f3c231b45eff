import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as elements from '../../src/index.js';

interface Named {
  readonly name: string;
  readonly description?: string;
}

interface Declaration extends Named {
  readonly tagName?: string;
  readonly members: ReadonlyArray<Named & { readonly kind: string; readonly attribute?: string }>;
  readonly attributes: readonly Named[];
  readonly events: ReadonlyArray<Named & { readonly type: { readonly text: string } }>;
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly cssStates: readonly Named[];
}

/** The parts of a registered Lit class that the manifest describes. */
interface ElementClass {
  readonly observedAttributes: readonly string[];
  readonly prototype: object;
}

const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const declarations: Declaration[] = modules
  .flatMap((module: { declarations: Declaration[] }) => module.declarations)
  .filter(({ tagName }: Declaration) => tagName);

const classes = elements as unknown as Readonly<Record<string, unknown>>;

const names = (things: readonly Named[]): string[] => things.map(({ name }) => name).sort();

const unique = (all: Iterable<string>): string[] => [...new Set(all)].sort();

/** Folders and files of `src/elements/` whose templates an element renders besides its own. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  'connect-account': ['account-menu', 'credentials-form'],
  'connected-accounts-list': [
    'account-menu/account-questions.ts',
    'account-menu/account-menu-styles.ts',
    'credentials-form',
  ],
};

/** The templates and styles of an element, as text. */
function sourceOf(tagName: string): string {
  return [tagName, ...(SHARED[tagName] ?? [])]
    .map((folder) => `src/elements/${folder}`)
    .concat('src/styles')
    .flatMap((path) => (path.endsWith('.ts') ? [path] : readdirSync(path).map((file) => `${path}/${file}`)))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '');
}

const found = (source: string, pattern: RegExp): string[] =>
  unique([...source.matchAll(pattern)].flatMap(([, text = '']) => text.split(' ')));

it('the types for frameworks offer every property that the manifest says can be set', () => {
  const offered = readFileSync('src/element-attributes.ts', 'utf8');
  const settable = declarations.flatMap(({ members }) =>
    members.filter(({ kind, ...member }) => kind === 'field' && !('readonly' in member)).map(({ name }) => name),
  );
  assert.ok(settable.length > 20);
  assert.deepEqual(
    settable.filter((name) => !offered.includes(`'${name}'`)),
    [],
  );
});

it('the manifest says which modules register the tags, and every path in it is a file', () => {
  const registered = modules.flatMap(
    ({ path, exports = [] }: { path: string; exports?: Array<{ kind: string; name: string; declaration: object }> }) =>
      exports
        .filter(({ kind }) => kind === 'custom-element-definition')
        .map(({ name, declaration }) => ({ path, name, declaration })),
  );
  assert.deepEqual(registered, [
    {
      path: 'dist/define-connect-account.js',
      name: 'connect-account',
      declaration: { name: 'ConnectAccount', module: 'dist/elements/connect-account/connect-account.js' },
    },
    {
      path: 'dist/define-connected-accounts-list.js',
      name: 'connected-accounts-list',
      declaration: {
        name: 'ConnectedAccountsList',
        module: 'dist/elements/connected-accounts-list/connected-accounts-list.js',
      },
    },
  ]);
  const missing = modules.map(({ path }: { path: string }) => path).filter((path: string) => !existsSync(path));
  assert.deepEqual(missing, []);
});

it('the manifest names the elements of the package', () => {
  assert.deepEqual(
    declarations.map(({ tagName }) => tagName),
    ['connect-account', 'connected-accounts-list'],
  );
});

for (const declaration of declarations) {
  const { name, tagName = '' } = declaration;

  describe(`the manifest of <${tagName}>`, () => {
    const elementClass = classes[name] as ElementClass;
    const source = sourceOf(tagName);

    it(`the manifest of <${tagName}> lists the attributes that the element observes`, () => {
      assert.deepEqual(names(declaration.attributes), unique(elementClass.observedAttributes));
    });

    it(`the manifest of <${tagName}> lists only properties and methods that the element has`, () => {
      const missing = declaration.members.filter((member) => !(member.name in elementClass.prototype));
      assert.deepEqual(names(missing), []);
    });

    it(`the manifest of <${tagName}> names an exported class for each event`, () => {
      for (const event of declaration.events) {
        const eventClass = classes[event.type.text] as { type: string } | undefined;
        assert.equal(eventClass?.type, event.name);
      }
    });

    it(`the manifest of <${tagName}> lists the parts of the templates`, () => {
      const documented = names(declaration.cssParts);
      const written = found(source, /\bpart="([a-z- ]+)"/g);
      assert.deepEqual(
        written.filter((part) => !documented.includes(part)),
        [],
      );
      // Some templates choose among parts, so the name is a word in a string, or put one together.
      const made = [...source.matchAll(/\bpart=\$\{`[a-z- ]*?\b([a-z]+-)\$\{/g)].map(([, beginning = '']) => beginning);
      assert.deepEqual(
        documented
          .filter((part) => !made.some((beginning) => part.startsWith(beginning)))
          .filter((part) => !new RegExp(`["'][a-z- ]*\\b${part}\\b[a-z- ]*["']`).test(source)),
        [],
      );
    });

    it(`the manifest of <${tagName}> lists the slots of the templates`, () => {
      const slots = unique(
        [...source.matchAll(/<slot(?: name=(?:"([^"]*)"|\$\{`([^$]*)))?/g)].map(([, one, two]) => one ?? two ?? ''),
      );
      const documented = declaration.slots.map((slot) => slot.name.replace(/<.*/, ''));
      assert.deepEqual(unique(documented), slots);
    });

    it(`the manifest of <${tagName}> lists the custom properties of the styles`, () => {
      assert.deepEqual(names(declaration.cssProperties), found(source, /var\((--connect-account-[a-z-]+)/g));
    });

    it(`the manifest of <${tagName}> describes everything it lists`, () => {
      const { members, attributes, events, slots, cssParts, cssProperties, cssStates } = declaration;
      const all = [members, attributes, events, slots, cssParts, cssProperties, cssStates].flat();
      assert.deepEqual(names(all.filter(({ description }) => !description)), []);
    });
  });
}
