import type { AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import { type AuthConfig, type ConnectedAccount, isPending, LINK_LIFETIME_MS } from '../model/connection-types.js';
import type { ConnectSettings } from './connect-settings.js';

/** Clocks and clean-up jobs are not exact: a flow that nobody finished expires within this time of its start. */
const UNFINISHED_WITHIN = 660_000;

/** What a user's accounts of one auth config come to. */
export interface ChosenAccount {
  /** The one that counts: the newest ACTIVE one, else the newest that needs attention. */
  readonly account: ConnectedAccount | null;
  /** One that waits for its user to finish and still can. */
  readonly pending: ConnectedAccount | null;
}

/**
 * Newest wins, ACTIVE wins over everything, and a flow that nobody ever finished counts for nothing.
 * @param wallNow ms since the epoch
 */
export function chooseAccount(accounts: readonly ConnectedAccount[], wallNow: number): ChosenAccount {
  const newestFirst = [...accounts].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const active = newestFirst.find(({ status }) => status === 'ACTIVE');
  if (active) return { account: active, pending: null };
  return {
    account: newestFirst.find((account) => !isPending(account) && !isAbandoned(account)) ?? null,
    pending:
      newestFirst.find((account) => isPending(account) && wallNow - Date.parse(account.createdAt) < LINK_LIFETIME_MS) ??
      null,
  };
}

/** Whether an EXPIRED account never was ACTIVE: its user left before the end. */
export function isAbandoned(account: ConnectedAccount): boolean {
  if (account.status !== 'EXPIRED') return false;
  if (account.wasActive !== undefined) return !account.wasActive;
  const life = Date.parse(account.updatedAt) - Date.parse(account.createdAt);
  return account.displayName === null && life <= UNFINISHED_WITHIN;
}

/** What the backend knows of a user and an auth config before anything is clicked. */
export interface LoadedConnection extends ChosenAccount {
  /** Null where the backend does not offer auth configs. */
  readonly authConfig: AuthConfig | null;
}

/** Reads both. @param wallNow ms since the epoch @throws {@link import('../model/connect-error.js').ConnectError} */
export async function loadConnection(
  store: AccountsStore,
  authConfigId: string,
  wallNow: () => number,
): Promise<LoadedConnection> {
  const { authConfig, accounts } = await store.connection(authConfigId);
  return { authConfig, ...chooseAccount(accounts, wallNow()) };
}

/** Why nothing can be connected, though everything was read, or null. An account made before still counts. */
export function loadedError({ authConfig, account }: LoadedConnection): ConnectErrorInfo | null {
  if (!authConfig?.isDisabled || account) return null;
  return connectErrorInfo(
    'auth_config_disabled',
    `The auth config ${authConfig.id} is disabled: enable it at Composio.`,
  );
}

/** The account that stands in the way of a new one (`already_connected`), where it is ACTIVE; else null. Never rejects. */
export async function findConflictingAccount(
  { code, connectedAccountId }: ConnectErrorInfo,
  { client, userId, authConfigId }: ConnectSettings,
  signal: AbortSignal,
): Promise<ConnectedAccount | null> {
  if (code !== 'already_connected' || connectedAccountId === undefined) return null;
  try {
    const account = await client.get(connectedAccountId, { userId, signal });
    const isAsked = account.id === connectedAccountId && account.authConfig.id === authConfigId;
    return isAsked && account.status === 'ACTIVE' ? account : null;
  } catch {
    // It was a courtesy to look: what is reported then is that the account stands in the way.
    return null;
  }
}
