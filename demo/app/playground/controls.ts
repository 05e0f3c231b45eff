import { type ManifestItem, type ManifestValue, readManifest } from '../manifest.js';

/** The elements that the playground has. */
export const TAGS = ['connect-account', 'connected-accounts-list'] as const;

export type Tag = (typeof TAGS)[number];

/** A control of the playground, for one attribute, property or slot. */
export interface Control {
  /** The attribute, the property, or the slot. */
  readonly name: string;
  /** Where the value goes. */
  readonly target: 'attribute' | 'property' | 'slot';
  /** Name of the property, for frameworks that set properties. */
  readonly property: string;
  /** `words` are separated by spaces. `token` is a function that fetches a session token. */
  readonly kind: 'flag' | 'choice' | 'number' | 'words' | 'text' | 'json' | 'token';
  readonly choices: readonly string[];
  /** The default, as text. */
  readonly usual: string;
  readonly description: string;
}

/** What one cannot type: a transport is a program. */
const LEFT_OUT = new Set(['client']);
/** A picture and 24 texts of errors, which the page of the failures and the documentation show. */
const SLOTS_LEFT_OUT = new Set(['icon', 'error-<code>', 'loading']);

/** Returns the controls of an element. New attributes of the manifest appear by themselves. */
export function controlsOf(tag: Tag): readonly Control[] {
  const { attributes, properties, slots } = readManifest(tag);
  return [
    ...attributes.map((value) => valueControl(value, 'attribute')),
    ...properties.filter(({ name }) => !LEFT_OUT.has(name)).map((value) => valueControl(value, 'property')),
    ...slots.filter(({ name }) => !SLOTS_LEFT_OUT.has(name)).map(slotControl),
  ];
}

function valueControl(value: ManifestValue, target: 'attribute' | 'property'): Control {
  const choices = choicesOf(value.type);
  return {
    name: value.name,
    target,
    property: value.property,
    kind: kindOf(value, target, choices),
    choices,
    usual: usualText(value.default ?? ''),
    description: value.description,
  };
}

function slotControl({ name, description }: ManifestItem): Control {
  return { name: name || 'default', target: 'slot', property: '', kind: 'text', choices: [], usual: '', description };
}

/** Returns `['popup', 'redirect']` for `'popup' | 'redirect'`, and an empty list for other types. */
function choicesOf(type: string): readonly string[] {
  const parts = type.split('|').map((part) => part.trim());
  const isChoice = parts.length > 1 && parts.every((part) => /^'[^']*'$/.test(part));
  return isChoice ? parts.map((part) => part.slice(1, -1)) : [];
}

function kindOf({ name, type }: ManifestValue, target: string, choices: readonly string[]): Control['kind'] {
  if (name === 'sessionToken') return 'token';
  if (target === 'property') return 'json';
  if (choices.length > 0) return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'number') return 'number';
  return type.endsWith('[]') ? 'words' : 'text';
}

/** Returns `600000` for `600_000`, `popup` for `'popup'`, and nothing for `false` and `[]`. */
function usualText(literal: string): string {
  if (literal === 'false' || literal === '[]') return '';
  return literal.replace(/^'(.*)'$/, '$1').replaceAll(/(\d)_(?=\d)/g, '$1');
}
