import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { accountNotFound, RequestError } from '../http/errors.js';
import { belongsToOther, readAccount } from './account-dto.js';
import type { ListAccountsQuery } from './composio-like.js';
import type { Upstream } from './upstream-calls.js';
import { upstreamError } from './upstream-error.js';
import { asObjects, asText, isObject, type JsonObject } from './wire-value.js';

/** A page of accounts that were readable and the user's own. */
export interface AccountPage {
  readonly items: readonly ConnectedAccount[];
  readonly nextCursor: string | null;
  readonly totalPages: number;
  readonly totalItems?: number;
}

/**
 * Status and ownership in one call: the list of this id among this user's accounts. Reading the account by id would not
 * say whose it is (https://github.com/ComposioHQ/composio/issues/4509).
 *
 * @throws RequestError `not_found` for any id that is not this user's, `upstream_error` for an unreadable answer
 */
export async function getAccount(upstream: Upstream, userId: string, id: string): Promise<ConnectedAccount> {
  const query = { user_ids: [userId], connected_account_ids: [id] };
  const page = readPage(await upstream.send((client, options) => client.connectedAccounts.list(query, options)));
  const wire = page.items.find((item) => item['id'] === id);
  if (wire === undefined || belongsToOther(wire, userId)) throw accountNotFound();
  const account = readAccount(wire);
  if (account === null) throw upstreamError();
  return account;
}

/** Accounts by their ids, unread and of whatever user; those that do not exist are left out. */
export async function findAccounts(
  upstream: Upstream,
  ids: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  let query: ListAccountsQuery = { connected_account_ids: [...ids], limit: ids.length };
  // More than one page only where upstream gives fewer than it is asked for.
  for (let pages = 0; pages < ids.length; pages += 1) {
    const page = readPage(await upstream.send((client, options) => client.connectedAccounts.list(query, options)));
    for (const item of page.items) found.set(String(item['id']), item);
    const cursor = asText(page.envelope['next_cursor']);
    if (cursor === null) break;
    query = { ...query, cursor };
  }
  return found;
}

/** One page of this user's accounts. Unreadable ones are left out. */
export async function listAccounts(
  upstream: Upstream,
  userId: string,
  filter: Omit<ListAccountsQuery, 'user_ids'>,
): Promise<AccountPage> {
  const query = { ...filter, user_ids: [userId] };
  const page = readPage(await upstream.send((client, options) => client.connectedAccounts.list(query, options)));
  const items = page.items.flatMap((wire) => (belongsToOther(wire, userId) ? [] : (readAccount(wire) ?? [])));
  const { next_cursor: nextCursor, total_pages: totalPages, total_items: totalItems } = page.envelope;
  return {
    items,
    nextCursor: asText(nextCursor),
    totalPages: typeof totalPages === 'number' ? totalPages : 1,
    ...(typeof totalItems === 'number' && { totalItems }),
  };
}

/** `''` clears the alias. */
export async function setAlias(upstream: Upstream, id: string, alias: string): Promise<void> {
  await upstream.send((client, options) => client.connectedAccounts.patch(id, { alias }, options));
}

export async function setEnabled(upstream: Upstream, id: string, enabled: boolean): Promise<void> {
  await upstream.send((client, options) => client.connectedAccounts.updateStatus(id, { enabled }, options));
}

/** Deletes an account and revokes its tokens at the provider where that can be done. One that is gone already is fine. */
export async function removeAccount(upstream: Upstream, id: string): Promise<void> {
  try {
    await deleteAccount(upstream, id, { revoke_on_delete: true }).catch((error) => {
      // A toolkit that cannot revoke must not keep the account alive.
      if (!hasCode(error, 'invalid_request')) throw error;
      return deleteAccount(upstream, id, {});
    });
  } catch (error) {
    if (!hasCode(error, 'not_found')) throw error;
  }
}

async function deleteAccount(upstream: Upstream, id: string, params: { revoke_on_delete?: boolean }): Promise<void> {
  await upstream.send((client, options) => client.connectedAccounts.delete(id, params, options));
}

function hasCode(error: unknown, code: RequestError['code']): boolean {
  return error instanceof RequestError && error.code === code;
}

function readPage(answer: unknown): { envelope: JsonObject; items: JsonObject[] } {
  if (!isObject(answer) || !Array.isArray(answer['items'])) throw upstreamError();
  return { envelope: answer, items: asObjects(answer['items']) };
}
