import type { AuthConfig, ConnectionField } from '../../core/model/connection-types.js';
import { asObject, asObjects, asText, asWebUrl, type JsonObject } from './wire-value.js';

/** A toolkit's name and logo, and the fields of its schemes. */
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

/** Returns the slug of an auth config's toolkit, or `null` if the auth config is unreadable. */
export function getToolkitSlug(wireAuthConfig: unknown): string | null {
  return asText(asObject(asObject(wireAuthConfig)['toolkit'])['slug']);
}

/** Picks the fields of a toolkit that a browser may see. Unreadable parts are left out. */
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
 * Picks the fields of an auth config that a browser may see, never the developer's credentials.
 *
 * @returns `null` if the auth config is unreadable
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

/** Adds the fields that the auth config expects and its toolkit does not declare. The toolkit describes its own better. */
function joinFields(declared: readonly ConnectionField[], expected: readonly ConnectionField[]): ConnectionField[] {
  const names = new Set(declared.map(({ name }) => name));
  return [...declared, ...expected.filter(({ name }) => !names.has(name))];
}

/** Reads one field, or none if it has no name. Composio mixes `displayName` with `is_secret`. */
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
      // The hosted page hides it as well, and upstream applies its default.
      required: wire['required'] === true && userVisible !== false,
      ...((typeof initial === 'string' || initial === null) && { default: initial }),
      ...(typeof isSecret === 'boolean' && { isSecret }),
      ...(typeof userVisible === 'boolean' && { userVisible }),
    },
  ];
}
