import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountsOfAges } from '../support/account-pages.js';
import { until } from '../support/fake-clock.js';
import { EVERYTHING, listOf } from '../support/list-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

const FRESH = connectedAccount({ id: 'ca_new', createdAt: '2026-03-01T11:30:00.000Z' });

describe('AccountsListController and its store', () => {
  it('an account that changes keeps its place, and the other rows keep their identity', async () => {
    const { list, store, ids, start } = listOf(accountsOfAges(3));
    await start();
    const before = list.accounts;
    store.upsert({ ...connectedAccount(before[1]), status: 'EXPIRED' });
    assert.deepEqual(ids(), ['ca_0', 'ca_1', 'ca_2']);
    assert.equal(list.accounts[1]?.status, 'EXPIRED');
    assert.equal(list.accounts[0], before[0]);
    assert.equal(list.accounts[2], before[2]);
  });

  it('a new account is inserted in order, and a removed one goes', async () => {
    const { store, ids, start } = listOf(accountsOfAges(3));
    await start();
    store.upsert(connectedAccount({ id: 'ca_between', createdAt: '2026-03-01T10:59:30.000Z' }));
    store.upsert(FRESH);
    store.remove('ca_1');
    assert.deepEqual(ids(), ['ca_new', 'ca_0', 'ca_between', 'ca_2']);
  });

  it('a new account is inserted by the time that the list is ordered by', async () => {
    const { store, ids, start } = listOf(accountsOfAges(2));
    await start({ ...EVERYTHING, orderBy: 'updated_at' });
    const renewed = { createdAt: '2020-01-01T00:00:00.000Z', updatedAt: '2026-03-01T12:00:00.000Z' };
    store.upsert(connectedAccount({ id: 'ca_renewed', ...renewed }));
    assert.deepEqual(ids(), ['ca_renewed', 'ca_0', 'ca_1']);
  });

  it('an account older than all rows waits for its page', async () => {
    const { store, ids, start } = listOf(accountsOfAges(45));
    await start();
    store.upsert(connectedAccount({ id: 'ca_44', createdAt: '2026-03-01T10:16:00.000Z', alias: 'old' }));
    assert.equal(ids().length, 20);
  });

  it('an account that does not match the query stays out, and a row that no longer matches goes', async () => {
    const { list, store, ids, start } = listOf(accountsOfAges(2));
    const query = { ...EVERYTHING, statuses: ['ACTIVE'], toolkitSlugs: ['github'], authConfigIds: ['ac_github'] };
    await start(query);
    store.upsert({ ...FRESH, toolkit: { slug: 'slack' } });
    store.upsert({ ...FRESH, id: 'ca_other', authConfig: { ...FRESH.authConfig, id: 'ac_other' } });
    store.upsert({ ...connectedAccount(list.accounts[0]), status: 'INACTIVE' });
    assert.deepEqual(ids(), ['ca_1']);
  });

  it('a change that the server confirmed while a page was read is newer than the page', async () => {
    const { list, store, client, ids, start } = listOf(accountsOfAges(3));
    let answer: () => void = () => {};
    const stale = client.accounts;
    client.next('list', async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return { items: stale, nextCursor: null, totalPages: 1 };
    });
    const reading = start();
    await until(() => client.count('list') === 1);
    store.upsert({ ...connectedAccount(stale[0]), alias: 'Renamed' });
    await store.merge(async () => ({ accounts: [connectedAccount(stale[1])] }));
    store.remove('ca_1');
    store.upsert(FRESH);
    answer();
    await reading;
    assert.deepEqual(ids(), ['ca_new', 'ca_0', 'ca_2']);
    assert.equal(list.accounts[1]?.alias, 'Renamed');
  });

  it('the rows are read again in one request when the user returns, without a load event', async () => {
    const { list, client, clock, page, outcomes, ids, start } = listOf(accountsOfAges(45));
    await start();
    await list.loadMore();
    client.accounts = [FRESH, ...client.accounts.filter(({ id }) => id !== 'ca_3')];
    client.change('ca_5', { status: 'EXPIRED' });
    await clock.advance(10_000);
    page.focus(true);
    await until(() => !ids().includes('ca_3'));
    assert.equal(client.count('list'), 3);
    assert.deepEqual(client.given('list')[0], { limit: 40, orderBy: 'created_at' });
    assert.equal(ids()[0], 'ca_new');
    assert.equal(list.accounts.find(({ id }) => id === 'ca_5')?.status, 'EXPIRED');
    assert.equal(ids().includes('ca_39'), true, 'a row that has moved beyond what was looked at stays');
    assert.deepEqual(outcomes, ['loaded', 'loaded']);
  });

  it('a failed revalidation changes nothing', async () => {
    const { list, client, clock, page, ids, start } = listOf(accountsOfAges(2));
    await start();
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await clock.advance(10_000);
    page.focus(true);
    await until(() => client.count('list') === 2);
    assert.deepEqual(ids(), ['ca_0', 'ca_1']);
    assert.equal(list.error, null);
  });

  it('a list that has left the page keeps no listener, timer or request', async () => {
    const { host, store, client, clock, page, start } = listOf(accountsOfAges(2));
    await start();
    host.remove();
    await Promise.resolve();
    const { updates } = host;
    store.upsert(FRESH);
    await clock.advance(20_000);
    page.focus(true);
    assert.equal(host.updates, updates);
    assert.equal(client.count('list'), 1);
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
  });
});
