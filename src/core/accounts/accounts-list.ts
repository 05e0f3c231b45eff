import { ConnectError, toConnectErrorInfo } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import {
  type AccountsListEvent,
  type AccountsListState,
  INITIAL_LIST_STATE,
  nextListState,
} from './accounts-list-state.js';
import type { AccountsChange, AccountsStore } from './accounts-store.js';
import { FIRST_PAGE, type ListPosition, type PageSource, readAgain, readPages } from './list-pages.js';
import { type AccountsQuery, addPage, followAccount, queryError, removeAccounts } from './list-query.js';

/** Hears of every change of a list, with the event that made it. */
export type AccountsListListener = (state: AccountsListState, event: AccountsListEvent) => void;

/**
 * The accounts of one user, page by page, as a `<connected-accounts-list>` shows them. Follows what the
 * {@link AccountsStore} hears elsewhere. Never ahead of the server.
 */
export class AccountsList {
  readonly #listeners = new Set<AccountsListListener>();
  #state: AccountsListState = INITIAL_LIST_STATE;
  #source: Omit<PageSource, 'signal'> | null = null;
  #unsubscribe = () => {};
  /** Ends with the question that it was asked for: no late answer to another one slips in. */
  #life = new AbortController();
  #underWay: Promise<void> = Promise.resolve();
  #position = FIRST_PAGE;
  /** Where the newest reading began. */
  #from = FIRST_PAGE;
  /** Which accounts the server told of since then: what it said is newer than the page that comes. */
  readonly #heard = new Set<string>();
  /** How many rows have left since the page read last, so that the next one begins elsewhere. */
  #left = 0;

  get state(): AccountsListState {
    return this.#state;
  }

  /** The answer unsubscribes. */
  subscribe(listener: AccountsListListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Begins anew with the first page of a query. Never rejects: what cannot be asked or read ends in `state.error`.
   * @param client what the store may ask the backend with, while this list follows it
   */
  start(store: AccountsStore, query: AccountsQuery, client?: ConnectionClient): Promise<void> {
    this.stop();
    this.#source = { store, query };
    this.#unsubscribe = store.subscribe(this.#onChange, client);
    this.#dispatch({ type: 'started' });
    return this.reload();
  }

  /** Ends everything: no listener or request is left. */
  stop(): void {
    this.#life.abort();
    this.#unsubscribe();
    this.#source = null;
  }

  /** Reads the first page again; what is shown stays until the answer is there. Never rejects. */
  reload(): Promise<void> {
    this.#life.abort();
    this.#life = new AbortController();
    return this.#begin(FIRST_PAGE);
  }

  /** Reads the next page, or answers the reading under way. Never rejects. */
  loadMore(): Promise<void> {
    const { loading, hasMore } = this.#state;
    return loading || !hasMore ? this.#underWay : this.#begin(this.#position);
  }

  /** Reads again what could not be read. A cursor that the server refuses will not do better, so that begins at the top. */
  retry(): Promise<void> {
    const { error } = this.#state;
    if (!error) return this.#underWay;
    return error.code === 'invalid_request' ? this.reload() : this.#begin(this.#from);
  }

  #begin(position: ListPosition): Promise<void> {
    if (!this.#source) return Promise.resolve();
    this.#from = position;
    this.#heard.clear();
    this.#dispatch({ type: 'load-started' });
    this.#underWay = this.#read({ ...this.#source, signal: this.#life.signal }, position);
    return this.#underWay;
  }

  async #read(source: PageSource, from: ListPosition): Promise<void> {
    // Whoever sets a property hears of the outcome afterwards, even of one that needs no request.
    await Promise.resolve();
    if (source.signal.aborted) return;
    try {
      const error = queryError(source.store.userId, source.query);
      if (error) throw new ConnectError(error);
      await this.#readOn(source, from);
    } catch (thrown) {
      if (!source.signal.aborted) this.#dispatch({ type: 'load-failed', error: toConnectErrorInfo(thrown) });
    }
  }

  async #readOn(source: PageSource, from: ListPosition): Promise<void> {
    const { store, query } = source;
    const fromTop = from === FIRST_PAGE;
    const left = this.#left;
    const shown = new Set(fromTop ? [] : this.#state.accounts.map(({ id }) => id));
    const read = () => readPages(source, from, ({ id }) => !shown.has(id), !fromTop && left > 0);
    const { accounts: page, position } = await store.merge(read, this.#onChange);
    source.signal.throwIfAborted();
    const hasMore = position.next !== undefined;
    const newest = page.flatMap(({ id }) => store.get(id) ?? []);
    let accounts = addPage(fromTop ? [] : this.#state.accounts, newest);
    for (const id of this.#heard) {
      const account = store.get(id);
      if (account) accounts = followAccount(accounts, account, query, hasMore);
    }
    this.#position = position;
    this.#left -= left;
    this.#dispatch({ type: 'loaded', accounts, hasMore });
  }

  readonly #onChange = (change: AccountsChange): void => {
    const { accounts, hasMore, loaded, loading } = this.#state;
    if (change.type === 'revalidate') return void this.#revalidate();
    const { account } = change;
    if (loading) this.#heard.add(account.id);
    if (!loaded || !this.#source) return;
    if (change.type === 'removed') this.#follow(removeAccounts(accounts, new Set([account.id])));
    else this.#follow(followAccount(accounts, account, this.#source.query, hasMore));
  };

  /** The page has the focus again: whatever happened upstream meanwhile, the rows are to say it. */
  async #revalidate(): Promise<void> {
    const { accounts, loaded, loading } = this.#state;
    if (!loaded || loading || !this.#source) return;
    const { signal } = this.#life;
    // A look that fails has changed nothing; the next one may succeed.
    const gone = await readAgain({ ...this.#source, signal }, accounts).catch(() => null);
    if (gone && !signal.aborted) this.#follow(removeAccounts(this.#state.accounts, gone));
  }

  #follow(accounts: AccountsListState['accounts']): void {
    const before = this.#state.accounts;
    if (accounts === before) return;
    this.#left += Math.max(0, before.length - accounts.length);
    this.#dispatch({ type: 'followed', accounts });
  }

  #dispatch(event: AccountsListEvent): void {
    this.#state = nextListState(this.#state, event);
    for (const listener of this.#listeners) listener(this.#state, event);
  }
}
