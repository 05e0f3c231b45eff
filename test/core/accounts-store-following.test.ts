import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { FakeChannel, storeOf } from '../support/store-under-test.js';

describe('another tab', () => {
  test('hears which accounts changed, by id and nothing else, and asks the server', async () => {
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

  test('takes its 404 for "gone", and learns of accounts that it did not know', async () => {
    const { store, client, clock, channel, changes } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    client.accounts = [connectedAccount({ id: 'ca_2' })];
    channel.hear(['ca_1', 'ca_2']);
    await clock.advance(0);
    assert.deepEqual(changes.slice(1).sort(), ['changed ca_2 ACTIVE', 'removed ca_1']);
  });

  test('is not believed: a failure changes nothing', async () => {
    const { store, client, clock, channel, changes } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    client.always('get', () => Promise.reject(httpFailure(503, 'upstream_error')));
    channel.hear(['ca_1']);
    await clock.advance(0);
    assert.deepEqual(changes, ['changed ca_1 ACTIVE']);
  });

  test('that sends a flood of messages causes ten requests in half a second', async () => {
    const { client, clock, channel } = storeOf([]);
    for (let message = 0; message < 1000; message++) channel.hear([`ca_${message % 100}`]);
    await clock.advance(0);
    assert.equal(client.count('get'), 10);
    await clock.advance(499);
    assert.equal(client.count('get'), 10);
    await clock.advance(1);
    assert.equal(client.count('get'), 20);
  });
});

describe('a page that is looked at again', () => {
  test('asks for the accounts again, every 10 s at most', async () => {
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

  test('misses what is gone, yet not what a page of the list does not hold', async () => {
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

describe('an answer that was overtaken', () => {
  test('does not undo what the server has confirmed since', async () => {
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

  test('does not bring back what was disconnected since', async () => {
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

test('what has not changed is not told', async () => {
  const { store, changes } = storeOf([]);
  store.upsert(connectedAccount());
  store.upsert(connectedAccount());
  await store.merge(async () => ({ accounts: [connectedAccount()] }));
  assert.deepEqual(changes, ['changed ca_1 ACTIVE']);
});
