import { readFileSync } from 'node:fs';

/** What `custom-elements.json` says about an element, as far as the demo shows it. */
export interface ElementManifest {
  readonly tagName: string;
  readonly attributes: readonly ManifestValue[];
  /** Writable properties that have no attribute. */
  readonly properties: readonly ManifestValue[];
  readonly slots: readonly ManifestItem[];
  readonly cssProperties: readonly ManifestItem[];
}

export interface ManifestItem {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
}

export interface ManifestValue extends ManifestItem {
  /** Name of the property. */
  readonly property: string;
  /** TypeScript type. */
  readonly type: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: ReadonlyArray<ManifestItem & { fieldName: string; type?: { text: string } }>;
  readonly members?: readonly Member[];
  readonly slots?: readonly ManifestItem[];
  readonly cssProperties?: readonly ManifestItem[];
}

interface Member extends ManifestItem {
  readonly kind: string;
  readonly type?: { readonly text: string };
  readonly attribute?: string;
  readonly readonly?: boolean;
  readonly static?: boolean;
  readonly privacy?: string;
}

const MANIFEST = 'custom-elements.json';

/** Reads the manifest of one element. @throws Error when there is none */
export function readManifest(tag: string): ElementManifest {
  const { modules } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
    modules: ReadonlyArray<{ declarations?: readonly Declaration[] }>;
  };
  const found = modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === tag);
  if (found === undefined) throw new Error(`${MANIFEST} has no <${tag}>. Run \`npm run build\`.`);
  const { attributes = [], members = [], slots = [], cssProperties = [] } = found;
  return {
    tagName: tag,
    slots,
    cssProperties,
    attributes: attributes.map(({ fieldName, type, ...item }) => ({
      ...item,
      property: fieldName,
      type: type?.text ?? 'string',
    })),
    properties: members.filter(isOwnProperty).map(({ type, ...item }) => ({
      ...item,
      property: item.name,
      type: type?.text ?? 'unknown',
    })),
  };
}

function isOwnProperty(member: Member): boolean {
  const { kind, attribute, readonly: isReadonly, static: isStatic, privacy } = member;
  return kind === 'field' && !attribute && !isReadonly && !isStatic && privacy === undefined;
}
