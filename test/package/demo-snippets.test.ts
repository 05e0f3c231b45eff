import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transform } from 'esbuild';
import { JSDOM } from 'jsdom';
import { parse as parseSvelte } from 'svelte/compiler';
import { parse as parseVue } from 'vue/compiler-sfc';
import { type Setup, SNIPPETS } from '../../demo/app/client/snippets.js';

const LABEL = `Link "it" & {go} 'now' <b>`;

/** Each kind of value, with every character that means something in one of the languages. */
const SETUP: Setup = {
  tag: 'connect-account',
  attributes: [
    { name: 'user-id', property: 'userId', kind: 'text', value: 'user_ada' },
    { name: 'allow-multiple', property: 'allowMultiple', kind: 'flag', value: 'on' },
    { name: 'timeout', property: 'timeout', kind: 'number', value: '60000' },
    { name: 'label', property: 'label', kind: 'text', value: LABEL },
  ],
  objects: [{ property: 'connectionData', code: '{\n  "subdomain": "acme"\n}' }],
  slots: [
    { name: 'default', text: 'Link {it} & go' },
    { name: 'description', text: 'We read <nothing>' },
  ],
};

const codeFor = (framework: string, setup = SETUP): string => SNIPPETS[framework]?.(setup) ?? '';

test('the code for HTML makes a page with the same attributes and slots', () => {
  const { window } = new JSDOM(codeFor('HTML'));
  const element = window.document.querySelector('connect-account');
  assert.deepEqual(
    SETUP.attributes.map(({ name }) => element?.getAttribute(name)),
    ['user_ada', '', '60000', LABEL],
  );
  assert.match(element?.textContent ?? '', /^\s*Link \{it\} & go\s+We read <nothing>\s*$/);
  assert.equal(element?.querySelector('[slot="description"]')?.textContent, 'We read <nothing>');
  const [, script] = window.document.querySelectorAll('script');
  const found: Record<string, unknown> = {};
  new Function('document', script?.textContent ?? '')({ querySelector: () => found });
  assert.deepEqual(found, { connectionData: { subdomain: 'acme' } });
});

test('the code for React gives the component the same properties and children', async () => {
  const { code } = await transform(codeFor('React'), { loader: 'jsx', jsxFactory: 'make', format: 'cjs' });
  const elements: Array<{ type: unknown; props: unknown; children: unknown[] }> = [];
  const make = (type: unknown, props: unknown, ...children: unknown[]): string => {
    elements.push({ type, props, children });
    return String(type);
  };
  const module = { exports: {} as { Connection?(): unknown } };
  const load = (name: string) => ({ ConnectAccount: name });
  new Function('require', 'module', 'make', code)(load, module, make);
  module.exports.Connection?.();
  assert.deepEqual(elements.at(-1), {
    type: 'connect-account/react.js',
    props: {
      userId: 'user_ada',
      allowMultiple: true,
      timeout: 60000,
      label: LABEL,
      connectionData: { subdomain: 'acme' },
    },
    children: ['Link {it} & go', 'span'],
  });
});

test('the code for Vue is a component that sets the same attributes', () => {
  const { descriptor, errors } = parseVue(codeFor('Vue'));
  assert.deepEqual(errors, []);
  const [element] = (descriptor.template?.ast?.children ?? []) as unknown as ReadonlyArray<{
    props: ReadonlyArray<{ name: string; value?: { content: string }; arg?: { content: string } }>;
  }>;
  assert.deepEqual(
    element?.props.map(({ name, value, arg }) => [arg?.content ?? name, value?.content]),
    [
      ['user-id', 'user_ada'],
      ['allow-multiple', undefined],
      ['timeout', '60000'],
      ['label', LABEL],
      ['connectionData', undefined],
    ],
  );
  assert.match(descriptor.scriptSetup?.content ?? '', /import 'connect-account\/define-connect-account\.js';/);
});

test('the code for Svelte is a component that sets the same attributes', () => {
  const { fragment } = parseSvelte(codeFor('Svelte'), { modern: true }) as unknown as {
    fragment: { nodes: ReadonlyArray<{ type: string; attributes: readonly SvelteAttribute[] }> };
  };
  const element = fragment.nodes.find(({ type }) => type === 'RegularElement');
  assert.deepEqual(
    element?.attributes.map(({ name, value }) => [name, readValue(value)]),
    [
      ['user-id', 'user_ada'],
      ['allow-multiple', true],
      ['timeout', '60000'],
      ['label', LABEL],
      ['connectionData', 'connectionData'],
    ],
  );
});

interface SvelteAttribute {
  readonly name: string;
  readonly value: true | readonly [{ data: string }] | { expression: { value?: unknown; name?: string } };
}

function readValue(value: SvelteAttribute['value']): unknown {
  if (value === true) return true;
  if ('expression' in value) return value.expression.value ?? value.expression.name;
  return value[0].data;
}

test('functions stand in the code of each framework as they are', () => {
  const objects = [{ property: 'sessionToken', code: '() => fetchToken()' }];
  for (const framework of Object.keys(SNIPPETS))
    assert.match(codeFor(framework, { ...SETUP, objects }), /sessionToken = \(\) => fetchToken\(\);/);
});
