import type { EmulatorContext } from './emulator-context.js';
import type { AccountRecord } from './emulator-state.js';
import type { AuthConfigRecord, AuthScheme } from './toolkit-records.js';

const SECRET_FIELDS = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'api_key',
  'generic_api_key',
  'token',
  'bearer_token',
  'basic_encoded',
  'password',
  'credentials_json',
  'private_key',
]);

/** A connected account as `GET /connected_accounts/{id}` sends it. */
export function wireAccount(emulator: EmulatorContext, account: AccountRecord) {
  return { ...wireListedAccount(emulator, account), params: maskedVal(emulator, account) };
}

/** A connected account as the list sends it: without `params`. */
export function wireListedAccount(emulator: EmulatorContext, account: AccountRecord) {
  const authConfig = authConfigOf(emulator, account);
  const { status } = account;
  const val = { ...maskedVal(emulator, account), ...valByStatus(account, authConfig.authScheme), status };
  return {
    toolkit: { slug: account.toolkitSlug },
    auth_config: {
      id: authConfig.id,
      auth_scheme: authConfig.authScheme,
      is_composio_managed: authConfig.isComposioManaged,
      is_disabled: authConfig.status === 'DISABLED',
    },
    id: account.id,
    word_id: account.wordId,
    alias: account.alias,
    user_id: account.userId,
    status,
    status_reason: account.statusReason,
    is_disabled: status === 'INACTIVE',
    created_at: new Date(account.createdAt).toISOString(),
    updated_at: new Date(account.updatedAt).toISOString(),
    state: { authScheme: authConfig.authScheme, val },
    data: val,
    experimental: wireAccess(account),
  };
}

/** The `experimental` block: whether, and with whom, the account is shared. */
export function wireAccess({ accountType, acl }: AccountRecord) {
  return { account_type: accountType, ...(accountType === 'SHARED' && { acl_config_for_shared: acl }) };
}

/** Whether the value of a field is secret. */
export function isSecretField(name: string): boolean {
  return SECRET_FIELDS.has(name);
}

/** Masks credentials: `REDACTED` when Composio manages the app, otherwise the first four characters. */
export function maskSecret(value: unknown, isComposioManaged: boolean): string {
  const secret = String(value);
  return isComposioManaged || secret.length < 4 ? 'REDACTED' : `${secret.slice(0, 4)}...`;
}

function maskedVal(emulator: EmulatorContext, account: AccountRecord): Record<string, unknown> {
  const { isComposioManaged } = authConfigOf(emulator, account);
  const isPending = account.status === 'INITIATED' || account.status === 'INITIALIZING';
  const shown = Object.entries(account.val).filter(([name]) => !(isPending && isSecretField(name)));
  if (!emulator.knobs.maskSecrets) return Object.fromEntries(shown);
  return Object.fromEntries(
    shown.map(([name, value]) => [name, isSecretField(name) ? maskSecret(value, isComposioManaged) : value]),
  );
}

/**
 * The fields of a state that the SDK's schema requires beside the credentials. Without them, it drops the whole state.
 */
function valByStatus(account: AccountRecord, scheme: AuthScheme): Record<string, unknown> {
  const changedAt = new Date(account.updatedAt).toISOString();
  const missingLogin = scheme === 'BASIC' && account.val['username'] === undefined;
  const login = missingLogin ? { username: '', password: 'REDACTED' } : {};
  switch (account.status) {
    case 'INITIATED':
      return { redirectUrl: account.redirectUrl ?? '' };
    case 'FAILED':
      return login;
    case 'EXPIRED':
      return { ...login, expired_at: changedAt };
    case 'REVOKED':
      return { revoked_at: changedAt };
    default:
      return {};
  }
}

function authConfigOf({ state }: EmulatorContext, account: AccountRecord): AuthConfigRecord {
  const authConfig = state.authConfigs.get(account.authConfigId);
  if (authConfig === undefined) throw new Error(`No auth config ${account.authConfigId}`);
  return authConfig;
}
