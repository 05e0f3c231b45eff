import { ConnectError, connectErrorInfo, isNotOffered } from '../model/connect-error.js';
import { offered } from '../model/connection-client.js';
import { type ConnectedAccount, type ConnectedAccountPage, MAX_PAGE_SIZE } from '../model/connection-types.js';
import type { AccountsListener, AccountsStore } from './accounts-store.js';
import { type AccountsQuery, orderTime, toListQuery } from './list-query.js';

/** The accounts to read, and where from. */
export interface PageSource {
  readonly store: AccountsStore;
  readonly query: AccountsQuery;
  readonly signal: AbortSignal;
}

/** The place in a list where the next read starts. Cursors come from the server; null stands for the first page. */
export interface ListPosition {
  /** The cursor of the page that was read last. */
  readonly last: string | null;
  /** The cursor of the page after it, or undefined at the end. */
  readonly next: string | null | undefined;
}

/** The accounts of one read, and where the next one starts. */
export interface PagesRead {
  readonly accounts: readonly ConnectedAccount[];
  readonly position: ListPosition;
}

export const FIRST_PAGE: ListPosition = { last: null, next: null };

/** The place from which a list is read on, and what it shows already. */
export interface PagesRequest extends PageSource {
  readonly from: ListPosition;
  /**
   * Whether rows were removed since the last page was read. The rows behind them have moved up, so that page is read again;
   * otherwise some accounts would be skipped.
   */
  readonly movedUp: boolean;
  /** Returns whether an account is not shown yet. */
  isNew(account: ConnectedAccount): boolean;
  /** The listener that reads: it gets the accounts as the result, and so is not notified of them. */
  readonly listener: AccountsListener;
}

/** Reads pages until one has an account that is not shown yet, or until the end. The store is updated. */
export function readPages(request: PagesRequest): Promise<PagesRead> {
  const { store, query, from, movedUp, isNew, listener } = request;
  return store.merge(async () => {
    const accounts: ConnectedAccount[] = [];
    let { last, next } = movedUp ? { last: null, next: from.last } : from;
    let again = movedUp;
    while (next !== undefined) {
      const page = await readPage(request, query.limit, next);
      accounts.push(...page.items);
      last = next;
      next = cursorAfter(page, last);
      if (!again && accounts.some(isNew)) break;
      again = false;
    }
    return { accounts, position: { last, next } };
  }, listener);
}

/**
 * Reads the shown accounts again, in pages as large as possible, and updates the store. Returns the ids of the accounts that
 * the server no longer lists.
 */
export async function readAgain(source: PageSource, shown: readonly ConnectedAccount[]): Promise<ReadonlySet<string>> {
  const { store, query } = source;
  const limit = Math.min(MAX_PAGE_SIZE, Math.max(query.limit, shown.length));
  const { accounts, isEnd } = await store.merge(async () => {
    const accounts: ConnectedAccount[] = [];
    let next: string | null | undefined = null;
    while (next !== undefined && (next === null || accounts.length < shown.length)) {
      const page: ConnectedAccountPage = await readPage(source, limit, next);
      accounts.push(...page.items);
      next = cursorAfter(page, next);
    }
    return { accounts, isEnd: next === undefined };
  });
  const found = new Set(accounts.map(({ id }) => id));
  const end = isEnd ? Number.NEGATIVE_INFINITY : Math.min(...accounts.map((account) => orderTime(account, query)));
  const isGone = (account: ConnectedAccount) =>
    // Accounts behind the last page were not read, and an account that changed in the meantime is newer than the read.
    !found.has(account.id) && orderTime(account, query) > end && store.get(account.id) === account;
  return new Set(shown.filter(isGone).map(({ id }) => id));
}

async function readPage({ store, query, signal }: PageSource, limit: number, cursor: string | null) {
  const page = await offered(store.client, 'list')
    .list({ ...toListQuery(query), limit, ...(cursor !== null && { cursor }) }, { userId: store.userId, signal })
    .catch(refuseUnmounted);
  signal.throwIfAborted();
  return page;
}

/** Returns the cursor of the next page. A page that names itself as the next one is the last, or the list would never end. */
function cursorAfter({ nextCursor }: ConnectedAccountPage, cursor: string | null): string | undefined {
  return nextCursor === null || nextCursor === cursor ? undefined : nextCursor;
}

function refuseUnmounted(error: unknown): never {
  if (!isNotOffered(error)) throw error;
  const message =
    'The backend lists no accounts. Mount the handler of connect-account/server.js there, or correct `endpoint`.';
  throw new ConnectError(connectErrorInfo('invalid_configuration', message), { cause: error });
}
