import { ConnectError, type ConnectErrorInfo, connectErrorInfo, toConnectErrorInfo } from '../model/connect-error.js';
import { type ConnectedAccount, isCredentialScheme, isPending } from '../model/connection-types.js';
import type { AccountsStore } from './accounts-store.js';

/** What a user can do with an account. */
export type AccountAction = 'enable' | 'reconnect' | 'refresh' | 'rename' | 'disable' | 'disconnect';

/** What an action, or an attempt in the place of an account, changed. */
export type AccountChange = 'enabled' | 'disabled' | 'renamed' | 'refreshed' | 'reconnected' | 'credentials-replaced';

/** What an account allows, in the order in which it is offered. */
export function actionsFor(account: ConnectedAccount): readonly AccountAction[] {
  const { status, authConfig } = account;
  const isOff = status === 'INACTIVE';
  const pending = isPending(account);
  // Where users sign in at the provider, a refresh makes a working account wait for its user again
  // (https://github.com/ComposioHQ/composio/issues/1914); a dead one is reconnected instead.
  const canRefresh = isCredentialScheme(authConfig.authScheme);
  const offered: Readonly<Record<AccountAction, boolean>> = {
    enable: isOff,
    reconnect: !isOff && !authConfig.isDisabled,
    refresh: !isOff && !pending && canRefresh,
    rename: !pending,
    disable: status === 'ACTIVE',
    disconnect: true,
  };
  return (Object.keys(offered) as AccountAction[]).filter((action) => offered[action]);
}

/** As the backend takes it. */
const LONGEST_ALIAS = 255;

/**
 * Each of these asks the backend, and tells the store what the backend confirmed, never before. An account that turns
 * out to be gone is dropped from the store, and the failure says so. All throw {@link ConnectError}.
 *
 * @param alias `''` clears it; `alias_taken` where another account of the user has it
 */
export async function renameAccount(
  store: AccountsStore,
  { id }: ConnectedAccount,
  alias: string,
): Promise<ConnectedAccount> {
  const name = alias.trim();
  if (name.length > LONGEST_ALIAS || /\p{Cc}/u.test(name)) {
    const message = `alias must be one line of at most ${LONGEST_ALIAS} characters.`;
    throw new ConnectError(connectErrorInfo('invalid_request', message));
  }
  return confirmed(store, id, (options) => store.client.update(id, { alias: name }, options));
}

export function enableAccount(store: AccountsStore, { id }: ConnectedAccount): Promise<ConnectedAccount> {
  return confirmed(store, id, (options) => store.client.enable(id, options));
}

export function disableAccount(store: AccountsStore, { id }: ConnectedAccount): Promise<ConnectedAccount> {
  return confirmed(store, id, (options) => store.client.disable(id, options));
}

/** Has the provider asked whether it still takes the credentials; `invalid_credentials` when it does not. */
export function refreshAccount(store: AccountsStore, { id }: ConnectedAccount): Promise<ConnectedAccount> {
  return confirmed(store, id, async (options) => {
    await store.client.refresh(id, { validateCredentials: true }, options);
    return store.client.get(id, options);
  });
}

/** Resolves also when somebody else was faster. */
export async function disconnectAccount(store: AccountsStore, { id }: ConnectedAccount): Promise<void> {
  await store.client.delete(id, { userId: store.userId });
  store.remove(id);
}

async function confirmed(
  store: AccountsStore,
  id: string,
  request: (options: { readonly userId: string }) => Promise<ConnectedAccount>,
): Promise<ConnectedAccount> {
  try {
    const account = await request({ userId: store.userId });
    store.upsert(account);
    return account;
  } catch (thrown) {
    if (thrown instanceof ConnectError && thrown.code === 'not_found') store.remove(id);
    throw thrown;
  }
}

/** What came of the new account's taking the place of the old one. */
export interface FinishedReconnect {
  /** The new account, as it is now. */
  readonly account: ConnectedAccount;
  /** Why the old account is still there, or null. */
  readonly removalError: ConnectErrorInfo | null;
  /** Why the new account does not have the old one's name, or null. */
  readonly aliasError: ConnectErrorInfo | null;
}

/**
 * Once a new account is ACTIVE: removes the old one and carries its name over. A name is taken for as long as any account
 * has it, so the old one gives it up first. Never rejects: the new account works whatever fails here.
 */
export async function finishReconnect(
  store: AccountsStore,
  previous: ConnectedAccount,
  account: ConnectedAccount,
): Promise<FinishedReconnect> {
  if (previous.id === account.id) return { account, removalError: null, aliasError: null };
  const { alias } = previous;
  // What fails here shows when the new account is given the name.
  if (alias) await renameAccount(store, previous, '').catch(() => null);
  const removalError = await errorOf(removeReplaced(store, previous));
  if (!alias) return { account, removalError, aliasError: null };
  const aliasError = await errorOf(renameAccount(store, account, alias));
  return { account: store.get(account.id) ?? account, removalError, aliasError };
}

/**
 * An ACTIVE account is switched off before: the backend would else take its access back at the provider, and with it, at
 * most providers, that of the new account (RFC 7009 §2.1: one grant, all its tokens).
 */
async function removeReplaced(store: AccountsStore, previous: ConnectedAccount): Promise<void> {
  if (previous.status === 'ACTIVE') await disableAccount(store, previous);
  await disconnectAccount(store, previous);
}

async function errorOf(action: Promise<unknown>): Promise<ConnectErrorInfo | null> {
  try {
    await action;
    return null;
  } catch (thrown) {
    return toConnectErrorInfo(thrown);
  }
}
