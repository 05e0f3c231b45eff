import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AccountsChange, AccountsListener, AccountsStore } from '../core/accounts/accounts-store.js';
import { FIRST_PAGE, type ListPosition, type PagesRead, readAgain, readPages } from '../core/accounts/list-pages.js';
import { type AccountsQuery, addPage, followAccount, queryError, removeAccounts } from '../core/accounts/list-query.js';
import { ConnectError, type ConnectErrorInfo, toConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectionClient } from '../core/model/connection-client.js';
import type { ConnectedAccount } from '../core/model/connection-types.js';
import { afterMove } from './moves.js';

/** The element, as far as the controller needs it. */
export interface AccountsListHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
}

/** The callbacks by which the controller reports to its element. */
export interface AccountsListOptions {
  /** Returns an error of the configuration in the terms of the page author. */
  describeError(error: ConnectErrorInfo): ConnectErrorInfo;
  /** Called when a page has been read. */
  onLoaded(): void;
  /** Called when a page could not be read. */
  onFailed(error: ConnectErrorInfo): void;
}

/** The list that an element should show, according to its properties. */
export interface ListSource {
  readonly store: AccountsStore;
  readonly client: ConnectionClient;
  readonly query: AccountsQuery;
}

/** The state of a list. */
export interface AccountsListState {
  /** The accounts read so far, as the server returned them last, in its order. Frozen. */
  readonly accounts: readonly ConnectedAccount[];
  /** Whether the first page has been read. */
  readonly loaded: boolean;
  /** Whether the server has more pages. */
  readonly hasMore: boolean;
  /** Whether a page is being read, or about to be. */
  readonly loading: boolean;
  /** The error of the last read, or null. */
  readonly error: ConnectErrorInfo | null;
}

/** One run of the task: where it starts, and how many rows have been removed since the last page was read. */
interface ListRead {
  readonly source: ListSource;
  readonly from: ListPosition;
  readonly removedRows: number;
}

interface ListResult extends PagesRead {
  readonly read: ListRead;
}

const NO_ACCOUNTS: readonly ConnectedAccount[] = Object.freeze([]);

/**
 * Reads the accounts of one user page by page, and follows their changes in the {@link AccountsStore}. The list is never
 * ahead of the server. It survives a move of the element within the page.
 */
export class AccountsListController implements ReactiveController, AccountsListState {
  readonly #host: AccountsListHost;
  readonly #options: AccountsListOptions;
  /** A Task ignores all runs but the newest, so a late response to an earlier query never gets into the list. */
  readonly #pages: Task<readonly [ListRead], ListResult>;
  readonly #revalidation: Task<readonly [ListSource], void>;
  /** Null while the element is not in the page. */
  #source: ListSource | null = null;
  /** The query of `#source` as text, since a page may change its arrays in place. */
  #query = '';
  #unsubscribe = () => {};
  // The rows are kept apart from the task, which forgets its value when a later run fails.
  #accounts = NO_ACCOUNTS;
  #loaded = false;
  #position = FIRST_PAGE;
  #lastRead: ListRead | null = null;
  #taskComplete: Promise<ListResult> | null = null;
  #settled: Promise<void> = Promise.resolve();
  /** The accounts that changed since the last read began. Their state is newer than that of the page. */
  readonly #changedIds = new Set<string>();
  /** Counts the rows that were removed since the last page was read: those behind them have moved up. */
  #removedRows = 0;

  constructor(host: AccountsListHost, options: AccountsListOptions) {
    this.#host = host;
    this.#options = options;
    this.#pages = new Task(host, { autoRun: false, task: ([read], { signal }) => this.#readPages(read, signal) });
    this.#revalidation = new Task(host, {
      autoRun: false,
      task: async ([source], { signal }) => {
        const gone = await readAgain({ ...source, signal }, this.#accounts);
        signal.throwIfAborted();
        this.#show(removeAccounts(this.#accounts, gone));
      },
    });
    host.addController(this);
  }

  get accounts(): readonly ConnectedAccount[] {
    return this.#accounts;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get hasMore(): boolean {
    return this.#loaded && this.#position.next !== undefined;
  }

  get loading(): boolean {
    return this.#pages.status === TaskStatus.PENDING || (this.#host.isConnected && !this.#source);
  }

  get error(): ConnectErrorInfo | null {
    const { status, error } = this.#pages;
    // An aborted read is no error: the element has left the page.
    return status === TaskStatus.ERROR && error instanceof ConnectError ? error.info : null;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    afterMove(this.#host, () => this.#stop());
  }

  /** Call this when properties may have changed. Another user, backend or filter starts a new list. */
  sync(source: ListSource): void {
    const query = JSON.stringify(source.query);
    if (!this.#host.isConnected || (this.#source?.store === source.store && this.#query === query)) return;
    this.#stop();
    this.#source = source;
    this.#query = query;
    this.#accounts = NO_ACCOUNTS;
    this.#loaded = false;
    this.#position = FIRST_PAGE;
    this.#unsubscribe = source.store.subscribe(this.#onChange, source.client);
    void this.#read(FIRST_PAGE);
  }

  /** Reads the first page again. The rows stay until the response arrives. Never rejects. */
  reload(): Promise<void> {
    this.#revalidation.abort();
    return this.#read(FIRST_PAGE);
  }

  /** Reads the next page, or returns the promise of the read in progress. Never rejects. */
  loadMore(): Promise<void> {
    return this.loading || !this.hasMore ? this.#settled : this.#read(this.#position);
  }

  /** Repeats a failed read. If the server refused the cursor, the list is read from the top. Never rejects. */
  retry(): Promise<void> {
    if (!this.error || !this.#lastRead) return this.#settled;
    return this.error.code === 'invalid_request' ? this.reload() : this.#read(this.#lastRead.from);
  }

  #stop(): void {
    this.#pages.abort();
    this.#revalidation.abort();
    this.#unsubscribe();
    this.#source = null;
  }

  #read(from: ListPosition): Promise<void> {
    if (!this.#source) return Promise.resolve();
    const read = { source: this.#source, from, removedRows: this.#removedRows };
    this.#lastRead = read;
    this.#changedIds.clear();
    void this.#pages.run([read]);
    // A run that replaces a pending one keeps its promise, which is then settled by the newer run alone.
    const { taskComplete } = this.#pages;
    if (taskComplete !== this.#taskComplete) {
      this.#taskComplete = taskComplete;
      this.#settled = taskComplete.then(
        (result) => this.#onLoaded(result),
        () => this.#onFailed(),
      );
    }
    return this.#settled;
  }

  async #readPages(read: ListRead, signal: AbortSignal): Promise<ListResult> {
    // Properties that are set one after the other start one read, not one each.
    await Promise.resolve();
    signal.throwIfAborted();
    const { source, from, removedRows } = read;
    const { store, query } = source;
    const error = queryError(store.userId, query);
    if (error) throw new ConnectError(this.#options.describeError(error));
    const fromTop = from === FIRST_PAGE;
    const shown = new Set(fromTop ? [] : this.#accounts.map(({ id }) => id));
    const isNew = ({ id }: ConnectedAccount) => !shown.has(id);
    try {
      const movedUp = !fromTop && removedRows > 0;
      const pages = await readPages({ store, query, signal, from, movedUp, isNew, listener: this.#onChange });
      return { read, ...pages };
    } catch (error) {
      signal.throwIfAborted();
      const info = toConnectErrorInfo(error);
      throw new ConnectError(info.code === 'invalid_configuration' ? this.#options.describeError(info) : info);
    }
  }

  #onLoaded({ read, accounts: page, position }: ListResult): void {
    const { source, from, removedRows } = read;
    if (read !== this.#lastRead || source !== this.#source) return;
    const { store, query } = source;
    this.#position = position;
    this.#loaded = true;
    this.#removedRows -= removedRows;
    const newest = page.flatMap(({ id }) => store.get(id) ?? []);
    let accounts = addPage(from === FIRST_PAGE ? [] : this.#accounts, newest);
    for (const id of this.#changedIds) {
      const account = store.get(id);
      if (account) accounts = followAccount(accounts, account, query, this.hasMore);
    }
    this.#accounts = Object.freeze(accounts);
    this.#host.requestUpdate();
    this.#options.onLoaded();
  }

  #onFailed(): void {
    const { error } = this;
    if (!error || !this.#source) return;
    this.#host.requestUpdate();
    this.#options.onFailed(error);
  }

  readonly #onChange: AccountsListener = (change: AccountsChange): void => {
    if (change.type === 'revalidate') return void this.#revalidate();
    const { account } = change;
    this.#changedIds.add(account.id);
    if (!this.#loaded || !this.#source) return;
    if (change.type === 'removed') this.#show(removeAccounts(this.#accounts, new Set([account.id])));
    else this.#show(followAccount(this.#accounts, account, this.#source.query, this.hasMore));
  };

  /** Reads the rows again. A failure changes nothing; the next revalidation may succeed. */
  #revalidate(): void {
    if (this.#source && this.#loaded && !this.loading) void this.#revalidation.run([this.#source]);
  }

  #show(accounts: readonly ConnectedAccount[]): void {
    if (accounts === this.#accounts) return;
    this.#removedRows += Math.max(0, this.#accounts.length - accounts.length);
    this.#accounts = Object.freeze(accounts);
    this.#host.requestUpdate();
  }
}
