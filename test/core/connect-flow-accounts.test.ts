import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AccountsStore } from '../../src/core/accounts/accounts-store.js';
import type { ConnectSettings } from '../../src/core/flow/connect-settings.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { until } from '../support/fake-clock.js';
import { FakePorts } from '../support/fake-ports.js';
import { awaitingFlow, startFlow } from '../support/flow-under-test.js';
import { connectedAccount, MemoryClient } from '../support/memory-client.js';

/** A flow whose store the test can change, as another element of the page would. */
async function sharedFlow(accounts: readonly ConnectedAccount[], settings: Partial<ConnectSettings> = {}) {
  const ports = new FakePorts();
  const client = new MemoryClient(() => ports.clock.wallNow());
  const store = new AccountsStore({ client, userId: 'user_1', clock: ports.clock, page: ports.page });
  const under = startFlow({ accounts, ports, client, settings: { store, ...settings } });
  await under.loaded();
  return Object.assign(under, { store });
}

describe('changes by another element', () => {
  test('changes by another element show at once: connected, disabled, renamed, removed', async () => {
    const { store, flow } = await sharedFlow([]);
    const shown = () => [flow.state.phase, flow.state.account?.alias];
    store.upsert(connectedAccount());
    assert.deepEqual(shown(), ['connected', null]);
    store.upsert(connectedAccount({ status: 'INACTIVE' }));
    assert.deepEqual(shown(), ['needs-attention', null]);
    store.upsert(connectedAccount({ alias: 'work' }));
    assert.deepEqual(shown(), ['connected', 'work']);
    store.remove('ca_1');
    assert.deepEqual(shown(), ['ready', undefined]);
  });

  test('an account that was disconnected after the load is connected again by a link', async () => {
    const { store, flow, client, ends } = await sharedFlow([connectedAccount()]);
    assert.equal(flow.state.phase, 'connected');
    client.accounts = [];
    store.remove('ca_1');
    const outcome = flow.connect();
    await until(() => flow.state.phase === 'awaiting-authorization', 'a link');
    assert.deepEqual([client.count('link'), ends], [1, []]);
    flow.cancel('user');
    assert.deepEqual(await outcome, { status: 'cancelled', reason: 'user' });
  });

  test('a change to an account of another auth config does not show', async () => {
    const { store, flow, events } = await sharedFlow([]);
    const before = events.length;
    store.upsert(connectedAccount({ authConfig: { ...connectedAccount().authConfig, id: 'ac_other' } }));
    assert.equal(flow.state.phase, 'ready');
    assert.equal(events.length, before);
  });

  test('a change by another element does not end an attempt', async () => {
    const { store, flow, ends } = await sharedFlow([connectedAccount({ status: 'EXPIRED' })]);
    void flow.connect();
    assert.equal(flow.state.phase, 'preparing');
    store.upsert(connectedAccount());
    assert.equal(flow.state.phase, 'preparing');
    assert.equal(flow.state.account?.status, 'ACTIVE');
    assert.deepEqual(ends, []);
  });

  test('a change by another element keeps an error unless an account is ACTIVE now', async () => {
    const { store, flow, client } = await sharedFlow([connectedAccount({ status: 'EXPIRED' })]);
    client.next('link', () => Promise.reject(new Error('broken')));
    await flow.connect();
    assert.equal(flow.state.phase, 'failed');
    store.upsert(connectedAccount({ status: 'REVOKED' }));
    assert.deepEqual([flow.state.phase, flow.state.account?.status], ['failed', 'REVOKED']);
    store.upsert(connectedAccount());
    assert.deepEqual([flow.state.phase, flow.state.error], ['connected', null]);
  });
});

test('the final status of an attempt goes into the store for the other elements', async () => {
  const ports = new FakePorts();
  const client = new MemoryClient(() => ports.clock.wallNow());
  const store = new AccountsStore({ client, userId: 'user_1', clock: ports.clock, page: ports.page });
  const under = await awaitingFlow({ ports, client, settings: { store } });
  assert.equal(store.get(under.linkedId), undefined);
  under.report('ACTIVE');
  await ports.clock.advance(5_000);
  assert.equal(store.get(under.linkedId)?.status, 'ACTIVE');
});

describe('replacements', () => {
  const old = connectedAccount({ id: 'ca_old', alias: 'work' });

  test('a replacement is created beside an ACTIVE account without the name that the old one still has', async () => {
    const under = await sharedFlow([old], { alias: 'work' });
    void under.flow.connect('attempt-1', old);
    await under.reaches('awaiting-authorization');
    const link = under.client.given('link')[2] as { allowMultiple: boolean; alias?: string };
    assert.equal(link.allowMultiple, true);
    assert.equal('alias' in link, false);
    assert.equal(under.flow.state.account?.id, 'ca_old');
  });

  test('a replacement passes the old account on at its end', async () => {
    const under = await sharedFlow([old]);
    const outcome = under.flow.connect('attempt-1', old);
    await under.reaches('awaiting-authorization');
    under.report('ACTIVE');
    await under.ports.clock.advance(5_000);
    assert.equal((await outcome).status, 'connected');
    const end = under.events.find((event) => event.type === 'ended');
    assert.equal(end?.replaces?.id, 'ca_old');
    assert.equal(under.flow.state.account?.id, under.linkedId);
  });

  test('a cancelled replacement leaves the old account unchanged', async () => {
    const under = await sharedFlow([old]);
    void under.flow.connect('attempt-1', old);
    await under.reaches('awaiting-authorization');
    under.flow.cancel('user');
    assert.deepEqual([under.flow.state.phase, under.flow.state.account?.id], ['connected', 'ca_old']);
  });

  test('a replacement continues after a reload and still knows the old account', async () => {
    const before = await sharedFlow([old]);
    void before.flow.connect('attempt-1', old);
    await before.reaches('awaiting-authorization');
    const { ports, client } = before;
    const after = startFlow({ ports: new FakePorts({ clock: ports.clock, storage: ports.storage }), client });
    await after.reaches('awaiting-authorization');
    client.change(before.linkedId, { status: 'ACTIVE' });
    await ports.clock.advance(5_000);
    const end = after.events.find((event) => event.type === 'ended');
    assert.equal(end?.replaces?.id, 'ca_old');
  });
});
