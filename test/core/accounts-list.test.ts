import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountsOfAges } from '../support/account-pages.js';
import { until } from '../support/fake-clock.js';
import { EVERYTHING, listOf } from '../support/list-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `ca_${from + index}`);

describe('AccountsListController', () => {
  it('reads the first page', async () => {
    const { list, client, ids, outcomes, start } = listOf(accountsOfAges(45));
    const reading = start();
    assert.equal(list.loading, true);
    await reading;
    assert.deepEqual(ids(), numbered(0, 20));
    assert.deepEqual([list.loaded, list.hasMore, list.loading, list.error], [true, true, false, null]);
    assert.deepEqual(outcomes, ['loaded']);
    assert.equal(client.count('list'), 1);
  });

  it('reads page by page to the end and lists each account once', async () => {
    const { list, client, ids, start } = listOf(accountsOfAges(45));
    await start();
    await list.loadMore();
    assert.equal(list.hasMore, true);
    await list.loadMore();
    assert.deepEqual(ids(), numbered(0, 45));
    assert.equal(list.hasMore, false);
    await list.loadMore();
    assert.equal(client.count('list'), 3);
  });

  it('sends one request however often it is told to load', async () => {
    const { list, client, ids, start } = listOf(accountsOfAges(45));
    void start();
    await Promise.all([list.loadMore(), list.loadMore()]);
    assert.equal(client.count('list'), 1);
    await Promise.all([list.loadMore(), list.loadMore(), list.loadMore()]);
    assert.equal(client.count('list'), 2);
    assert.equal(ids().length, 40);
  });

  it('sends the filters to the backend', async () => {
    const { client, start } = listOf([]);
    await start({
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

  it('ignores a late response to an earlier query', async () => {
    const { client, ids, start } = listOf(accountsOfAges(3));
    let answerLate: () => void = () => {};
    client.next('list', async () => {
      await new Promise<void>((resolve) => {
        answerLate = resolve;
      });
      return { items: [connectedAccount({ id: 'ca_stale' })], nextCursor: null, totalPages: 1 };
    });
    const stale = start({ ...EVERYTHING, statuses: ['EXPIRED'] });
    await Promise.resolve();
    await start();
    answerLate();
    await stale;
    assert.deepEqual(ids(), ['ca_0', 'ca_1', 'ca_2']);
  });

  it('skips no account after rows of earlier pages were removed', async () => {
    const { list, store, client, ids, start } = listOf(accountsOfAges(45));
    await start();
    client.accounts = client.accounts.filter(({ id }) => id !== 'ca_3');
    store.remove('ca_3');
    await list.loadMore();
    assert.ok(ids().includes('ca_20'), 'the account that moved up to the first page');
    await list.loadMore();
    assert.equal(ids().length, 44);
  });

  it('lists no account twice after a new one has moved the pages down', async () => {
    const { list, store, client, ids, start } = listOf(accountsOfAges(45));
    await start();
    const fresh = connectedAccount({ id: 'ca_new', createdAt: '2026-03-01T11:30:00.000Z' });
    client.accounts = [fresh, ...client.accounts];
    store.upsert(fresh);
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual(ids(), ['ca_new', ...numbered(0, 45)]);
  });

  it('keeps reading while a page has no new account', async () => {
    const { client, ids, start } = listOf(accountsOfAges(2));
    client.next('list', () => ({ items: [], nextCursor: 'on', totalPages: 2 }));
    client.next('list', () => ({ items: client.accounts, nextCursor: null, totalPages: 2 }));
    await start();
    assert.deepEqual(ids(), ['ca_0', 'ca_1']);
  });

  it('stops at a page that names itself as the next one', async () => {
    const { list, client, start } = listOf([]);
    client.always('list', () => ({ items: [], nextCursor: 'again', totalPages: 9 }));
    await start();
    assert.equal(client.count('list'), 2);
    assert.equal(list.hasMore, false);
  });

  it('reload() reads from the top and keeps the rows until the response arrives', async () => {
    const { list, client, ids, start } = listOf(accountsOfAges(45));
    await start();
    await list.loadMore();
    client.accounts = client.accounts.slice(1);
    const reading = list.reload();
    assert.equal(ids().length, 40);
    await reading;
    assert.deepEqual(ids(), numbered(1, 21));
    assert.equal(list.hasMore, true);
  });
});

describe('AccountsListController after a failed read', () => {
  it('keeps its rows, reports the error, and continues where it stopped', async () => {
    const { list, client, ids, start } = listOf(accountsOfAges(45));
    await start();
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await list.loadMore();
    assert.equal(list.error?.code, 'upstream_error');
    assert.equal(ids().length, 20);
    await list.retry();
    assert.equal(list.error, null);
    assert.deepEqual(ids(), numbered(0, 40));
  });

  it('starts at the top if the server refuses the cursor', async () => {
    const { list, client, ids, start } = listOf(accountsOfAges(45));
    await start();
    client.next('list', () => Promise.reject(httpFailure(400, 'invalid_request')));
    await list.loadMore();
    await list.retry();
    assert.equal((client.given('list')[0] as { cursor?: string }).cursor, undefined);
    assert.equal(ids().length, 20);
  });

  const mistakes = [
    [{ statuses: ['ACTIVE', 'DEAD'] }, /^`statuses` contains "DEAD". Valid values: INITIALIZING, .*REVOKED\.$/],
    [{ limit: 0 }, /^`limit` must be a whole number from 1 to 100\.$/],
    [{ limit: 101 }, /^`limit` must be a whole number from 1 to 100\.$/],
    [{ limit: Number.NaN }, /^`limit` must be a whole number from 1 to 100\.$/],
    [{ limit: 2.5 }, /^`limit` must be a whole number from 1 to 100\.$/],
    [{ orderBy: 'name' }, /^`orderBy` must be 'created_at' or 'updated_at'\.$/],
  ] as const;
  for (const [mistake, message] of mistakes) {
    it(`reports the mistake in ${JSON.stringify(mistake)} and sends no request`, async () => {
      const { list, client, start } = listOf(accountsOfAges(1));
      await start({ ...EVERYTHING, ...mistake });
      assert.equal(list.error?.code, 'invalid_configuration');
      assert.match(list.error?.message ?? '', message);
      assert.equal(client.count('list'), 0);
    });
  }

  it('reports a missing user and sends no request', async () => {
    const { list, client, start } = listOf(accountsOfAges(1), '');
    await start();
    assert.match(list.error?.message ?? '', /^`userId` is missing/);
    assert.equal(client.count('list'), 0);
  });
});

describe('AccountsListController in an element that leaves the page', () => {
  it('aborts its read, settles the promise, and reports no outcome', async () => {
    const { list, host, client, outcomes, start } = listOf(accountsOfAges(3));
    client.next('list', () => {
      const { signal } = client.given('list')[1] as { readonly signal: AbortSignal };
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    const reading = start();
    await until(() => client.count('list') === 1);
    host.remove();
    await reading;
    assert.deepEqual([outcomes, list.error, list.loading], [[], null, false]);
  });

  it('reads again when the element is back', async () => {
    const { host, client, ids, outcomes, start } = listOf(accountsOfAges(3));
    await start();
    host.remove();
    await Promise.resolve();
    client.accounts = client.accounts.slice(1);
    host.insert();
    await start();
    assert.deepEqual(ids(), ['ca_1', 'ca_2']);
    assert.deepEqual(outcomes, ['loaded', 'loaded']);
  });

  it('does not read again when the element was only moved', async () => {
    const { host, client, store, ids, start } = listOf(accountsOfAges(3));
    await start();
    host.remove();
    host.insert();
    await start();
    store.remove('ca_0');
    assert.deepEqual(ids(), ['ca_1', 'ca_2']);
    assert.equal(client.count('list'), 1);
  });
});
