import type { Clock } from '../model/clock.js';
import { ConnectError } from '../model/connect-error.js';
import { type ConnectedAccount, MAX_IDS_PER_REQUEST } from '../model/connection-types.js';
import { halvesOfRefused } from './auth-config-batch.js';
import { type ReadAccounts, readAccounts } from './read-accounts.js';
import type { ConnectionSource } from './read-older-accounts.js';
import { RemoteChangeQueue } from './remote-changes.js';

/** A store, as its following sees it. */
export interface FollowedStore {
  /** Counts the changes that the server confirmed. */
  readonly version: number;
  /** The ids of the auth configs whose accounts the store has. */
  readonly known: readonly string[];
  readonly source: ConnectionSource;
  accountsOf(authConfigId: string): readonly ConnectedAccount[];
  get(connectedAccountId: string): ConnectedAccount | undefined;
  merge<Result extends Pick<ReadAccounts, 'accounts'>>(read: () => Promise<Result>): Promise<Result>;
  /** Removes an account, unless it has changed since a version. */
  drop(connectedAccountId: string, version: number): void;
  /** Reads everything again, and has the listeners do the same. */
  revalidate(): void;
}

/** Reads again what may have changed elsewhere. It is a late part: few pages stay open for so long, or have two tabs. */
export class AccountsFollowing {
  readonly #store: FollowedStore;
  readonly #remoteChanges: RemoteChangeQueue;

  constructor(store: FollowedStore, clock: Clock) {
    this.#store = store;
    this.#remoteChanges = new RemoteChangeQueue(clock, {
      has: (id) => store.get(id) !== undefined,
      readOne: (id) => void this.#readAccount(id),
      readAll: () => store.revalidate(),
    });
    store.source.signal.addEventListener('abort', () => this.#remoteChanges.clear());
  }

  /** Reads the accounts that another tab has changed. */
  follow(connectedAccountIds: readonly string[]): void {
    this.#remoteChanges.enqueue(connectedAccountIds);
  }

  /** Reads the accounts of all known auth configs again. */
  readAll(): void {
    const { known } = this.#store;
    for (let start = 0; start < known.length; start += MAX_IDS_PER_REQUEST) {
      void this.#readAccounts(known.slice(start, start + MAX_IDS_PER_REQUEST));
    }
  }

  /** Reads an account that another tab has changed. The backend decides if it belongs to this user. */
  async #readAccount(id: string): Promise<void> {
    const { source, version } = this.#store;
    const { client, userId, signal } = source;
    try {
      await this.#store.merge(async () => ({ accounts: [await client.get(id, { userId, signal })] }));
    } catch (error) {
      if (error instanceof ConnectError && error.code === 'not_found') this.#store.drop(id, version);
    }
  }

  async #readAccounts(authConfigIds: readonly string[]): Promise<void> {
    const store = this.#store;
    const { version, source } = store;
    const before = authConfigIds.flatMap((id) => store.accountsOf(id));
    // A failed reading changes nothing; the next one may succeed.
    const read = await store
      .merge(() => readAccounts(source, authConfigIds))
      .catch((error) => {
        for (const half of halvesOfRefused(authConfigIds, error)) void this.#readAccounts(half);
        return null;
      });
    if (!read?.complete || source.signal.aborted) return;
    const found = new Set(read.accounts.map(({ id }) => id));
    for (const { id } of before) if (!found.has(id)) store.drop(id, version);
  }
}
