import type { ReactiveController } from 'lit';
import { AccountsListController, type AccountsListHost } from '../../src/controllers/accounts-list-controller.js';
import { AccountsStore } from '../../src/core/accounts/accounts-store.js';
import type { AccountsQuery } from '../../src/core/accounts/list-query.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { servePages } from './account-pages.js';
import { FakeClock } from './fake-clock.js';
import { FakePage } from './fake-ports.js';
import { MemoryClient } from './memory-client.js';

/** All accounts, newest first, 20 per page. */
export const EVERYTHING: AccountsQuery = {
  authConfigIds: [],
  toolkitSlugs: [],
  statuses: [],
  limit: 20,
  orderBy: 'created_at',
};

/** An element as far as a controller sees it. */
class StubHost implements AccountsListHost {
  isConnected = true;
  updates = 0;
  readonly updateComplete = Promise.resolve(true);
  readonly #controllers: ReactiveController[] = [];

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }

  removeController(): void {}

  requestUpdate(): void {
    this.updates += 1;
  }

  remove(): void {
    this.isConnected = false;
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  insert(): void {
    this.isConnected = true;
    for (const controller of this.#controllers) controller.hostConnected?.();
  }
}

/** A list that has not started, with the backend and the page around it. */
export interface ListUnderTest {
  readonly list: AccountsListController;
  readonly host: StubHost;
  readonly client: MemoryClient;
  readonly store: AccountsStore;
  readonly clock: FakeClock;
  readonly page: FakePage;
  /** The outcomes that the element was told: `loaded`, or an error code. */
  readonly outcomes: string[];
  /** Sets the query, as an element does when its properties change. Resolves when the first page has been read. */
  start(query?: AccountsQuery): Promise<void>;
  /** The ids of the rows. */
  ids(): string[];
}

/** Returns a list at a backend that has these accounts. */
export function listOf(accounts: readonly ConnectedAccount[], userId = 'user_1'): ListUnderTest {
  const clock = new FakeClock();
  const page = new FakePage();
  const client = new MemoryClient(() => clock.wallNow());
  client.accounts = accounts;
  servePages(client);
  const store = new AccountsStore({ client, userId, clock, page });
  const host = new StubHost();
  const outcomes: string[] = [];
  const list = new AccountsListController(host, {
    describeError: (error) => error,
    onLoaded: () => outcomes.push('loaded'),
    onFailed: ({ code }) => outcomes.push(code),
  });
  const start = (query = EVERYTHING) => {
    list.sync({ store, client, query });
    return list.loadMore();
  };
  const ids = () => list.accounts.map(({ id }) => id);
  return { list, host, client, store, clock, page, outcomes, start, ids };
}
