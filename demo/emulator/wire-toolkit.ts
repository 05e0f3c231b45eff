import type { EmulatorContext } from './emulator-context.js';
import { type AuthConfigRecord, findScheme, type SchemeRecord, type ToolkitRecord } from './toolkit-records.js';
import { maskSecret } from './wire-account.js';

const TOOLKIT_DATE = '2026-09-03T00:00:00.000Z';
const TOOLKIT_VERSION = '20260903_01';

/** A toolkit as `GET /toolkits` sends it. */
export function wireListedToolkit({ logoUrl }: EmulatorContext, toolkit: ToolkitRecord) {
  const { slug, name, category, schemes } = toolkit;
  return {
    slug,
    name,
    auth_schemes: schemes.map(({ mode }) => mode),
    composio_managed_auth_schemes: managedSchemes(toolkit).map(({ mode }) => mode),
    is_local_toolkit: false,
    no_auth: schemes.some(({ mode }) => mode === 'NO_AUTH'),
    auth_guide_url: null,
    deprecated: { toolkitId: slug },
    // The list has `id` where the single toolkit has `slug`.
    meta: { ...wireMeta(toolkit, logoUrl), categories: [{ id: category.slug, name: category.name }] },
  };
}

/** A toolkit as `GET /toolkits/{slug}` sends it, with the fields of its forms. */
export function wireToolkit({ logoUrl }: EmulatorContext, toolkit: ToolkitRecord) {
  const { slug, name, category, schemes, baseUrl } = toolkit;
  const managed = managedSchemes(toolkit);
  return {
    slug,
    name,
    type: 'native',
    enabled: true,
    is_local_toolkit: false,
    composio_managed_auth_schemes: managed.map(({ mode }) => mode),
    composio_managed_auth: managed.map(({ mode, scopes = [] }) => ({ mode, scopes: { available: scopes } })),
    auth_config_details: schemes.map((scheme) => wireScheme(toolkit, scheme)),
    auth_guide_url: null,
    base_url: baseUrl,
    meta: { ...wireMeta(toolkit, logoUrl), categories: [category], available_versions: [TOOLKIT_VERSION] },
    deprecated: { toolkitId: slug, rawProxyInfoByAuthSchemes: [] },
  };
}

/** An auth config as both of its routes send it, with a masked client secret. */
export function wireAuthConfig({ state, logoUrl }: EmulatorContext, authConfig: AuthConfigRecord) {
  const { toolkitSlug, credentials } = authConfig;
  const scheme = findScheme(state.toolkits.get(toolkitSlug), authConfig.authScheme);
  const accounts = [...state.accounts.values()].filter((account) => account.authConfigId === authConfig.id);
  return {
    id: authConfig.id,
    uuid: authConfig.uuid,
    type: authConfig.isComposioManaged ? 'default' : 'custom',
    toolkit: {
      slug: toolkitSlug,
      logo: logoUrl(toolkitSlug),
      auth_guide_url: null,
      auth_hint_url: scheme?.authHintUrl ?? null,
    },
    name: authConfig.name,
    auth_scheme: authConfig.authScheme,
    is_composio_managed: authConfig.isComposioManaged,
    credentials: Object.fromEntries(
      Object.entries(credentials).map(([name, value]) => [
        name,
        name === 'client_id' ? value : maskSecret(value, false),
      ]),
    ),
    status: authConfig.status,
    created_by: 'demo',
    created_at: new Date(authConfig.createdAt).toISOString(),
    last_updated_at: new Date(authConfig.lastUpdatedAt).toISOString(),
    no_of_connections: accounts.filter(({ isDeleted }) => !isDeleted).length,
    expected_input_fields: scheme?.fields ?? [],
    tool_access_config: { tools_for_connected_account_creation: [], tools_available_for_execution: [] },
    is_enabled_for_tool_router: true,
  };
}

function managedSchemes({ schemes }: ToolkitRecord): SchemeRecord[] {
  return schemes.filter(({ isComposioManaged }) => isComposioManaged);
}

function wireScheme({ slug, baseUrl }: ToolkitRecord, { mode, fields, authHintUrl, scopes = [] }: SchemeRecord) {
  return {
    name: `${slug}_${mode.toLowerCase()}`,
    mode,
    auth_hint_url: authHintUrl ?? null,
    required_scopes: scopes,
    fields: {
      auth_config_creation: { required: [], optional: [] },
      connected_account_initiation: {
        required: fields.filter(({ required }) => required),
        optional: fields.filter(({ required }) => !required),
      },
    },
    proxy: { base_url: baseUrl },
  };
}

function wireMeta({ slug, description }: ToolkitRecord, logoUrl: (slug: string) => string) {
  return {
    created_at: TOOLKIT_DATE,
    updated_at: TOOLKIT_DATE,
    description,
    logo: logoUrl(slug),
    app_url: null,
    triggers_count: 0,
    tools_count: 12,
    version: TOOLKIT_VERSION,
  };
}
