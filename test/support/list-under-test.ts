import { AccountsList } from '../../src/core/accounts/accounts-list.js';
import type { AccountsListEvent } from '../../src/core/accounts/accounts-list-state.js';
import { AccountsStore } from '../../src/core/accounts/accounts-store.js';
import type { AccountsQuery } from '../../src/core/accounts/list-query.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { servePages } from './account-pages.js';
import { FakeClock } from './fake-clock.js';
import { FakePage } from './fake-ports.js';
import { MemoryClient } from './memory-client.js';

/** The query for all accounts, newest first, 20 per page. */
export const EVERYTHING: AccountsQuery = {
  authConfigIds: [],
  toolkitSlugs: [],
  statuses: [],
  limit: 20,
  orderBy: 'created_at',
};

/** A list that has not been started, with its backend and page. */
export interface ListUnderTest {
  readonly list: AccountsList;
  readonly client: MemoryClient;
  readonly store: AccountsStore;
  readonly clock: FakeClock;
  readonly page: FakePage;
  /** Every event of the list. */
  readonly events: AccountsListEvent[];
  /** The ids of the rows. */
  ids(): string[];
}

/** Creates a list for a backend with these accounts. */
export function listOf(accounts: readonly ConnectedAccount[], userId = 'user_1'): ListUnderTest {
  const clock = new FakeClock();
  const page = new FakePage();
  const client = new MemoryClient(() => clock.wallNow());
  client.accounts = accounts;
  servePages(client);
  const list = new AccountsList();
  const events: AccountsListEvent[] = [];
  list.subscribe((_state, event) => void events.push(event));
  const ids = () => list.state.accounts.map(({ id }) => id);
  return { list, client, store: new AccountsStore({ client, userId, clock, page }), clock, page, events, ids };
}
