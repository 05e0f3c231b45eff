import type { AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectError, connectError } from '../model/connect-error.js';
import type { AuthConfig } from '../model/connection-types.js';
import { type ChosenAccount, chooseAccount } from './existing-account.js';

/** What the backend knows of a user and an auth config before anything is clicked. */
export interface LoadedConnection extends ChosenAccount {
  /** Null where the backend does not offer auth configs. */
  readonly authConfig: AuthConfig | null;
}

/** Reads both. @param wallNow ms since the epoch @throws {@link import('../model/connect-error.js').ConnectFailure} */
export async function loadConnection(
  store: AccountsStore,
  authConfigId: string,
  wallNow: () => number,
): Promise<LoadedConnection> {
  const { authConfig, accounts } = await store.connection(authConfigId);
  return { authConfig, ...chooseAccount(accounts, wallNow()) };
}

/** Why nothing can be connected, though everything was read, or null. An account made before still counts. */
export function loadedError({ authConfig, account }: LoadedConnection): ConnectError | null {
  if (!authConfig?.isDisabled || account) return null;
  return connectError('auth_config_disabled', `The auth config ${authConfig.id} is disabled: enable it at Composio.`);
}
