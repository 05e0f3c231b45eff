import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AccountAction,
  actionsFor,
  disableAccount,
  disconnectAccount,
  enableAccount,
  refreshAccount,
  renameAccount,
} from '../../src/core/accounts/account-actions.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import type { ConnectedAccount, ConnectionStatus } from '../../src/core/model/connection-types.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';
import { storeOf } from '../support/store-under-test.js';

const withScheme = (authScheme: string, status: ConnectionStatus): ConnectedAccount =>
  connectedAccount({ status, authConfig: { ...connectedAccount().authConfig, authScheme } });

const failsWith = (code: string) => (thrown: unknown) => thrown instanceof ConnectError && thrown.code === code;

describe('actionsFor', () => {
  const OFFERED: ReadonlyArray<readonly [string, ConnectionStatus, readonly AccountAction[]]> = [
    ['OAUTH2', 'ACTIVE', ['reconnect', 'rename', 'disable', 'disconnect']],
    ['OAUTH2', 'INACTIVE', ['enable', 'rename', 'disconnect']],
    ['OAUTH2', 'EXPIRED', ['reconnect', 'rename', 'disconnect']],
    ['OAUTH2', 'REVOKED', ['reconnect', 'rename', 'disconnect']],
    ['OAUTH2', 'FAILED', ['reconnect', 'rename', 'disconnect']],
    ['OAUTH2', 'INITIATED', ['reconnect', 'disconnect']],
    ['OAUTH2', 'INITIALIZING', ['reconnect', 'disconnect']],
    ['API_KEY', 'ACTIVE', ['reconnect', 'refresh', 'rename', 'disable', 'disconnect']],
    ['API_KEY', 'EXPIRED', ['reconnect', 'refresh', 'rename', 'disconnect']],
    ['API_KEY', 'INITIATED', ['reconnect', 'disconnect']],
    ['NO_AUTH', 'ACTIVE', ['reconnect', 'rename', 'disable', 'disconnect']],
  ];
  for (const [scheme, status, offered] of OFFERED) {
    test(`${scheme} ${status}: ${offered.join(', ')}`, () => {
      assert.deepEqual(actionsFor(withScheme(scheme, status)), offered);
    });
  }

  test('nothing is refreshed where the scheme is not told, since a refresh could break it', () => {
    const { authScheme: _, ...authConfig } = connectedAccount().authConfig;
    assert.equal(actionsFor(connectedAccount({ authConfig })).includes('refresh'), false);
  });

  test('nothing is reconnected through an auth config that is disabled', () => {
    const authConfig = { ...connectedAccount().authConfig, isDisabled: true };
    assert.deepEqual(actionsFor(connectedAccount({ status: 'EXPIRED', authConfig })), ['rename', 'disconnect']);
  });
});

describe('an action', () => {
  test('changes the store when the server has confirmed it, and not before', async () => {
    const { store, client, changes } = storeOf([connectedAccount()]);
    const disabling = disableAccount(store, connectedAccount());
    assert.deepEqual(changes, []);
    assert.equal((await disabling).status, 'INACTIVE');
    assert.deepEqual(changes, ['changed ca_1 INACTIVE']);
    assert.equal((await enableAccount(store, connectedAccount())).status, 'ACTIVE');
    assert.deepEqual(client.given('enable'), ['ca_1', { userId: 'user_1' }]);
  });

  test('that fails leaves the store as it was, with the reason', async () => {
    const { store, client, changes } = storeOf([connectedAccount()]);
    client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await assert.rejects(disableAccount(store, connectedAccount()), failsWith('upstream_error'));
    assert.deepEqual(changes, []);
  });

  test('on an account that was deleted meanwhile drops it, and says so', async () => {
    const { store, changes } = storeOf([]);
    store.upsert(connectedAccount());
    await assert.rejects(renameAccount(store, connectedAccount(), 'work'), failsWith('not_found'));
    assert.deepEqual(changes, ['changed ca_1 ACTIVE', 'removed ca_1']);
  });
});

describe('rename', () => {
  test('sends the name without spaces around, and an empty one to clear it', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    assert.equal((await renameAccount(store, connectedAccount(), '  work ')).alias, 'work');
    assert.deepEqual(client.given('update')[1], { alias: 'work' });
    assert.equal((await renameAccount(store, connectedAccount(), '')).alias, null);
  });

  test('passes alias_taken on', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await assert.rejects(renameAccount(store, connectedAccount(), 'work'), failsWith('alias_taken'));
  });

  for (const [what, name] of [
    ['256 characters', 'x'.repeat(256)],
    ['two lines', 'one\ntwo'],
  ] as const) {
    test(`to a name of ${what} asks nobody`, async () => {
      const { store, client } = storeOf([connectedAccount()]);
      await assert.rejects(renameAccount(store, connectedAccount(), name), failsWith('invalid_request'));
      assert.equal(client.count('update'), 0);
    });
  }
});

describe('refresh', () => {
  test('has the credentials validated, and tells how the account is then', async () => {
    const { store, client, changes } = storeOf([connectedAccount({ status: 'EXPIRED' })]);
    client.next('refresh', () => {
      client.change('ca_1', { status: 'ACTIVE' });
      return { id: 'ca_1', status: 'ACTIVE', redirectUrl: null };
    });
    assert.equal((await refreshAccount(store, connectedAccount())).status, 'ACTIVE');
    assert.deepEqual(client.given('refresh'), ['ca_1', { validateCredentials: true }, { userId: 'user_1' }]);
    assert.deepEqual(changes, ['changed ca_1 ACTIVE']);
  });

  test('says that the provider does not take the credentials', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    client.next('refresh', () => Promise.reject(httpFailure(422, 'invalid_credentials')));
    await assert.rejects(refreshAccount(store, connectedAccount()), failsWith('invalid_credentials'));
  });
});

describe('disconnect', () => {
  test('drops the account when the server says so, and not before', async () => {
    const { store, changes } = storeOf([connectedAccount()]);
    store.upsert(connectedAccount());
    const disconnecting = disconnectAccount(store, connectedAccount());
    assert.notEqual(store.get('ca_1'), undefined);
    await disconnecting;
    assert.equal(store.get('ca_1'), undefined);
    assert.deepEqual(changes, ['changed ca_1 ACTIVE', 'removed ca_1']);
  });

  test('that fails leaves it there', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    store.upsert(connectedAccount());
    client.next('delete', () => Promise.reject(httpFailure(500, 'internal_error')));
    await assert.rejects(disconnectAccount(store, connectedAccount()), failsWith('internal_error'));
    assert.notEqual(store.get('ca_1'), undefined);
  });
});
