import type { ListQuery } from '../../src/core/model/connection-client.js';
import type { ConnectedAccount, ConnectedAccountPage } from '../../src/core/model/connection-types.js';
import { connectedAccount, httpFailure, type MemoryClient } from './memory-client.js';

/** Returns this many ACTIVE accounts, a minute apart, of which `ca_0` is the newest. */
export function accountsOfAges(count: number, different: Partial<ConnectedAccount> = {}): ConnectedAccount[] {
  return Array.from({ length: count }, (_, index) => {
    const createdAt = new Date(Date.parse('2026-03-01T11:00:00.000Z') - index * 60_000).toISOString();
    return connectedAccount({ id: `ca_${index}`, createdAt, updatedAt: createdAt, ...different });
  });
}

/** Makes a client filter, order and page as upstream does. A cursor names the page and its size. */
export function servePages(client: MemoryClient): void {
  client.always('list', () => pageOf(client.accounts, (client.given('list')[0] ?? {}) as ListQuery));
}

function pageOf(all: readonly ConnectedAccount[], query: ListQuery): ConnectedAccountPage {
  const [page = 1, limit = 20] = query.cursor ? decodeCursor(query.cursor) : [1, query.limit];
  const found = all.filter((account) => fits(account, query)).sort(newestFirst(query.orderBy ?? 'created_at'));
  const totalPages = Math.ceil(found.length / limit);
  const nextCursor = page < totalPages ? btoa(`${page + 1}:${limit}`) : null;
  return { items: found.slice((page - 1) * limit, page * limit), nextCursor, totalPages, totalItems: found.length };
}

function decodeCursor(cursor: string): number[] {
  const position = /^(\d+):(\d+)$/.exec(atob(cursor));
  if (!position) throw httpFailure(400, 'invalid_request');
  return position.slice(1).map(Number);
}

function fits({ authConfig, toolkit, status }: ConnectedAccount, query: ListQuery): boolean {
  return (
    (query.authConfigIds?.includes(authConfig.id) ?? true) &&
    (query.toolkitSlugs?.includes(toolkit.slug) ?? true) &&
    (query.statuses?.includes(status) ?? true)
  );
}

function newestFirst(orderBy: 'created_at' | 'updated_at') {
  const key = orderBy === 'created_at' ? 'createdAt' : 'updatedAt';
  return (one: ConnectedAccount, other: ConnectedAccount) => Date.parse(other[key]) - Date.parse(one[key]);
}
