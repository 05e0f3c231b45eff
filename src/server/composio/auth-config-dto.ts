import type { AuthConfig, ConnectionField } from '../../core/model/connection-types.js';
import { type JsonObject, objectOf, objectsOf, textOf, webUrlOf } from './wire-value.js';

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
export function toolkitSlugOf(wireAuthConfig: unknown): string | null {
  return textOf(objectOf(objectOf(wireAuthConfig)['toolkit'])['slug']);
}

/** Allow-list of a toolkit. Never throws: what is unreadable is left out. */
export function readToolkit(wire: unknown, slug: string): Toolkit {
  const toolkit = objectOf(wire);
  return {
    slug,
    name: textOf(toolkit['name']) ?? slug,
    logo: webUrlOf(objectOf(toolkit['meta'])['logo']),
    schemes: objectsOf(toolkit['auth_config_details']).map((details) => ({
      mode: textOf(details['mode']) ?? '',
      hintUrl: webUrlOf(details['auth_hint_url']),
      fields: readInitiationFields(objectOf(objectOf(details['fields'])['connected_account_initiation'])),
    })),
  };
}

/**
 * The allow-list of what a browser may know of an auth config; the developer's credentials are not on it.
 * `null` when it is unreadable.
 */
export function readAuthConfig(wire: unknown, toolkit: Toolkit): AuthConfig | null {
  const authConfig = objectOf(wire);
  const id = textOf(authConfig['id']);
  const wireToolkit = objectOf(authConfig['toolkit']);
  const authScheme = textOf(authConfig['auth_scheme']) ?? toolkit.schemes[0]?.mode;
  if (id === null || !authScheme) return null;
  const scheme = toolkit.schemes.find(({ mode }) => mode === authScheme);
  const logo = toolkit.logo ?? webUrlOf(wireToolkit['logo']);
  return {
    id,
    authScheme,
    isComposioManaged: authConfig['is_composio_managed'] === true,
    isDisabled: authConfig['status'] === 'DISABLED',
    toolkit: { slug: toolkit.slug, name: toolkit.name, ...(logo !== null && { logo }) },
    authHintUrl: scheme?.hintUrl ?? webUrlOf(wireToolkit['auth_hint_url']),
    fields: joinFields(scheme?.fields ?? [], objectsOf(authConfig['expected_input_fields']).flatMap(readField)),
  };
}

function readInitiationFields(groups: JsonObject): ConnectionField[] {
  const required = objectsOf(groups['required']).flatMap(readField);
  const optional = objectsOf(groups['optional']).flatMap(readField);
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
  const name = textOf(wire['name']);
  if (name === null) return [];
  const isSecret = wire['is_secret'];
  const userVisible = wire['user_visible'];
  const initial = wire['default'];
  return [
    {
      name,
      displayName: textOf(wire['displayName']) ?? textOf(wire['display_name']) ?? name,
      description: textOf(wire['description']) ?? '',
      type: textOf(wire['type']) ?? 'string',
      required: wire['required'] === true,
      ...((typeof initial === 'string' || initial === null) && { default: initial }),
      ...(typeof isSecret === 'boolean' && { isSecret }),
      ...(typeof userVisible === 'boolean' && { userVisible }),
    },
  ];
}
