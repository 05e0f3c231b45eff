import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type AccountAction,
  actionsFor,
  disableAccount,
  disconnectAccount,
  enableAccount,
  renameAccount,
} from '../../src/core/accounts/account-actions.js';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import type { ConnectedAccount, ConnectionStatus } from '../../src/core/model/connection-types.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';
import { storeOf } from '../support/store-under-test.js';

const withScheme = (authScheme: string, status: ConnectionStatus): ConnectedAccount =>
  connectedAccount({ status, authConfig: { ...connectedAccount().authConfig, authScheme } });

const failsWith = (code: string) => (error: unknown) => error instanceof ConnectError && error.code === code;

describe('actionsFor', () => {
  const OFFERED: ReadonlyArray<readonly [string, ConnectionStatus, readonly AccountAction[]]> = [
    ['OAUTH2', 'ACTIVE', ['reconnect', 'rename', 'disable', 'disconnect']],
    ['OAUTH2', 'INACTIVE', ['enable', 'rename', 'disconnect']],
    ['OAUTH2', 'EXPIRED', ['reconnect', 'rename', 'disconnect']],
    ['OAUTH2', 'REVOKED', ['reconnect', 'rename', 'disconnect']],
    ['OAUTH2', 'FAILED', ['reconnect', 'rename', 'disconnect']],
    ['OAUTH2', 'INITIATED', ['reconnect', 'disconnect']],
    ['OAUTH2', 'INITIALIZING', ['reconnect', 'disconnect']],
    ['API_KEY', 'ACTIVE', ['reconnect', 'rename', 'disable', 'disconnect']],
    ['API_KEY', 'EXPIRED', ['reconnect', 'rename', 'disconnect']],
    ['API_KEY', 'INITIATED', ['reconnect', 'disconnect']],
    ['NO_AUTH', 'ACTIVE', ['reconnect', 'rename', 'disable', 'disconnect']],
  ];
  for (const [scheme, status, offered] of OFFERED) {
    test(`an account with ${scheme} and status ${status} allows ${offered.join(', ')}`, () => {
      assert.deepEqual(actionsFor(withScheme(scheme, status)), offered);
    });
  }

  test('no account offers a refresh, which checks nothing at Composio any more', () => {
    for (const authScheme of ['API_KEY', 'OAUTH2', undefined]) {
      const authConfig = { ...connectedAccount().authConfig, authScheme } as ConnectedAccount['authConfig'];
      assert.ok(!actionsFor(connectedAccount({ authConfig })).some((action) => String(action) === 'refresh'));
    }
  });

  test('an account of a disabled auth config cannot be reconnected', () => {
    const authConfig = { ...connectedAccount().authConfig, isDisabled: true };
    assert.deepEqual(actionsFor(connectedAccount({ status: 'EXPIRED', authConfig })), ['rename', 'disconnect']);
  });
});

describe('account actions', () => {
  test('an action changes the store only after the server has confirmed it', async () => {
    const { store, client, changes } = storeOf([connectedAccount()]);
    const disabling = disableAccount(store, connectedAccount());
    assert.deepEqual(changes, []);
    assert.equal((await disabling).status, 'INACTIVE');
    assert.deepEqual(changes, ['changed ca_1 INACTIVE']);
    assert.equal((await enableAccount(store, connectedAccount())).status, 'ACTIVE');
    assert.deepEqual(client.given('enable'), ['ca_1', { userId: 'user_1' }]);
  });

  test('a failed action leaves the store unchanged and passes the error on', async () => {
    const { store, client, changes } = storeOf([connectedAccount()]);
    client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await assert.rejects(disableAccount(store, connectedAccount()), failsWith('upstream_error'));
    assert.deepEqual(changes, []);
  });

  test('an action on a deleted account removes it from the store and rejects with not_found', async () => {
    const { store, changes } = storeOf([]);
    store.upsert(connectedAccount());
    await assert.rejects(renameAccount(store, connectedAccount(), 'work'), failsWith('not_found'));
    assert.deepEqual(changes, ['changed ca_1 ACTIVE', 'removed ca_1']);
  });

  test('a 404 of a server that lacks the route takes the action away, not the account', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    store.upsert(connectedAccount());
    const noRoute = connectErrorInfo('not_found', 'There is no such page.', { status: 404 });
    client.next('update', () => Promise.reject(new ConnectError(noRoute, { isForeign: true })));
    await assert.rejects(renameAccount(store, connectedAccount(), 'work'), failsWith('not_found'));
    assert.notEqual(store.get('ca_1'), undefined);
    assert.equal(store.offers('update'), false);
  });
});

describe('renameAccount', () => {
  test('renaming sends the trimmed name, or an empty one to clear it', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    assert.equal((await renameAccount(store, connectedAccount(), '  work ')).alias, 'work');
    assert.deepEqual(client.given('update')[1], { alias: 'work' });
    assert.equal((await renameAccount(store, connectedAccount(), '')).alias, null);
  });

  test('renaming passes alias_taken on', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await assert.rejects(renameAccount(store, connectedAccount(), 'work'), failsWith('alias_taken'));
  });

  for (const [what, name] of [
    ['256 characters', 'x'.repeat(256)],
    ['two lines', 'one\ntwo'],
  ] as const) {
    test(`renaming to a name of ${what} sends no request`, async () => {
      const { store, client } = storeOf([connectedAccount()]);
      await assert.rejects(renameAccount(store, connectedAccount(), name), failsWith('invalid_request'));
      assert.equal(client.count('update'), 0);
    });
  }
});

describe('disconnectAccount', () => {
  test('disconnecting removes the account from the store only after the server has confirmed it', async () => {
    const { store, changes } = storeOf([connectedAccount()]);
    store.upsert(connectedAccount());
    const disconnecting = disconnectAccount(store, connectedAccount());
    assert.notEqual(store.get('ca_1'), undefined);
    await disconnecting;
    assert.equal(store.get('ca_1'), undefined);
    assert.deepEqual(changes, ['changed ca_1 ACTIVE', 'removed ca_1']);
  });

  test('a failed disconnect keeps the account in the store', async () => {
    const { store, client } = storeOf([connectedAccount()]);
    store.upsert(connectedAccount());
    client.next('delete', () => Promise.reject(httpFailure(500, 'internal_error')));
    await assert.rejects(disconnectAccount(store, connectedAccount()), failsWith('internal_error'));
    assert.notEqual(store.get('ca_1'), undefined);
  });
});
