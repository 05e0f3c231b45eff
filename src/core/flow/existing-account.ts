import type { AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import { type AuthConfig, type ConnectedAccount, isPending, LINK_LIFETIME_MS } from '../model/connection-types.js';

/** An abandoned account expires within this time of its creation. Clocks and clean-up jobs are not exact. */
const ABANDONED_WITHIN_MS = LINK_LIFETIME_MS + 60_000;

/** The accounts that matter among a user's accounts of one auth config. */
export interface ChosenAccount {
  /** The newest ACTIVE account, otherwise the newest that needs attention. */
  readonly account: ConnectedAccount | null;
  /** An account that its user can still finish connecting. */
  readonly pending: ConnectedAccount | null;
}

/**
 * Chooses the account to show. ACTIVE wins over everything, then the newest wins, and abandoned accounts do not count.
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

/** Returns whether an EXPIRED account was never ACTIVE, because its user left before the end. */
export function isAbandoned(account: ConnectedAccount): boolean {
  if (account.status !== 'EXPIRED') return false;
  if (account.wasActive !== undefined) return !account.wasActive;
  const lifetime = Date.parse(account.updatedAt) - Date.parse(account.createdAt);
  return account.displayName === null && lifetime <= ABANDONED_WITHIN_MS;
}

/** The state of a user's connection at the backend before anything is clicked. */
export interface LoadedConnection extends ChosenAccount {
  /** Null if the backend does not offer auth configs. */
  readonly authConfig: AuthConfig | null;
}

/**
 * Reads the auth config and the accounts.
 * @param wallNow returns ms since the epoch
 * @throws {@link import('../model/connect-error.js').ConnectError}
 */
export async function loadConnection(
  store: AccountsStore,
  authConfigId: string,
  wallNow: () => number,
): Promise<LoadedConnection> {
  const { authConfig, accounts } = await store.connection(authConfigId);
  return { authConfig, ...chooseAccount(accounts, wallNow()) };
}

/** Returns the error of an auth config that is disabled, or null. An existing account can be used all the same. */
export function loadedError({ authConfig, account }: LoadedConnection): ConnectErrorInfo | null {
  if (!authConfig?.isDisabled || account) return null;
  return connectErrorInfo(
    'auth_config_disabled',
    `The auth config ${authConfig.id} is disabled. Enable it at Composio.`,
  );
}
