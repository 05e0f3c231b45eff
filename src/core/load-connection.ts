import { chooseAccount } from './choose-account.js';
import { ConnectFailure, connectError } from './connect-error.js';
import type { ConnectSettings } from './connect-settings.js';
import type { AuthConfig, ConnectedAccount } from './connection-types.js';

/** What the backend knows of a user and an auth config before anything is clicked. */
export interface LoadedConnection {
  /** Null where the backend does not offer auth configs. */
  readonly authConfig: AuthConfig | null;
  readonly account: ConnectedAccount | null;
  /** An account that waits for its user to finish. */
  readonly pending: ConnectedAccount | null;
}

/** Upstream's largest page. */
const PAGE = 100;

/** Reads both. @throws {@link ConnectFailure} */
export async function loadConnection(
  settings: ConnectSettings,
  wallNow: number,
  signal: AbortSignal,
): Promise<LoadedConnection> {
  const [authConfig, accounts] = await Promise.all([
    whereOffered(loadAuthConfig(settings, signal), null),
    whereOffered(loadAccounts(settings, signal), []),
  ]);
  const chosen = chooseAccount(accounts, wallNow);
  if (authConfig?.isDisabled && !chosen.account) {
    throw new ConnectFailure(
      connectError('auth_config_disabled', `The auth config ${authConfig.id} is disabled: enable it at Composio.`),
    );
  }
  return { authConfig, ...chosen };
}

async function loadAuthConfig(settings: ConnectSettings, signal: AbortSignal): Promise<AuthConfig> {
  const { client, userId, authConfigId } = settings;
  const found = (await client.authConfigs([authConfigId], { userId, signal })).find(({ id }) => id === authConfigId);
  if (found) return found;
  throw new ConnectFailure(
    connectError(
      'auth_config_not_found',
      `The backend knows no auth config "${authConfigId}": check the attribute auth-config-id.`,
    ),
  );
}

async function loadAccounts(settings: ConnectSettings, signal: AbortSignal): Promise<readonly ConnectedAccount[]> {
  const { client, userId, authConfigId } = settings;
  const query = { authConfigIds: [authConfigId], limit: PAGE };
  const { items, nextCursor } = await client.list(query, { userId, signal });
  if (nextCursor === null || items.some(({ status }) => status === 'ACTIVE')) return items;
  // More dead accounts than fit on a page: a living one may be among the older ones.
  const active = await client.list({ ...query, limit: 1, statuses: ['ACTIVE'] }, { userId, signal });
  return [...items, ...active.items];
}

/** A backend may offer `link` and `get` alone; then a 404 or 405 on the other reads is no failure. */
async function whereOffered<Value, Fallback>(reading: Promise<Value>, fallback: Fallback): Promise<Value | Fallback> {
  try {
    return await reading;
  } catch (thrown) {
    const status = thrown instanceof ConnectFailure ? thrown.error.status : undefined;
    if (status === 404 || status === 405) return fallback;
    throw thrown;
  }
}
