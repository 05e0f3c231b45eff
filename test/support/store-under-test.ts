import { type AccountsChange, AccountsStore, followingPart } from '../../src/core/accounts/accounts-store.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import type { AccountsChannel } from '../../src/core/model/ports.js';
import { FakeClock } from './fake-clock.js';
import { FakePage } from './fake-ports.js';
import { MemoryClient } from './memory-client.js';

// A page loads it at the first sign of another tab. Here it is loaded from the start, so that the clock says when things happen.
await followingPart.load();

/** The channel of one tab. Messages go to the tabs that it is joined with. */
export class FakeChannel implements AccountsChannel {
  readonly posted: Array<readonly string[]> = [];
  readonly #callbacks = new Set<(ids: readonly string[]) => void>();
  #others: readonly FakeChannel[] = [];

  get listeners(): number {
    return this.#callbacks.size;
  }

  /** Joins tabs of one origin. */
  static join(...channels: readonly FakeChannel[]): void {
    for (const channel of channels) channel.#others = channels.filter((other) => other !== channel);
  }

  post(ids: readonly string[]): void {
    this.posted.push(ids);
    for (const other of this.#others) other.hear(ids);
  }

  listen(callback: (ids: readonly string[]) => void): () => void {
    this.#callbacks.add(callback);
    return () => void this.#callbacks.delete(callback);
  }

  /** Delivers a message from another tab. */
  hear(ids: readonly string[]): void {
    for (const callback of [...this.#callbacks]) callback(ids);
  }
}

/** A store with a listener and its environment. */
export interface StoreUnderTest {
  readonly store: AccountsStore;
  readonly client: MemoryClient;
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly channel: FakeChannel;
  /** The changes that the listener received: `changed ca_1 ACTIVE`, `removed ca_1`, `revalidate`. */
  readonly changes: string[];
  unsubscribe(): void;
}

/** @param client a backend that several tabs may share. By default a new one with these accounts. */
export function storeOf(accounts: readonly ConnectedAccount[], client = new MemoryClient()): StoreUnderTest {
  const clock = new FakeClock();
  const page = new FakePage();
  const channel = new FakeChannel();
  client.accounts = accounts;
  const store = new AccountsStore({ client, userId: 'user_1', clock, page, channel });
  const changes: string[] = [];
  const unsubscribe = store.subscribe((change) => changes.push(describeChange(change)));
  return { store, client, clock, page, channel, changes, unsubscribe };
}

function describeChange(change: AccountsChange): string {
  if (change.type === 'revalidate') return 'revalidate';
  const { id, status } = change.account;
  return change.type === 'removed' ? `removed ${id}` : `changed ${id} ${status}`;
}
