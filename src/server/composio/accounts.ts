import type { ConnectedAccount, ConnectedAccountPage } from '../../core/model/connection-types.js';
import { accountNotFound, RequestError } from '../http/errors.js';
import { belongsToOther, readAccount } from './account-dto.js';
import type { ListAccountsQuery } from './composio-like.js';
import type { Upstream } from './upstream-calls.js';
import { upstreamError } from './upstream-error.js';
import { asObjects, asText, isObject, type JsonObject } from './wire-value.js';

/**
 * Reads the status of an account and checks its owner in one call, by filtering this user's accounts by id. Reading the
 * account by id alone would not return its owner (https://github.com/ComposioHQ/composio/issues/4509).
 *
 * @throws RequestError `not_found` for any id that is not this user's, `upstream_error` for an unreadable response
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

/** Finds accounts of any user by id, as they are on the wire. Missing ones are left out. */
export async function findAccounts(
  upstream: Upstream,
  ids: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  let query: ListAccountsQuery = { connected_account_ids: [...ids], limit: ids.length };
  // There is more than one page only if upstream returns fewer items than requested.
  for (let pages = 0; pages < ids.length; pages += 1) {
    const page = readPage(await upstream.send((client, options) => client.connectedAccounts.list(query, options)));
    for (const item of page.items) found.set(String(item['id']), item);
    const cursor = asText(page.envelope['next_cursor']);
    if (cursor === null) break;
    query = { ...query, cursor };
  }
  return found;
}

/** Reads one page of this user's accounts. Unreadable ones are left out. */
export async function listAccounts(
  upstream: Upstream,
  userId: string,
  filter: Omit<ListAccountsQuery, 'user_ids'>,
): Promise<ConnectedAccountPage> {
  const query = { ...filter, user_ids: [userId] };
  const page = readPage(await upstream.send((client, options) => client.connectedAccounts.list(query, options)));
  // Upstream may send more than the page that was asked for.
  const own = page.items.slice(0, filter.limit);
  const items = own.flatMap((wire) => (belongsToOther(wire, userId) ? [] : (readAccount(wire) ?? [])));
  const { next_cursor: nextCursor, total_pages: totalPages, total_items: totalItems } = page.envelope;
  return {
    items,
    nextCursor: asText(nextCursor),
    totalPages: typeof totalPages === 'number' ? totalPages : 1,
    ...(typeof totalItems === 'number' && { totalItems }),
  };
}

/** Sets the alias; `''` clears it. */
export async function setAlias(upstream: Upstream, id: string, alias: string): Promise<void> {
  await upstream.send((client, options) => client.connectedAccounts.patch(id, { alias }, options));
}

export async function setEnabled(upstream: Upstream, id: string, enabled: boolean): Promise<void> {
  await upstream.send((client, options) => client.connectedAccounts.updateStatus(id, { enabled }, options));
}

/**
 * Deletes an account, and revokes its tokens at the provider if possible unless `revoke` is false. A missing account is not
 * an error.
 */
export async function removeAccount(upstream: Upstream, id: string, { revoke = true } = {}): Promise<void> {
  try {
    if (!revoke) return await deleteAccount(upstream, id, {});
    await deleteAccount(upstream, id, { revoke_on_delete: true }).catch((error) => {
      // If the toolkit cannot revoke, the account must still be deleted.
      if (!hasCode(error, 'invalid_request')) throw error;
      return deleteAccount(upstream, id, {});
    });
  } catch (error) {
    if (!hasCode(error, 'not_found')) throw error;
  }
}

async function deleteAccount(upstream: Upstream, id: string, params: { revoke_on_delete?: boolean }): Promise<void> {
  const answer = await upstream.send((client, options) => client.connectedAccounts.delete(id, params, options));
  if (isObject(answer) && answer['success'] === false) throw upstreamError();
}

function hasCode(error: unknown, code: RequestError['code']): boolean {
  return error instanceof RequestError && error.code === code;
}

function readPage(answer: unknown): { envelope: JsonObject; items: JsonObject[] } {
  if (!isObject(answer) || !Array.isArray(answer['items'])) throw upstreamError();
  return { envelope: answer, items: asObjects(answer['items']) };
}
