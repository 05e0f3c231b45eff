/** What the playground sets on an element. */
export interface Setup {
  readonly tag: string;
  readonly attributes: readonly SetAttribute[];
  readonly objects: readonly SetObject[];
  readonly slots: readonly SetSlot[];
}

/** An attribute that differs from its default. */
export interface SetAttribute {
  readonly name: string;
  readonly property: string;
  readonly kind: string;
  readonly value: string;
}

/** A property that is a function or an object, as source text. */
export interface SetObject {
  readonly property: string;
  readonly code: string;
}

export interface SetSlot {
  /** `default` for the one without a name. */
  readonly name: string;
  readonly text: string;
}

type Snippet = (setup: Setup) => string;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Braces begin an expression in React, Vue and Svelte. */
const escapeBraces = (text: string): string =>
  escapeHtml(text).replaceAll(/[{}]/g, (brace) => (brace === '{' ? '&#123;' : '&#125;'));

const defineFile = (tag: string): string => `connect-account/define-${tag}.js`;
const componentOf = (tag: string): string =>
  tag.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const list = (value: string): string[] => value.split(/[\s,]+/).filter(Boolean);
const indent = (code: string, by: string): string => code.replaceAll('\n', `\n${by}`);

/** Writes a tag with each attribute on a line of its own, or on one line where it is short. */
function element(name: string, attributes: readonly string[], children: readonly string[], by = ''): string {
  const flat = `<${name}${attributes.map((one) => ` ${one}`).join('')}>`;
  const isShort = flat.length + by.length <= 76 && !flat.includes('\n');
  const open = isShort ? flat : `<${name}\n${attributes.map((one) => `${by}  ${one}`).join('\n')}\n${by}>`;
  const inner = children.map((child) => `\n${by}  ${child}`).join('');
  return `${by}${open}${inner === '' ? '' : `${inner}\n${by}`}</${name}>`;
}

function slotted({ slots }: Setup, escapeText: (text: string) => string): string[] {
  return slots.map(({ name, text }) =>
    name === 'default' ? escapeText(text) : `<span slot="${name}">${escapeText(text)}</span>`,
  );
}

function htmlAttribute({ name, kind, value }: SetAttribute): string {
  return kind === 'flag' ? name : `${name}="${escapeHtml(value)}"`;
}

const html: Snippet = (setup) => {
  const script = '<script type="module" src="/connect-account/cdn/connect-account.js"></script>';
  const tag = element(setup.tag, setup.attributes.map(htmlAttribute), slotted(setup, escapeHtml));
  if (setup.objects.length === 0) return `${script}\n\n${tag}`;
  const lines = setup.objects.map(({ property, code }) => `  element.${property} = ${indent(code, '  ')};`);
  const set = `  const element = document.querySelector('${setup.tag}');\n${lines.join('\n')}`;
  return `${script}\n\n${tag}\n\n<script type="module">\n${set}\n</script>`;
};

const react: Snippet = (setup) => {
  const component = componentOf(setup.tag);
  const values = setup.attributes.map(({ property, kind, value }) => {
    if (kind === 'flag') return property;
    if (kind === 'number') return `${property}={${value}}`;
    if (kind === 'words') return `${property}={${JSON.stringify(list(value))}}`;
    return /["{}<&\\]/.test(value) ? `${property}={${JSON.stringify(value)}}` : `${property}="${value}"`;
  });
  const objects = setup.objects.map(({ property }) => `${property}={${property}}`);
  const tag = element(component, [...values, ...objects], slotted(setup, escapeBraces), '  ');
  const constants = setup.objects.map(({ property, code }) => `const ${property} = ${code};\n`).join('');
  const head = `import { ${component} } from 'connect-account/react.js';\n\n${constants}${constants && '\n'}`;
  return `${head}export const Connection = () => (\n${tag}\n);`;
};

/** Vue and Svelte: a script, and then the tag with bound objects. */
function component(setup: Setup, attributes: readonly string[]): { script: string; tag: string } {
  const constants = setup.objects.map(({ property, code }) => `  const ${property} = ${indent(code, '  ')};\n`);
  const script = `  import '${defineFile(setup.tag)}';\n${constants.length > 0 ? `\n${constants.join('')}` : ''}`;
  return { script, tag: element(setup.tag, attributes, slotted(setup, escapeBraces)) };
}

const vue: Snippet = (setup) => {
  const objects = setup.objects.map(({ property }) => `:${property}="${property}"`);
  const { script, tag } = component(setup, [...setup.attributes.map(htmlAttribute), ...objects]);
  return `<script setup>\n${script}</script>\n\n<template>\n  ${indent(tag, '  ')}\n</template>`;
};

const svelte: Snippet = (setup) => {
  const attributes = setup.attributes.map((attribute) =>
    /[{}"]/.test(attribute.value) ? `${attribute.name}={${JSON.stringify(attribute.value)}}` : htmlAttribute(attribute),
  );
  const { script, tag } = component(setup, [...attributes, ...setup.objects.map(({ property }) => `{${property}}`)]);
  return `<script>\n${script}</script>\n\n${tag}`;
};

/** How each framework writes it. The names are those of the page. */
export const SNIPPETS: Readonly<Record<string, Snippet>> = { HTML: html, React: react, Vue: vue, Svelte: svelte };
