import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountsOfAges } from '../support/account-pages.js';
import { until } from '../support/fake-clock.js';
import { EVERYTHING, listOf } from '../support/list-under-test.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';

const FRESH = connectedAccount({ id: 'ca_new', createdAt: '2026-03-01T11:30:00.000Z' });

describe('a list follows its store', () => {
  it('a changed account keeps its place; the others are the very same', async () => {
    const { list, store, ids } = listOf(accountsOfAges(3));
    await list.start(store, EVERYTHING);
    const before = list.state.accounts;
    store.upsert({ ...connectedAccount(before[1]), status: 'EXPIRED' });
    assert.deepEqual(ids(), ['ca_0', 'ca_1', 'ca_2']);
    assert.equal(list.state.accounts[1]?.status, 'EXPIRED');
    assert.equal(list.state.accounts[0], before[0]);
    assert.equal(list.state.accounts[2], before[2]);
  });

  it('a new account comes in its order, a removed one goes', async () => {
    const { list, store, ids } = listOf(accountsOfAges(3));
    await list.start(store, EVERYTHING);
    store.upsert(connectedAccount({ id: 'ca_between', createdAt: '2026-03-01T10:59:30.000Z' }));
    store.upsert(FRESH);
    store.remove('ca_1');
    assert.deepEqual(ids(), ['ca_new', 'ca_0', 'ca_between', 'ca_2']);
  });

  it('by the time that it is ordered by', async () => {
    const { list, store, ids } = listOf(accountsOfAges(2));
    await list.start(store, { ...EVERYTHING, orderBy: 'updated_at' });
    const renewed = { createdAt: '2020-01-01T00:00:00.000Z', updatedAt: '2026-03-01T12:00:00.000Z' };
    store.upsert(connectedAccount({ id: 'ca_renewed', ...renewed }));
    assert.deepEqual(ids(), ['ca_renewed', 'ca_0', 'ca_1']);
  });

  it('an account older than all that are shown waits for its page', async () => {
    const { list, store, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    store.upsert(connectedAccount({ id: 'ca_44', createdAt: '2026-03-01T10:16:00.000Z', alias: 'old' }));
    assert.equal(ids().length, 20);
  });

  it('what does not fit stays out, and what fits no longer goes', async () => {
    const { list, store, ids } = listOf(accountsOfAges(2));
    const query = { ...EVERYTHING, statuses: ['ACTIVE'], toolkitSlugs: ['github'], authConfigIds: ['ac_github'] };
    await list.start(store, query);
    store.upsert({ ...FRESH, toolkit: { slug: 'slack' } });
    store.upsert({ ...FRESH, id: 'ca_other', authConfig: { ...FRESH.authConfig, id: 'ac_other' } });
    store.upsert({ ...connectedAccount(list.state.accounts[0]), status: 'INACTIVE' });
    assert.deepEqual(ids(), ['ca_1']);
  });

  it('what the server said while a page was read is newer than the page', async () => {
    const { list, store, client, ids } = listOf(accountsOfAges(3));
    let answer: () => void = () => {};
    const stale = client.accounts;
    client.next('list', async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return { items: stale, nextCursor: null, totalPages: 1 };
    });
    const reading = list.start(store, EVERYTHING);
    await until(() => client.count('list') === 1);
    store.upsert({ ...connectedAccount(stale[0]), alias: 'Renamed' });
    await store.merge(async () => ({ accounts: [connectedAccount(stale[1])] }));
    store.remove('ca_1');
    store.upsert(FRESH);
    answer();
    await reading;
    assert.deepEqual(ids(), ['ca_new', 'ca_0', 'ca_2']);
    assert.equal(list.state.accounts[1]?.alias, 'Renamed');
  });

  it('looks again when the page is looked at again: in one request, without a word of it', async () => {
    const { list, store, client, clock, page, events, ids } = listOf(accountsOfAges(45));
    await list.start(store, EVERYTHING);
    await list.loadMore();
    const heard = events.length;
    client.accounts = [FRESH, ...client.accounts.filter(({ id }) => id !== 'ca_3')];
    client.change('ca_5', { status: 'EXPIRED' });
    await clock.advance(10_000);
    page.focus(true);
    await until(() => !ids().includes('ca_3'));
    assert.equal(client.count('list'), 3);
    assert.deepEqual(client.given('list')[0], { limit: 40, orderBy: 'created_at' });
    assert.equal(ids()[0], 'ca_new');
    assert.equal(list.state.accounts.find(({ id }) => id === 'ca_5')?.status, 'EXPIRED');
    assert.equal(ids().includes('ca_39'), true, 'a row that has moved beyond what was looked at stays');
    assert.deepEqual([...new Set(events.slice(heard).map(({ type }) => type))], ['followed']);
  });

  it('a look that fails changes nothing', async () => {
    const { list, store, client, clock, page, ids } = listOf(accountsOfAges(2));
    await list.start(store, EVERYTHING);
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await clock.advance(10_000);
    page.focus(true);
    await until(() => client.count('list') === 2);
    assert.deepEqual(ids(), ['ca_0', 'ca_1']);
    assert.equal(list.state.error, null);
  });

  it('until it is stopped: then nothing is left', async () => {
    const { list, store, client, clock, page, events } = listOf(accountsOfAges(2));
    await list.start(store, EVERYTHING);
    list.stop();
    const heard = events.length;
    store.upsert(FRESH);
    await clock.advance(20_000);
    page.focus(true);
    assert.equal(events.length, heard);
    assert.equal(client.count('list'), 1);
    assert.deepEqual([clock.timers, page.listeners], [0, 0]);
  });
});
