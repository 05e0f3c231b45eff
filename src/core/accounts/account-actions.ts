import {
  ConnectError,
  type ConnectErrorInfo,
  connectErrorInfo,
  isNotOffered,
  toConnectErrorInfo,
} from '../model/connect-error.js';
import { type ConnectionClient, type DeleteOptions, offered } from '../model/connection-client.js';
import { type ConnectedAccount, isPending } from '../model/connection-types.js';
import type { AccountsStore } from './accounts-store.js';

/** An action that a user can take on an account. */
export type AccountAction = 'enable' | 'reconnect' | 'rename' | 'disable' | 'disconnect';

/** The change that an action, a reconnect, or a refresh by the host's own code made to an account. */
export type AccountChange = 'enabled' | 'disabled' | 'renamed' | 'refreshed' | 'reconnected' | 'credentials-replaced';

/** A change that the elements make. They offer no refresh, which checks nothing at Composio any more. */
export type OfferedChange = Exclude<AccountChange, 'refreshed'>;

/** The methods of a client of which an action needs one. */
const METHODS: Readonly<Record<AccountAction, readonly (keyof ConnectionClient)[]>> = {
  enable: ['enable', 'update'],
  reconnect: ['link'],
  rename: ['update'],
  disable: ['disable', 'update'],
  disconnect: ['delete'],
};

/** All actions, in the order in which a menu shows them. */
export const ACCOUNT_ACTIONS = Object.keys(METHODS) as readonly AccountAction[];

/**
 * Returns the actions that an account allows and the backend offers, in their order.
 * @param offers returns whether the backend offers a method. Default: all of them.
 */
export function actionsFor(
  account: ConnectedAccount,
  offers: (method: keyof ConnectionClient) => boolean = () => true,
): readonly AccountAction[] {
  const { status, authConfig } = account;
  const isOff = status === 'INACTIVE';
  const pending = isPending(account);
  const offered: Readonly<Record<AccountAction, boolean>> = {
    enable: isOff,
    reconnect: !isOff && !authConfig.isDisabled,
    rename: !pending,
    disable: status === 'ACTIVE',
    disconnect: true,
  };
  return ACCOUNT_ACTIONS.filter((action) => offered[action] && METHODS[action].some(offers));
}

/** The backend's limit. */
const MAX_ALIAS_LENGTH = 255;

// Each action updates the store only after the backend has confirmed it. If the backend says that the account is gone, the
// action removes it from the store and rejects with `not_found`.

/**
 * Renames an account.
 * @param alias the new name; `''` clears it
 * @returns the account with its new name
 * @throws {@link ConnectError} `alias_taken` if another account of the user has that name; `invalid_request` if it is too
 * long; `not_found` if the account is gone
 */
export async function renameAccount(
  store: AccountsStore,
  { id }: ConnectedAccount,
  alias: string,
): Promise<ConnectedAccount> {
  const name = alias.trim();
  if (name.length > MAX_ALIAS_LENGTH || /\p{Cc}/u.test(name)) {
    const message = `\`alias\` must be one line of at most ${MAX_ALIAS_LENGTH} characters.`;
    throw new ConnectError(connectErrorInfo('invalid_request', message));
  }
  return confirmed(store, id, 'update', (options) =>
    offered(store.client, 'update').update(id, { alias: name }, options),
  );
}

/** Enables a disabled account and returns it. @throws {@link ConnectError} `not_found` if it is gone */
export function enableAccount(store: AccountsStore, { id }: ConnectedAccount): Promise<ConnectedAccount> {
  return setEnabled(store, id, true);
}

/** Disables an account, which keeps its credentials, and returns it. @throws {@link ConnectError} `not_found` if it is gone */
export function disableAccount(store: AccountsStore, { id }: ConnectedAccount): Promise<ConnectedAccount> {
  return setEnabled(store, id, false);
}

function setEnabled(store: AccountsStore, id: string, enabled: boolean): Promise<ConnectedAccount> {
  const method = enabled ? 'enable' : 'disable';
  return confirmed(store, id, method, async (options) => {
    const { client } = store;
    return client[method]?.(id, options) ?? offered(client, 'update').update(id, { enabled }, options);
  });
}

/** Deletes an account. Resolves if it is already gone. @throws {@link ConnectError} */
export async function disconnectAccount(
  store: AccountsStore,
  { id }: ConnectedAccount,
  options: Pick<DeleteOptions, 'revoke'> = {},
): Promise<void> {
  await offered(store.client, 'delete')
    .delete(id, { userId: store.userId, ...options })
    .catch((error) => noteMissing(store, 'delete', error));
  store.remove(id);
}

async function confirmed(
  store: AccountsStore,
  id: string,
  method: keyof ConnectionClient,
  request: (options: { readonly userId: string }) => Promise<ConnectedAccount>,
): Promise<ConnectedAccount> {
  try {
    const account = await request({ userId: store.userId });
    store.upsert(account);
    return account;
  } catch (error) {
    const isGone = error instanceof ConnectError && error.code === 'not_found' && !isNotOffered(error);
    if (isGone) store.remove(id);
    return noteMissing(store, method, error);
  }
}

/** Notes that the backend lacks the route of a method. They share one: no name can be given where nothing can be enabled. */
function noteMissing(store: AccountsStore, method: keyof ConnectionClient, error: unknown): never {
  const isUpdate = ['update', 'enable', 'disable'].includes(method);
  if (isNotOffered(error)) store.misses(...(isUpdate ? (['update', 'enable', 'disable'] as const) : [method]));
  throw error;
}

/** The result of {@link finishReconnect}. */
export interface FinishedReconnect {
  /** The new account, as it is now. */
  readonly account: ConnectedAccount;
  /** The error that kept the old account from being removed, or null. */
  readonly removalError: ConnectErrorInfo | null;
  /** The error that kept the new account from taking over the name, or null. */
  readonly aliasError: ConnectErrorInfo | null;
}

/**
 * Removes the old account once the new one is ACTIVE, and carries its name over. A name is taken as long as any account
 * has it, so the old account gives it up first. Never rejects: the new account works whatever fails here.
 */
export async function finishReconnect(
  store: AccountsStore,
  previous: ConnectedAccount,
  account: ConnectedAccount,
): Promise<FinishedReconnect> {
  if (previous.id === account.id) return { account, removalError: null, aliasError: null };
  const { alias } = previous;
  // If this fails, giving the name to the new account fails too and reports it.
  if (alias) await renameAccount(store, previous, '').catch(() => null);
  // Most providers revoke a whole grant, and the new account's access with it (RFC 7009 §2.1).
  const removalError = store.offers('delete')
    ? await errorOf(disconnectAccount(store, previous, { revoke: false }))
    : null;
  if (!alias || !store.offers('update')) return { account, removalError, aliasError: null };
  const aliasError = await errorOf(renameAccount(store, account, alias));
  return { account: store.get(account.id) ?? account, removalError, aliasError };
}

async function errorOf(action: Promise<unknown>): Promise<ConnectErrorInfo | null> {
  try {
    await action;
    return null;
  } catch (error) {
    return toConnectErrorInfo(error);
  }
}
