import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountsOfAges } from '../support/account-pages.js';
import { EVERYTHING, listOf } from '../support/list-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `ca_${from + index}`);

describe('a list of accounts', () => {
  it('reads the first page', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    const reading = list.start(store, EVERYTHING);
    assert.equal(list.state.loading, true);
    await reading;
    assert.deepEqual(ids(), numbered(0, 20));
    assert.deepEqual(
      { ...list.state, accounts: null },
      { accounts: null, loaded: true, hasMore: true, loading: false, error: null },
    );
    assert.equal(client.count('list'), 1);
  });

  it('reads page by page to the very end, each row once', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    await list.loadMore();
    assert.equal(list.state.hasMore, true);
    await list.loadMore();
    assert.deepEqual(ids(), numbered(0, 45));
    assert.equal(list.state.hasMore, false);
    await list.loadMore();
    assert.equal(client.count('list'), 3);
  });

  it('asks once however often it is told to', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    void list.start(store, EVERYTHING);
    await Promise.all([list.loadMore(), list.loadMore()]);
    assert.equal(client.count('list'), 1);
    await Promise.all([list.loadMore(), list.loadMore(), list.loadMore()]);
    assert.equal(client.count('list'), 2);
    assert.equal(ids().length, 40);
  });

  it('passes the filters on', async () => {
    const { list, store, client } = listOf([]);
    await list.start(store, {
      authConfigIds: ['ac_github'],
      toolkitSlugs: ['github', 'slack'],
      statuses: ['ACTIVE'],
      limit: 7,
      orderBy: 'updated_at',
    });
    assert.deepEqual(client.given('list')[0], {
      authConfigIds: ['ac_github'],
      toolkitSlugs: ['github', 'slack'],
      statuses: ['ACTIVE'],
      limit: 7,
      orderBy: 'updated_at',
    });
  });

  it('drops the answer to a question that nobody asks any more', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(3));
    let answerLate: () => void = () => {};
    client.next('list', async () => {
      await new Promise<void>((resolve) => {
        answerLate = resolve;
      });
      return { items: [connectedAccount({ id: 'ca_stale' })], nextCursor: null, totalPages: 1 };
    });
    const stale = list.start(store, { ...EVERYTHING, statuses: ['EXPIRED'] });
    await Promise.resolve();
    await list.start(store, EVERYTHING);
    answerLate();
    await stale;
    assert.deepEqual(ids(), ['ca_0', 'ca_1', 'ca_2']);
  });

  it('skips no account when rows have left the pages before', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    client.accounts = client.accounts.filter(({ id }) => id !== 'ca_3');
    store.remove('ca_3');
    await list.loadMore();
    assert.ok(ids().includes('ca_20'), 'the account that moved up to the first page');
    await list.loadMore();
    assert.equal(ids().length, 44);
  });

  it('shows no account twice when a new one has moved the pages down', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    const fresh = connectedAccount({ id: 'ca_new', createdAt: '2026-03-01T11:30:00.000Z' });
    client.accounts = [fresh, ...client.accounts];
    store.upsert(fresh);
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual(ids(), ['ca_new', ...numbered(0, 45)]);
  });

  it('reads on while a page brings nothing new', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(2));
    client.next('list', () => ({ items: [], nextCursor: 'on', totalPages: 2 }));
    client.next('list', () => ({ items: client.accounts, nextCursor: null, totalPages: 2 }));
    await list.start(store, EVERYTHING);
    assert.deepEqual(ids(), ['ca_0', 'ca_1']);
  });

  it('ends where a page names itself as the next one', async () => {
    const { list, store, client } = listOf([]);
    client.always('list', () => ({ items: [], nextCursor: 'again', totalPages: 9 }));
    await list.start(store, EVERYTHING);
    assert.equal(client.count('list'), 2);
    assert.equal(list.state.hasMore, false);
  });

  it('begins at the top again, and keeps what is shown until the answer is there', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    await list.loadMore();
    client.accounts = client.accounts.slice(1);
    const reading = list.reload();
    assert.equal(ids().length, 40);
    await reading;
    assert.deepEqual(ids(), numbered(1, 21));
    assert.equal(list.state.hasMore, true);
  });
});

describe('a list that cannot be read', () => {
  it('keeps its rows, says why, and goes on where it stood', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await list.loadMore();
    assert.equal(list.state.error?.code, 'upstream_error');
    assert.equal(ids().length, 20);
    await list.retry();
    assert.equal(list.state.error, null);
    assert.deepEqual(ids(), numbered(0, 40));
  });

  it('begins at the top where the server does not take the cursor any more', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    client.next('list', () => Promise.reject(httpFailure(400, 'invalid_request')));
    await list.loadMore();
    await list.retry();
    assert.equal((client.given('list')[0] as { cursor?: string }).cursor, undefined);
    assert.equal(ids().length, 20);
  });

  const mistakes = [
    [{ statuses: ['ACTIVE', 'DEAD'] }, /statuses has no "DEAD": write some of INITIALIZING, .*REVOKED/],
    [{ limit: 0 }, /limit must be a whole number from 1 to 100/],
    [{ limit: 101 }, /limit must be a whole number from 1 to 100/],
    [{ limit: Number.NaN }, /limit must be a whole number from 1 to 100/],
    [{ limit: 2.5 }, /limit must be a whole number from 1 to 100/],
    [{ orderBy: 'name' }, /order-by has no "name": write created_at or updated_at/],
  ] as const;
  for (const [mistake, mend] of mistakes) {
    it(`names the mend of ${JSON.stringify(mistake)} and asks nothing`, async () => {
      const { list, store, client } = listOf(accountsOfAges(1));
      await list.start(store, { ...EVERYTHING, ...mistake });
      assert.equal(list.state.error?.code, 'invalid_configuration');
      assert.match(list.state.error?.message ?? '', mend);
      assert.equal(client.count('list'), 0);
    });
  }

  it('names the mend of a missing user', async () => {
    const { list, store, client } = listOf(accountsOfAges(1), '');
    await list.start(store, EVERYTHING);
    assert.match(list.state.error?.message ?? '', /needs the attribute user-id/);
    assert.equal(client.count('list'), 0);
  });
});
