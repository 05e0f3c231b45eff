import type { ConnectedAccount } from '../model/connection-types.js';
import { type AccountsQuery, fitsQuery, orderTime } from './list-query.js';

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
