import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { FakeChannel, storeOf } from '../support/store-under-test.js';

describe('AccountsStore and other tabs', () => {
  test('another tab gets only the ids of changed accounts, and reads them from the server', async () => {
    const client = new MemoryClient();
    const here = storeOf([connectedAccount()], client);
    const there = storeOf([connectedAccount()], client);
    FakeChannel.join(here.channel, there.channel);
    await there.store.connection('ac_github');
    client.change('ca_1', { status: 'INACTIVE' });
    here.store.upsert(connectedAccount({ status: 'INACTIVE' }));
    assert.deepEqual(here.channel.posted, [['ca_1']]);
    await there.clock.advance(0);
    assert.deepEqual(there.changes, ['changed ca_1 ACTIVE', 'changed ca_1 INACTIVE']);
    assert.deepEqual(client.given('get').slice(0, 1), ['ca_1']);
  });

  test('a 404 for a changed account removes it, and an unknown account is added', async () => {
    const { store, client, clock, channel, changes } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    client.accounts = [connectedAccount({ id: 'ca_2' })];
    channel.hear(['ca_1', 'ca_2']);
    await clock.advance(0);
    assert.deepEqual(changes.slice(1).sort(), ['changed ca_2 ACTIVE', 'removed ca_1', 'revalidate']);
  });

  test('a failed read of a changed account changes nothing', async () => {
    const { store, client, clock, channel, changes } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    client.always('get', () => Promise.reject(httpFailure(503, 'upstream_error')));
    channel.hear(['ca_1']);
    await clock.advance(0);
    assert.deepEqual(changes, ['changed ca_1 ACTIVE']);
  });

  test('a flood of messages with invented ids causes one list in 10 s and reads no account', async () => {
    const { store, client, clock, channel } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    assert.equal(client.count('list'), 1);
    for (let second = 0; second < 29; second++) {
      for (let message = 0; message < 1000; message++) channel.hear([`ca_${second}_${message}`]);
      await clock.advance(1000);
    }
    assert.deepEqual([client.count('list'), client.count('get')], [4, 0]);
  });

  test('a flood of messages with known ids causes ten reads and one list in 10 s', async () => {
    const accounts = Array.from({ length: 50 }, (_, index) => connectedAccount({ id: `ca_${index}` }));
    const { store, client, clock, channel } = storeOf(accounts);
    await store.connection('ac_github');
    for (let message = 0; message < 1000; message++) channel.hear([`ca_${message % 50}`]);
    await clock.advance(9_999);
    assert.deepEqual([client.count('list'), client.count('get')], [2, 10]);
  });

  test('a change after a flood is seen within 10 s', async () => {
    const { store, client, clock, channel } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    for (let message = 0; message < 100; message++) channel.hear([`ca_invented_${message}`]);
    await clock.advance(0);
    for (let message = 0; message < 100; message++) channel.hear([`ca_invented_${message}`]);
    client.change('ca_1', { status: 'INACTIVE' });
    channel.hear(['ca_1']);
    await clock.advance(10_000);
    assert.equal(store.get('ca_1')?.status, 'INACTIVE');
  });
});

describe('AccountsStore when the user returns to the page', () => {
  test('reads the accounts again, at most every 10 s', async () => {
    const { store, client, clock, page, changes } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    client.change('ca_1', { status: 'EXPIRED' });
    page.signal('active');
    await clock.advance(9_999);
    page.signal('active');
    await clock.advance(0);
    assert.equal(client.count('list'), 1);
    await clock.advance(1);
    page.signal('active');
    page.signal('active');
    await clock.advance(0);
    assert.equal(client.count('list'), 2);
    assert.deepEqual(changes, ['changed ca_1 ACTIVE', 'revalidate', 'changed ca_1 EXPIRED']);
  });

  test('removes accounts that are gone, but not those that an incomplete page lacks', async () => {
    const { store, client, clock, page, changes } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    client.next('list', () => ({ items: [], nextCursor: 'page-2', totalPages: 2 }));
    client.next('list', () => ({ items: [], nextCursor: null, totalPages: 1 }));
    await clock.advance(10_000);
    page.signal('active');
    await clock.advance(0);
    assert.notEqual(store.get('ca_1'), undefined);
    client.accounts = [];
    await clock.advance(10_000);
    page.signal('active');
    await clock.advance(0);
    assert.equal(changes.at(-1), 'removed ca_1');
  });
});

describe('a late response to AccountsStore', () => {
  test('does not undo a change that the server confirmed in the meantime', async () => {
    const { store, client, clock, page } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    let answer: (page: object) => void = () => {};
    client.next('list', () => new Promise((resolve) => (answer = resolve)));
    await clock.advance(10_000);
    page.signal('active');
    await clock.advance(0);
    store.upsert(connectedAccount({ alias: 'work' }));
    store.upsert(connectedAccount({ id: 'ca_2' }));
    answer({ items: [connectedAccount()], nextCursor: null, totalPages: 1 });
    await clock.advance(0);
    assert.equal(store.get('ca_1')?.alias, 'work');
    assert.notEqual(store.get('ca_2'), undefined);
  });

  test('does not bring back an account that was disconnected in the meantime', async () => {
    const { store, client, clock, channel } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    let answer: (account: object) => void = () => {};
    client.next('get', () => new Promise((resolve) => (answer = resolve)));
    channel.hear(['ca_1']);
    await clock.advance(0);
    store.remove('ca_1');
    answer(connectedAccount());
    await clock.advance(0);
    assert.equal(store.get('ca_1'), undefined);
  });
});

test('AccountsStore does not notify of an account that has not changed', async () => {
  const { store, changes } = storeOf([]);
  store.upsert(connectedAccount());
  store.upsert(connectedAccount());
  await store.merge(async () => ({ accounts: [connectedAccount()] }));
  assert.deepEqual(changes, ['changed ca_1 ACTIVE']);
});
