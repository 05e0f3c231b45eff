import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { ListQuery } from '../model/connection-client.js';
import { CONNECTION_STATUSES, type ConnectedAccount, type ConnectionStatus } from '../model/connection-types.js';

/** Which accounts a list shows, as the page author wrote it: not checked yet. */
export interface AccountsQuery {
  /** Empty: all. */
  readonly authConfigIds: readonly string[];
  /** Empty: all. */
  readonly toolkitSlugs: readonly string[];
  /** Empty: all. */
  readonly statuses: readonly string[];
  /** Size of a page, 1 to 100. */
  readonly limit: number;
  /** `created_at` or `updated_at`, newest first. */
  readonly orderBy: string;
}

const ORDERS = ['created_at', 'updated_at'];
const LARGEST_PAGE = 100;

/** What the page author has to mend before anything can be read, or null. */
export function queryError(userId: string, { statuses, limit, orderBy }: AccountsQuery): ConnectErrorInfo | null {
  if (!userId) {
    return invalid(
      "<connected-accounts-list> needs the attribute user-id: the id of the signed-in user, e.g. user-id='user_123'.",
    );
  }
  const unknown = statuses.find((status) => !isStatus(status));
  if (unknown !== undefined)
    return invalid(`statuses has no "${unknown}": write some of ${CONNECTION_STATUSES.join(', ')}.`);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE))
    return invalid(`limit must be a whole number from 1 to ${LARGEST_PAGE}.`);
  if (!ORDERS.includes(orderBy)) return invalid(`order-by has no "${orderBy}": write ${ORDERS.join(' or ')}.`);
  return null;
}

/** A checked query as the client takes it. */
export function listQueryOf(query: AccountsQuery): ListQuery {
  const { authConfigIds, toolkitSlugs, statuses, limit } = query;
  return {
    ...(authConfigIds.length > 0 && { authConfigIds }),
    ...(toolkitSlugs.length > 0 && { toolkitSlugs }),
    ...(statuses.length > 0 && { statuses: statuses.filter(isStatus) }),
    limit,
    orderBy: query.orderBy === 'updated_at' ? 'updated_at' : 'created_at',
  };
}

/** Whether an account that the server told of elsewhere belongs into the list. */
export function fitsQuery(account: ConnectedAccount, query: AccountsQuery): boolean {
  return (
    allows(query.authConfigIds, account.authConfig.id) &&
    allows(query.toolkitSlugs, account.toolkit.slug) &&
    allows(query.statuses, account.status)
  );
}

/** The time that the list is ordered by, ms since the epoch. */
export function orderTime({ createdAt, updatedAt }: ConnectedAccount, { orderBy }: AccountsQuery): number {
  return Date.parse(orderBy === 'updated_at' ? updatedAt : createdAt);
}

function allows(filter: readonly string[], value: string): boolean {
  return filter.length === 0 || filter.includes(value);
}

function isStatus(text: string): text is ConnectionStatus {
  return CONNECTION_STATUSES.some((status) => status === text);
}

function invalid(message: string): ConnectErrorInfo {
  return connectErrorInfo('invalid_configuration', message);
}

type Rows = readonly ConnectedAccount[];

/** The rows with another page: what is there already keeps its place. */
export function addPage(rows: Rows, page: Rows): Rows {
  const byId = new Map(rows.map((account) => [account.id, account]));
  for (const account of page) byId.set(account.id, account);
  return [...byId.values()];
}

/** The rows after the server told of an account elsewhere; the very same array when nothing changes. */
export function followAccount(rows: Rows, account: ConnectedAccount, query: AccountsQuery, hasMore: boolean): Rows {
  const index = rows.findIndex(({ id }) => id === account.id);
  if (!fitsQuery(account, query)) return index < 0 ? rows : rows.toSpliced(index, 1);
  if (index >= 0) return rows[index] === account ? rows : rows.with(index, account);
  const time = orderTime(account, query);
  const place = rows.findIndex((row) => orderTime(row, query) < time);
  if (place >= 0) return rows.toSpliced(place, 0, account);
  // Older than all that are shown: where there are more pages, it comes with its own.
  return hasMore ? rows : [...rows, account];
}

/** The rows without some; the very same array when none of them was there. */
export function removeAccounts(rows: Rows, ids: ReadonlySet<string>): Rows {
  return rows.some(({ id }) => ids.has(id)) ? rows.filter(({ id }) => !ids.has(id)) : rows;
}
