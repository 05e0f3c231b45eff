import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { ListQuery } from '../model/connection-client.js';
import {
  CONNECTION_STATUSES,
  type ConnectedAccount,
  type ConnectionStatus,
  MAX_PAGE_SIZE,
} from '../model/connection-types.js';

/** Selects the accounts of a list. Not validated yet: a page author wrote it. */
export interface AccountsQuery {
  /** All auth configs if empty. */
  readonly authConfigIds: readonly string[];
  /** All toolkits if empty. */
  readonly toolkitSlugs: readonly string[];
  /** All statuses if empty. */
  readonly statuses: readonly string[];
  /** The page size, 1 to {@link MAX_PAGE_SIZE}. */
  readonly limit: number;
  /** `created_at` or `updated_at`, newest first. */
  readonly orderBy: string;
}

const ORDERS = ['created_at', 'updated_at'];

/**
 * Returns the first mistake in a query, or null. The message names the setting in backticks, so that an element can add the
 * attribute that holds it.
 */
export function queryError(userId: string, { statuses, limit, orderBy }: AccountsQuery): ConnectErrorInfo | null {
  if (!userId) return invalid("`userId` is missing: the id of the signed-in user, e.g. 'user_123'.");
  const unknown = statuses.find((status) => !isStatus(status));
  if (unknown !== undefined)
    return invalid(`\`statuses\` contains "${unknown}". Valid values: ${CONNECTION_STATUSES.join(', ')}.`);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE_SIZE))
    return invalid(`\`limit\` must be a whole number from 1 to ${MAX_PAGE_SIZE}.`);
  if (!ORDERS.includes(orderBy)) return invalid("`orderBy` must be 'created_at' or 'updated_at'.");
  return null;
}

/** Returns a valid query in the client's form. */
export function toListQuery(query: AccountsQuery): ListQuery {
  const { authConfigIds, toolkitSlugs, statuses, limit } = query;
  return {
    ...(authConfigIds.length > 0 && { authConfigIds }),
    ...(toolkitSlugs.length > 0 && { toolkitSlugs }),
    ...(statuses.length > 0 && { statuses: statuses.filter(isStatus) }),
    limit,
    orderBy: query.orderBy === 'updated_at' ? 'updated_at' : 'created_at',
  };
}

/** Returns whether an account that changed elsewhere belongs in the list. */
function fitsQuery(account: ConnectedAccount, query: AccountsQuery): boolean {
  return (
    allows(query.authConfigIds, account.authConfig.id) &&
    allows(query.toolkitSlugs, account.toolkit.slug) &&
    allows(query.statuses, account.status)
  );
}

/** Returns the time that the list is ordered by, in ms since the epoch. */
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

/** Returns the rows with another page. An account that is listed already keeps its place. */
export function addPage(rows: Rows, page: Rows): Rows {
  const byId = new Map(rows.map((account) => [account.id, account]));
  for (const account of page) byId.set(account.id, account);
  return [...byId.values()];
}

/** Returns the rows after an account has changed elsewhere. Returns the same array if nothing changes. */
export function followAccount(rows: Rows, account: ConnectedAccount, query: AccountsQuery, hasMore: boolean): Rows {
  const index = rows.findIndex(({ id }) => id === account.id);
  if (!fitsQuery(account, query)) return index < 0 ? rows : rows.filter((_, at) => at !== index);
  if (index >= 0) return rows[index] === account ? rows : rows.map((row, at) => (at === index ? account : row));
  const time = orderTime(account, query);
  const place = rows.findIndex((row) => orderTime(row, query) < time);
  if (place >= 0) return [...rows.slice(0, place), account, ...rows.slice(place)];
  // The account is older than all rows. If there are more pages, it is on one of them.
  return hasMore ? rows : [...rows, account];
}

/** Returns the rows without some accounts. Returns the same array if none of them is listed. */
export function removeAccounts(rows: Rows, ids: ReadonlySet<string>): Rows {
  return rows.some(({ id }) => ids.has(id)) ? rows.filter(({ id }) => !ids.has(id)) : rows;
}
