import type { Clock } from '../model/clock.js';
import type { ConnectionClient } from '../model/connection-client.js';
import type { AuthConfig, ConnectedAccount } from '../model/connection-types.js';
import { LatePart } from '../model/late-part.js';
import type { AccountsChannel, PageSignals } from '../model/ports.js';
import type { AccountsFollowing, FollowedStore } from './accounts-following.js';
import { AuthConfigBatch, type Gather } from './auth-config-batch.js';
import { readAccounts, readAuthConfigs } from './read-accounts.js';
import type { ConnectionSource } from './read-older-accounts.js';

/** The following of other tabs and other visits. It is needed when there is something to follow. */
export const followingPart = new LatePart(() => import('./accounts-following.js'));

/** The environment of an {@link AccountsStore}. */
export interface AccountsStoreOptions {
  readonly client: ConnectionClient;
  /** The external user id. The backend verifies that the caller is this user. */
  readonly userId: string;
  readonly clock: Clock;
  readonly page: PageSignals;
  /** Connects the store with those of other tabs. Without it, a change in another tab is not noticed. */
  readonly channel?: AccountsChannel;
  /** Resolves when a batch of reads should be sent. By default, a batch is sent in the next microtask. */
  readonly gather?: Gather;
}

/**
 * A change that the server reported. `revalidate` means that the user has returned to the page after a while: listeners
 * should read again what they show.
 */
export type AccountsChange =
  | { readonly type: 'changed'; readonly account: ConnectedAccount; readonly previous: ConnectedAccount | undefined }
  | { readonly type: 'removed'; readonly account: ConnectedAccount }
  | { readonly type: 'revalidate' };

/** An auth config, and the user's accounts that use it. */
export interface KnownConnection {
  /** Null if the backend does not serve auth configs. */
  readonly authConfig: AuthConfig | null;
  readonly accounts: readonly ConnectedAccount[];
}

/** The shortest time between two revalidations, however often the page regains the focus. */
const MIN_REVALIDATE_INTERVAL_MS = 10_000;

/** Receives the changes of an {@link AccountsStore}. */
export type AccountsListener = (change: AccountsChange) => void;

/**
 * The accounts of one user at one backend, shared by all elements of a page. The store is never ahead of the server: it
 * holds the last state that the server returned. It watches the page and the other tabs while it has listeners.
 */
export class AccountsStore implements FollowedStore {
  readonly userId: string;
  readonly #options: AccountsStoreOptions;
  readonly #accounts = new Map<string, ConnectedAccount>();
  /** The listeners, each with the client that it lends to the store. */
  readonly #listeners = new Map<AccountsListener, ConnectionClient | undefined>();
  readonly #batch: AuthConfigBatch;
  /** The methods that the backend turned out not to offer. */
  readonly #unknown = new Set<keyof ConnectionClient>();
  /** Counts the changes that the server confirmed. A read that began at an earlier version may be out of date. @internal */
  version = 0;
  /** The version at which each account changed last. */
  readonly #changedAt = new Map<string, number>();
  #revalidatedAt = Number.NEGATIVE_INFINITY;
  #following: AccountsFollowing | null = null;
  /** Aborted when the last listener has left. */
  #watching = new AbortController();

  constructor(options: AccountsStoreOptions) {
    this.userId = options.userId;
    this.#options = options;
    this.#batch = new AuthConfigBatch(options.gather ?? (() => Promise.resolve()), (ids) => this.#readBatch(ids));
  }

  /** The client of a current listener. The session token of an element that has left the page may be out of date. */
  get client(): ConnectionClient {
    for (const client of this.#listeners.values()) if (client) return client;
    return this.#options.client;
  }

  /** Returns whether the client has this method, and the backend has not refused it as unknown. */
  offers(method: keyof ConnectionClient): boolean {
    return this.client[method] !== undefined && !this.#unknown.has(method);
  }

  /** Notes that the backend does not offer these methods. */
  misses(...methods: readonly (keyof ConnectionClient)[]): void {
    for (const method of methods) this.#unknown.add(method);
  }

  /** Returns an account as the server returned it last. */
  get(connectedAccountId: string): ConnectedAccount | undefined {
    return this.#accounts.get(connectedAccountId);
  }

  /**
   * Adds a listener and returns a function that removes it.
   * @param client the store may use this client while the listener stays
   */
  subscribe(listener: AccountsListener, client?: ConnectionClient): () => void {
    if (this.#listeners.size === 0) this.#watch();
    this.#listeners.set(listener, client);
    return () => {
      const left = this.#listeners.delete(listener);
      if (left && this.#listeners.size === 0)
        this.#watching.abort(new DOMException('The store has no listeners.', 'AbortError'));
    };
  }

  /** Reads an auth config and the user's accounts of it. Concurrent reads are batched. @throws {@link ConnectError} */
  async connection(authConfigId: string): Promise<KnownConnection> {
    const authConfig = await this.#batch.load(authConfigId);
    return { authConfig, accounts: this.accountsOf(authConfigId) };
  }

  /** Returns the accounts of an auth config that have been read so far. */
  accountsOf(authConfigId: string): readonly ConnectedAccount[] {
    return [...this.#accounts.values()].filter(({ authConfig }) => authConfig.id === authConfigId);
  }

  /** Stores an account that the server has just confirmed, and tells the other elements and tabs. */
  upsert(account: ConnectedAccount): void {
    this.#changedAt.set(account.id, ++this.version);
    this.#set(account);
    this.#options.channel?.post([account.id]);
  }

  /** Removes an account whose deletion the server has confirmed, and tells the other elements and tabs. */
  remove(connectedAccountId: string): void {
    this.#changedAt.set(connectedAccountId, ++this.version);
    this.#delete(connectedAccountId);
    this.#options.channel?.post([connectedAccountId]);
  }

  /**
   * Reads accounts from the server and stores them. An account that the server changed while the read was in progress keeps
   * its newer state. Returns what `read` returned.
   * @param except a listener that gets the accounts as the result, and so is not notified of them
   */
  async merge<Result extends { readonly accounts: readonly ConnectedAccount[] }>(
    read: () => Promise<Result>,
    except?: AccountsListener,
  ): Promise<Result> {
    const version = this.version;
    const { signal } = this.#watching;
    const result = await read();
    if (signal.aborted) return result;
    for (const account of result.accounts) if (!this.#hasChangedSince(account.id, version)) this.#set(account, except);
    return result;
  }

  #set(account: ConnectedAccount, except?: AccountsListener): void {
    const previous = this.#accounts.get(account.id);
    if (previous && isSame(previous, account)) return;
    this.#accounts.set(account.id, account);
    this.#notify({ type: 'changed', account, previous }, except);
  }

  /** The ids of the auth configs that have been read. @internal */
  get known(): readonly string[] {
    return this.#batch.known;
  }

  /** Removes an account that is gone, unless it has changed since a version. @internal */
  drop(connectedAccountId: string, version: number): void {
    if (!this.#hasChangedSince(connectedAccountId, version)) this.#delete(connectedAccountId);
  }

  #delete(connectedAccountId: string): void {
    const account = this.#accounts.get(connectedAccountId);
    this.#accounts.delete(connectedAccountId);
    if (account) this.#notify({ type: 'removed', account });
  }

  #notify(change: AccountsChange, except?: AccountsListener): void {
    for (const listener of [...this.#listeners.keys()]) if (listener !== except) listener(change);
  }

  #hasChangedSince(connectedAccountId: string, version: number): boolean {
    return (this.#changedAt.get(connectedAccountId) ?? 0) > version;
  }

  /** The client and the user of the reads, until the last listener leaves. @internal */
  get source(): ConnectionSource {
    return { client: this.client, userId: this.userId, signal: this.#watching.signal };
  }

  async #readBatch(authConfigIds: readonly string[]): Promise<readonly AuthConfig[] | null> {
    const source = this.source;
    const { authConfigs } = await this.merge(async () => {
      const [authConfigs, { accounts, complete }] = await Promise.all([
        readAuthConfigs(source, authConfigIds),
        readAccounts(source, authConfigIds),
      ]);
      source.signal.throwIfAborted();
      // A backend without lists has links and single accounts only. What a client has is up to its methods.
      const isMinimal = !authConfigs && !complete && accounts.length === 0 && source.client.list !== undefined;
      if (isMinimal) this.misses('initiate', 'delete', 'refresh', 'update', 'enable', 'disable');
      return { authConfigs, accounts };
    });
    return authConfigs;
  }

  #watch(): void {
    const { page, channel, clock } = this.#options;
    this.#watching = new AbortController();
    this.#revalidatedAt = clock.now();
    const stopPage = page.subscribe((signal) => {
      const isDue = clock.now() - this.#revalidatedAt >= MIN_REVALIDATE_INTERVAL_MS;
      if (signal === 'active' && isDue) this.revalidate();
    });
    const stopChannel = channel?.listen((ids) => this.#follow((following) => following.follow(ids)));
    const { signal } = this.#watching;
    signal.addEventListener('abort', () => {
      stopPage();
      stopChannel?.();
      this.#following = null;
      // Without a watch on the page and the other tabs, the accounts are soon out of date.
      this.#accounts.clear();
      this.#batch.stop(signal.reason);
    });
  }

  /** Reads everything again, and has the listeners do the same. @internal */
  revalidate(): void {
    this.#revalidatedAt = this.#options.clock.now();
    this.#follow((following) => following.readAll());
    this.#notify({ type: 'revalidate' });
  }

  /** Follows a sign that something may have changed. If that part cannot be loaded, the next sign asks for it again. */
  #follow(act: (following: AccountsFollowing) => void): void {
    const { signal } = this.#watching;
    const start = ({ AccountsFollowing }: typeof import('./accounts-following.js')) => {
      if (signal.aborted) return;
      this.#following ??= new AccountsFollowing(this, this.#options.clock);
      act(this.#following);
    };
    const { loaded } = followingPart;
    if (loaded) start(loaded);
    else followingPart.load().then(start, () => {});
  }
}

/** Compares two accounts. The parser writes the keys of every account in the same order, so their JSON can be compared. */
function isSame(one: ConnectedAccount, other: ConnectedAccount): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
