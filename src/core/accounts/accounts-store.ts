import type { Clock } from '../model/clock.js';
import { ConnectError } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import type { AuthConfig, ConnectedAccount } from '../model/connection-types.js';
import type { AccountsChannel, PageSignals } from '../model/ports.js';
import { ConnectionBatch, type Gather } from './auth-config-batch.js';
import { MAX_IDS_PER_REQUEST, readAccounts, readAuthConfigs } from './read-accounts.js';
import { HeardAccounts } from './remote-changes.js';

/** What the store needs of its surroundings. */
export interface AccountsStoreOptions {
  readonly client: ConnectionClient;
  /** A claim: the backend decides. */
  readonly userId: string;
  readonly clock: Clock;
  readonly page: PageSignals;
  /** To the other tabs; without it, each tab is alone. */
  readonly channel?: AccountsChannel;
  /** When to ask for what was gathered. Default: before anything else happens. */
  readonly gather?: Gather;
}

/** What the server told of an account; `revalidate`: the page is looked at again after a while, so read anew what you show. */
export type AccountsChange =
  | { readonly type: 'changed'; readonly account: ConnectedAccount; readonly previous: ConnectedAccount | undefined }
  | { readonly type: 'removed'; readonly account: ConnectedAccount }
  | { readonly type: 'revalidate' };

/** What is known of a user and an auth config. */
export interface KnownConnection {
  /** Null where the backend does not offer auth configs. */
  readonly authConfig: AuthConfig | null;
  readonly accounts: readonly ConnectedAccount[];
}

/** A page that regains the focus asks again, though not more often than this. */
const LOOK_SPACING = 10_000;

/**
 * The accounts of one user at one backend, as all elements of a page see them. Never ahead of the server: it holds what
 * the server said last. Watches the page and the other tabs while anybody listens.
 */
export class AccountsStore {
  readonly userId: string;
  readonly #options: AccountsStoreOptions;
  readonly #accounts = new Map<string, ConnectedAccount>();
  /** With the client that each listener lends. */
  readonly #listeners = new Map<(change: AccountsChange) => void, ConnectionClient | undefined>();
  readonly #batch: ConnectionBatch;
  readonly #heard: HeardAccounts;
  /** When the server confirmed a change of an account: a reading that began before is out of date. */
  readonly #changedAt = new Map<string, number>();
  #changes = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #life = new AbortController();

  constructor(options: AccountsStoreOptions) {
    this.userId = options.userId;
    this.#options = options;
    this.#batch = new ConnectionBatch(options.gather ?? (() => Promise.resolve()), (ids) => this.#readBatch(ids));
    this.#heard = new HeardAccounts(options.clock, (id) => void this.#lookAt(id));
  }

  /** That of somebody who still listens: the session token of an element that has left may be out of date. */
  get client(): ConnectionClient {
    for (const client of this.#listeners.values()) if (client) return client;
    return this.#options.client;
  }

  /** How often the server has confirmed a change so far. */
  get changes(): number {
    return this.#changes;
  }

  /** As the server said last. */
  get(connectedAccountId: string): ConnectedAccount | undefined {
    return this.#accounts.get(connectedAccountId);
  }

  /** The answer unsubscribes. @param client what the store may ask the backend with, as long as this listener stays */
  subscribe(listener: (change: AccountsChange) => void, client?: ConnectionClient): () => void {
    if (this.#listeners.size === 0) this.#watch();
    this.#listeners.set(listener, client);
    return () => {
      const left = this.#listeners.delete(listener);
      if (left && this.#listeners.size === 0) this.#life.abort(new DOMException('Nobody listens.', 'AbortError'));
    };
  }

  /** An auth config and the user's accounts of it, read together with what others ask for at the same time. @throws {@link ConnectError} */
  async connection(authConfigId: string): Promise<KnownConnection> {
    const authConfig = await this.#batch.ask(authConfigId);
    return { authConfig, accounts: this.accountsOf(authConfigId) };
  }

  /** The user's accounts of an auth config, as far as they are known. */
  accountsOf(authConfigId: string): readonly ConnectedAccount[] {
    return [...this.#accounts.values()].filter(({ authConfig }) => authConfig.id === authConfigId);
  }

  /** The server said so, to an element of this page: tells the other elements and tabs. */
  apply(account: ConnectedAccount): void {
    this.#changedAt.set(account.id, ++this.#changes);
    this.#keep(account);
    this.#options.channel?.post([account.id]);
  }

  /** The server confirmed that it is gone. */
  drop(connectedAccountId: string): void {
    this.#changedAt.set(connectedAccountId, ++this.#changes);
    this.#remove(connectedAccountId);
    this.#options.channel?.post([connectedAccountId]);
  }

  /** Takes what a list read. @param began `changes` when that reading began: what changed later is newer */
  keepAll(accounts: readonly ConnectedAccount[], began: number = this.#changes): void {
    for (const account of accounts) if (!this.#hasChangedSince(account.id, began)) this.#keep(account);
  }

  #keep(account: ConnectedAccount): void {
    const previous = this.#accounts.get(account.id);
    if (previous && isSame(previous, account)) return;
    this.#accounts.set(account.id, account);
    this.#tell({ type: 'changed', account, previous });
  }

  #remove(connectedAccountId: string): void {
    const account = this.#accounts.get(connectedAccountId);
    this.#accounts.delete(connectedAccountId);
    if (account) this.#tell({ type: 'removed', account });
  }

  #tell(change: AccountsChange): void {
    for (const listener of [...this.#listeners.keys()]) listener(change);
  }

  #hasChangedSince(connectedAccountId: string, began: number): boolean {
    return (this.#changedAt.get(connectedAccountId) ?? 0) > began;
  }

  get #source() {
    return { client: this.client, userId: this.userId, signal: this.#life.signal };
  }

  async #readBatch(authConfigIds: readonly string[]): Promise<readonly AuthConfig[] | null> {
    const began = this.#changes;
    const source = this.#source;
    const [authConfigs, { accounts }] = await Promise.all([
      readAuthConfigs(source, authConfigIds),
      readAccounts(source, authConfigIds),
    ]);
    source.signal.throwIfAborted();
    this.keepAll(accounts, began);
    return authConfigs;
  }

  #watch(): void {
    const { page, channel, clock } = this.#options;
    this.#life = new AbortController();
    this.#lookedAt = clock.now();
    const stopPage = page.subscribe((signal) => {
      if (signal === 'active' && clock.now() - this.#lookedAt >= LOOK_SPACING) this.#revalidate();
    });
    const stopChannel = channel?.listen((ids) => this.#heard.hear(ids));
    const { signal } = this.#life;
    signal.addEventListener('abort', () => {
      stopPage();
      stopChannel?.();
      this.#heard.stop();
      // What nobody watches is out of date soon.
      this.#accounts.clear();
      this.#batch.stop(signal.reason);
    });
  }

  /** Another tab changed it. Whether it is this user's, the backend knows. */
  async #lookAt(id: string): Promise<void> {
    const began = this.#changes;
    const { client, userId, signal } = this.#source;
    try {
      const account = await client.get(id, { userId, signal });
      if (!signal.aborted) this.keepAll([account], began);
    } catch (thrown) {
      if (thrown instanceof ConnectError && thrown.code === 'not_found') this.#remove(id);
    }
  }

  #revalidate(): void {
    this.#lookedAt = this.#options.clock.now();
    const { known } = this.#batch;
    for (let start = 0; start < known.length; start += MAX_IDS_PER_REQUEST) {
      void this.#readAgain(known.slice(start, start + MAX_IDS_PER_REQUEST));
    }
    this.#tell({ type: 'revalidate' });
  }

  async #readAgain(authConfigIds: readonly string[]): Promise<void> {
    const began = this.#changes;
    const before = authConfigIds.flatMap((id) => this.accountsOf(id));
    const { signal } = this.#life;
    // A look that fails has changed nothing; the next one may succeed.
    const read = await readAccounts(this.#source, authConfigIds).catch(() => null);
    if (!read || signal.aborted) return;
    this.keepAll(read.accounts, began);
    if (!read.complete) return;
    const found = new Set(read.accounts.map(({ id }) => id));
    for (const { id } of before) if (!found.has(id) && !this.#hasChangedSince(id, began)) this.#remove(id);
  }
}

/** Both were made by one parser, key by key in the same order: the text tells. */
function isSame(one: ConnectedAccount, other: ConnectedAccount): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
