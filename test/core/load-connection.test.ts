import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AccountsStore } from '../../src/core/accounts/accounts-store.js';
import { loadConnection, loadedError } from '../../src/core/flow/existing-account.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakePage } from '../support/fake-ports.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';

const NOON = Date.parse('2026-03-01T12:00:00Z');

function load(client: MemoryClient) {
  const store = new AccountsStore({ client, userId: 'user_1', clock: new FakeClock(), page: new FakePage() });
  return loadConnection(store, 'ac_github', () => NOON);
}

const failsWith = (code: string) => (error: unknown) => error instanceof ConnectError && error.code === code;

test("loading reads the auth config once and the user's accounts once", async () => {
  const client = new MemoryClient();
  client.accounts = [connectedAccount()];
  const loaded = await load(client);
  assert.deepEqual(loaded, { authConfig: authConfig(), account: connectedAccount(), pending: null });
  assert.deepEqual(
    client.calls.map(({ method }) => method),
    ['authConfigs', 'list'],
  );
  assert.deepEqual(client.given('authConfigs')[0], ['ac_github']);
  assert.deepEqual(client.given('list')[0], { authConfigIds: ['ac_github'], limit: 100 });
  const { userId } = client.given('list')[1] as { userId: string };
  assert.equal(userId, 'user_1');
});

test('an ACTIVE account beyond the first page is found', async () => {
  const client = new MemoryClient();
  const dead = connectedAccount({ id: 'ca_dead', status: 'REVOKED' });
  client.next('list', () => ({ items: [dead], nextCursor: 'page-2', totalPages: 2 }));
  client.next('list', () => ({ items: [connectedAccount({ id: 'ca_101' })], nextCursor: null, totalPages: 1 }));
  const { account } = await load(client);
  assert.equal(account?.id, 'ca_101');
  assert.deepEqual(client.given('list')[0], { authConfigIds: ['ac_github'], limit: 100, statuses: ['ACTIVE'] });
});

test('no second page is read if the first one has an ACTIVE account', async () => {
  const client = new MemoryClient();
  client.next('list', () => ({ items: [connectedAccount()], nextCursor: 'page-2', totalPages: 2 }));
  await load(client);
  assert.equal(client.count('list'), 1);
});

test('an auth config that the backend leaves out is null', async () => {
  const client = new MemoryClient();
  client.configs = [authConfig({ id: 'ac_other' })];
  await assert.rejects(load(client), failsWith('auth_config_not_found'));
});

test('a disabled auth config is an error unless the user has an account', async () => {
  const client = new MemoryClient();
  client.configs = [authConfig({ isDisabled: true })];
  assert.equal(loadedError(await load(client))?.code, 'auth_config_disabled');
  client.accounts = [connectedAccount()];
  assert.equal(loadedError(await load(client)), null);
});

describe('backends with only link and get', () => {
  for (const status of [404, 405]) {
    test(`a backend that responds with ${status} to both reads offers neither`, async () => {
      const client = new MemoryClient();
      client.always('authConfigs', () => Promise.reject(httpFailure(status, 'not_found')));
      client.always('list', () => Promise.reject(httpFailure(status, 'invalid_request')));
      assert.deepEqual(await load(client), { authConfig: null, account: null, pending: null });
    });
  }

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [500, 'internal_error'],
  ] as const) {
    test(`a status of ${status} is a failure of the read`, async () => {
      const client = new MemoryClient();
      client.always('list', () => Promise.reject(httpFailure(status, code)));
      await assert.rejects(load(client), failsWith(code));
    });
  }

  test('a network failure is a failure of the read', async () => {
    const client = new MemoryClient();
    client.always('authConfigs', () => Promise.reject(new TypeError('Failed to fetch')));
    await assert.rejects(load(client), TypeError);
  });
});
