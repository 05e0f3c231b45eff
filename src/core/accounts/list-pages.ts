import type { ConnectedAccount, ConnectedAccountPage } from '../model/connection-types.js';
import type { AccountsStore } from './accounts-store.js';
import { type AccountsQuery, listQueryOf, orderTime } from './list-query.js';

/** Which pages are read. */
export interface PageSource {
  readonly store: AccountsStore;
  readonly query: AccountsQuery;
  readonly signal: AbortSignal;
}

/** Where reading goes on. Cursors are the server's, null for the first page. */
export interface ListPosition {
  /** The page read last. */
  readonly last: string | null;
  /** The page after it, or undefined at the end. */
  readonly next: string | null | undefined;
}

export const FIRST_PAGE: ListPosition = { last: null, next: null };

/** Upstream's largest page. */
const LARGEST_PAGE = 100;

/**
 * Reads until a page brings something new, or the end: one that holds nothing but known accounts is of no use to anybody.
 * @param movedUp rows have left since, and the rest has moved up: the page read last is read again, or some would be skipped
 */
export async function readPages(
  source: PageSource,
  position: ListPosition,
  isNew: (account: ConnectedAccount) => boolean,
  movedUp: boolean,
): Promise<{ readonly accounts: readonly ConnectedAccount[]; readonly position: ListPosition }> {
  let accounts: readonly ConnectedAccount[] = [];
  let { last, next } = movedUp ? { last: null, next: position.last } : position;
  let again = movedUp;
  while (next !== undefined) {
    const page = await readPage(source, source.query.limit, next);
    accounts = [...accounts, ...page.items];
    last = next;
    next = after(page, last);
    if (!again && accounts.some(isNew)) break;
    again = false;
  }
  return { accounts, position: { last, next } };
}

/**
 * Reads again what is shown, in pages as large as can be, and tells the store.
 * Answers the ids of those that the server does not list any more.
 */
export async function readAgain(source: PageSource, shown: readonly ConnectedAccount[]): Promise<ReadonlySet<string>> {
  const { store, query } = source;
  const limit = Math.min(LARGEST_PAGE, Math.max(query.limit, shown.length));
  const { accounts, isEnd } = await store.merge(async () => {
    let accounts: readonly ConnectedAccount[] = [];
    let next: string | null | undefined = null;
    while (next !== undefined && (next === null || accounts.length < shown.length)) {
      const page: ConnectedAccountPage = await readPage(source, limit, next);
      accounts = [...accounts, ...page.items];
      next = after(page, next);
    }
    return { accounts, isEnd: next === undefined };
  });
  const found = new Set(accounts.map(({ id }) => id));
  const end = isEnd ? Number.NEGATIVE_INFINITY : Math.min(...accounts.map((account) => orderTime(account, query)));
  const isGone = (account: ConnectedAccount) =>
    // What lies behind the last page was not looked at; what the server confirmed meanwhile is newer.
    !found.has(account.id) && orderTime(account, query) > end && store.get(account.id) === account;
  return new Set(shown.filter(isGone).map(({ id }) => id));
}

async function readPage({ store, query, signal }: PageSource, limit: number, cursor: string | null) {
  const page = await store.client.list(
    { ...listQueryOf(query), limit, ...(cursor !== null && { cursor }) },
    { userId: store.userId, signal },
  );
  signal.throwIfAborted();
  return page;
}

/** A page that names itself as the next one would never end. */
function after({ nextCursor }: ConnectedAccountPage, cursor: string | null): string | undefined {
  return nextCursor === null || nextCursor === cursor ? undefined : nextCursor;
}
