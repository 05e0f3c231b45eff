import type { AuthConfig, ConnectionField } from '../../core/model/connection-types.js';
import { asObject, asObjects, asText, asWebUrl, type JsonObject } from './wire-value.js';

/** What a page shows of a toolkit, and the fields of its schemes. */
export interface Toolkit {
  readonly slug: string;
  readonly name: string;
  readonly logo: string | null;
  readonly schemes: readonly {
    readonly mode: string;
    readonly hintUrl: string | null;
    readonly fields: readonly ConnectionField[];
  }[];
}

/** The slug of an auth config's toolkit, or `null` when the auth config is unreadable. */
export function getToolkitSlug(wireAuthConfig: unknown): string | null {
  return asText(asObject(asObject(wireAuthConfig)['toolkit'])['slug']);
}

/** Allow-list of a toolkit. Never throws: what is unreadable is left out. */
export function readToolkit(wire: unknown, slug: string): Toolkit {
  const toolkit = asObject(wire);
  return {
    slug,
    name: asText(toolkit['name']) ?? slug,
    logo: asWebUrl(asObject(toolkit['meta'])['logo']),
    schemes: asObjects(toolkit['auth_config_details']).map((details) => ({
      mode: asText(details['mode']) ?? '',
      hintUrl: asWebUrl(details['auth_hint_url']),
      fields: readInitiationFields(asObject(asObject(details['fields'])['connected_account_initiation'])),
    })),
  };
}

/**
 * The allow-list of what a browser may know of an auth config; the developer's credentials are not on it.
 * `null` when it is unreadable.
 */
export function readAuthConfig(wire: unknown, toolkit: Toolkit): AuthConfig | null {
  const authConfig = asObject(wire);
  const id = asText(authConfig['id']);
  const wireToolkit = asObject(authConfig['toolkit']);
  const authScheme = asText(authConfig['auth_scheme']) ?? toolkit.schemes[0]?.mode;
  if (id === null || !authScheme) return null;
  const scheme = toolkit.schemes.find(({ mode }) => mode === authScheme);
  const logo = toolkit.logo ?? asWebUrl(wireToolkit['logo']);
  return {
    id,
    authScheme,
    isComposioManaged: authConfig['is_composio_managed'] === true,
    isDisabled: authConfig['status'] === 'DISABLED',
    toolkit: { slug: toolkit.slug, name: toolkit.name, ...(logo !== null && { logo }) },
    authHintUrl: scheme?.hintUrl ?? asWebUrl(wireToolkit['auth_hint_url']),
    fields: joinFields(scheme?.fields ?? [], asObjects(authConfig['expected_input_fields']).flatMap(readField)),
  };
}

function readInitiationFields(groups: JsonObject): ConnectionField[] {
  const required = asObjects(groups['required']).flatMap(readField);
  const optional = asObjects(groups['optional']).flatMap(readField);
  return [
    ...required.map((field) => ({ ...field, required: field.userVisible !== false })),
    ...optional.map((field) => ({ ...field, required: false })),
  ];
}

/** The auth config may expect fields that its toolkit does not declare; the toolkit knows more about those it does. */
function joinFields(declared: readonly ConnectionField[], expected: readonly ConnectionField[]): ConnectionField[] {
  const names = new Set(declared.map(({ name }) => name));
  return [...declared, ...expected.filter(({ name }) => !names.has(name))];
}

/** One field or none. Composio writes `displayName` beside `is_secret`. */
function readField(wire: JsonObject): ConnectionField[] {
  const name = asText(wire['name']);
  if (name === null) return [];
  const isSecret = wire['is_secret'];
  const userVisible = wire['user_visible'];
  const initial = wire['default'];
  return [
    {
      name,
      displayName: asText(wire['displayName']) ?? asText(wire['display_name']) ?? name,
      description: asText(wire['description']) ?? '',
      type: asText(wire['type']) ?? 'string',
      required: wire['required'] === true,
      ...((typeof initial === 'string' || initial === null) && { default: initial }),
      ...(typeof isSecret === 'boolean' && { isSecret }),
      ...(typeof userVisible === 'boolean' && { userVisible }),
    },
  ];
}
