import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectError } from '../../src/core/model/connect-error.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { storeOf } from '../support/store-under-test.js';

const accountOf = (authConfigId: string, different: Partial<ConnectedAccount> = {}): ConnectedAccount =>
  connectedAccount({ authConfig: { ...connectedAccount().authConfig, id: authConfigId }, ...different });

const failsWith = (code: string) => (thrown: unknown) => thrown instanceof ConnectError && thrown.code === code;

const reads = (client: MemoryClient) => client.calls.map(({ method }) => method);

describe('AccountsStore.connection()', () => {
  test('reads concurrent auth configs in one request, and their accounts in another', async () => {
    const { store, client } = storeOf([accountOf('ac_a', { id: 'ca_a' }), accountOf('ac_b', { id: 'ca_b' })]);
    client.configs = [authConfig({ id: 'ac_a' }), authConfig({ id: 'ac_b' })];
    const known = await Promise.all(['ac_a', 'ac_b', 'ac_a'].map((id) => store.connection(id)));
    assert.deepEqual(
      known.map((one) => [one.authConfig?.id, one.accounts.map(({ id }) => id)]),
      [
        ['ac_a', ['ca_a']],
        ['ac_b', ['ca_b']],
        ['ac_a', ['ca_a']],
      ],
    );
    assert.deepEqual(reads(client), ['authConfigs', 'list']);
    assert.deepEqual(client.given('authConfigs')[0], ['ac_a', 'ac_b']);
    assert.deepEqual(client.given('list')[0], { authConfigIds: ['ac_a', 'ac_b'], limit: 100 });
  });

  test('reads at most 100 auth configs per request', async () => {
    const { store, client } = storeOf([]);
    const ids = Array.from({ length: 150 }, (_, index) => `ac_${index}`);
    client.configs = ids.map((id) => authConfig({ id }));
    await Promise.all(ids.map((id) => store.connection(id)));
    assert.deepEqual(
      client.calls.filter(({ method }) => method === 'authConfigs').map(({ given }) => (given[0] as string[]).length),
      [100, 50],
    );
    assert.equal(client.count('list'), 2);
  });

  test('reads only what is not cached', async () => {
    const { store, client } = storeOf([]);
    client.configs = [authConfig({ id: 'ac_a' }), authConfig({ id: 'ac_b' })];
    await store.connection('ac_a');
    await store.connection('ac_a');
    assert.equal(client.calls.length, 2);
    await Promise.all([store.connection('ac_a'), store.connection('ac_b')]);
    assert.deepEqual(client.given('authConfigs')[0], ['ac_b']);
    assert.equal(client.calls.length, 4);
  });
});

describe('a failed read of AccountsStore', () => {
  test('does not fail the others of its batch: an unknown auth config', async () => {
    const { store } = storeOf([]);
    const [known, unknown] = await Promise.allSettled([store.connection('ac_github'), store.connection('ac_typo')]);
    assert.equal(known?.status, 'fulfilled');
    assert.ok(unknown?.status === 'rejected' && failsWith('auth_config_not_found')(unknown.reason));
  });

  test('does not fail the others of its batch: a malformed id', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    const refuse = () => Promise.reject(httpFailure(400, 'invalid_request'));
    client.next('authConfigs', refuse);
    const isBad = () => ((client.given('authConfigs')[0] as string[])[0] === 'no id' ? refuse() : [authConfig()]);
    client.always('authConfigs', isBad);
    const [bad, good] = await Promise.allSettled([store.connection('no id'), store.connection('ac_github')]);
    assert.ok(bad?.status === 'rejected' && failsWith('invalid_request')(bad.reason));
    assert.ok(good?.status === 'fulfilled' && good.value.accounts.length === 1);
  });

  test('is repeated in halves, which an earlier version of the backend accepts', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `ac_${index}`);
    const { store, client, clock, page } = storeOf(ids.map((id) => accountOf(id, { id: `ca_of_${id}` })));
    const configs = ids.map((id) => authConfig({ id }));
    const refuse = () => Promise.reject(httpFailure(400, 'invalid_request'));
    client.always('authConfigs', () => {
      const asked = client.given('authConfigs')[0] as string[];
      return asked.length > 50 ? refuse() : configs.filter(({ id }) => asked.includes(id));
    });
    client.always('list', () => {
      const { authConfigIds = [] } = client.given('list')[0] as { authConfigIds?: string[] };
      if (authConfigIds.length > 50) return refuse();
      const items = client.accounts.filter(({ authConfig: { id } }) => authConfigIds.includes(id));
      return { items, nextCursor: null, totalPages: 1 };
    });
    const known = await Promise.all(ids.map((id) => store.connection(id)));
    assert.deepEqual(
      known.map(({ authConfig: found, accounts }) => [found?.id, accounts.length]),
      ids.map((id) => [id, 1]),
    );
    assert.deepEqual([client.count('authConfigs'), client.count('list')], [3, 3]);
    client.accounts = client.accounts.filter(({ id }) => id !== 'ca_of_ac_99');
    await clock.advance(10_000);
    page.signal('active');
    await clock.advance(0);
    assert.deepEqual(store.accountsOf('ac_99'), []);
    assert.equal(client.count('list'), 6);
  });

  test('is repeated by the next call', async () => {
    const { store, client } = storeOf([]);
    client.next('list', () => Promise.reject(httpFailure(503, 'upstream_error')));
    await assert.rejects(store.connection('ac_github'), failsWith('upstream_error'));
    assert.deepEqual((await store.connection('ac_github')).accounts, []);
  });
});

describe('AccountsStore and accounts beyond the first page', () => {
  test('looks for an ACTIVE account if the first page has none', async () => {
    const { store, client } = storeOf([]);
    client.configs = [authConfig({ id: 'ac_a' }), authConfig({ id: 'ac_b' })];
    const page = [accountOf('ac_a'), accountOf('ac_b', { id: 'ca_dead', status: 'REVOKED' })];
    client.next('list', () => ({ items: page, nextCursor: 'page-2', totalPages: 2 }));
    client.next('list', () => ({ items: [accountOf('ac_b', { id: 'ca_101' })], nextCursor: null, totalPages: 1 }));
    const [, b] = await Promise.all([store.connection('ac_a'), store.connection('ac_b')]);
    assert.deepEqual(client.given('list')[0], { authConfigIds: ['ac_b'], statuses: ['ACTIVE'], limit: 100 });
    assert.deepEqual(
      b.accounts.map(({ id }) => id),
      ['ca_dead', 'ca_101'],
    );
  });

  test('stops reading if the backend returns the same page forever', async () => {
    const { store, client } = storeOf([]);
    client.always('list', () => ({ items: [], nextCursor: 'again', totalPages: 9 }));
    assert.deepEqual((await store.connection('ac_github')).accounts, []);
    assert.equal(client.count('list'), 3);
  });
});

describe('AccountsStore without listeners', () => {
  test('keeps no listener, no timer and no accounts', async () => {
    const { store, client, clock, page, channel, unsubscribe } = storeOf([connectedAccount()]);
    await store.connection('ac_github');
    channel.hear(['ca_1']);
    unsubscribe();
    assert.deepEqual([clock.timers, page.listeners, channel.listeners], [0, 0, 0]);
    client.accounts = [];
    store.subscribe(() => {});
    assert.deepEqual((await store.connection('ac_github')).accounts, []);
    assert.equal(client.count('authConfigs'), 2);
  });

  test('rejects the pending reads and aborts the requests', async () => {
    const { store, client, unsubscribe } = storeOf([]);
    const waiting = store.connection('ac_github');
    unsubscribe();
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal(client.calls.length, 0);
  });

  test('uses the client of a current listener', async () => {
    const { store, client, unsubscribe } = storeOf([]);
    const another = new MemoryClient();
    const leave = store.subscribe(() => {}, client);
    store.subscribe(() => {}, another);
    assert.equal(store.client, client);
    leave();
    unsubscribe();
    assert.equal(store.client, another);
  });
});
