import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finishReconnect } from '../../src/core/accounts/account-actions.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';
import { storeOf } from '../support/store-under-test.js';

const old = (different: Partial<ConnectedAccount> = {}) =>
  connectedAccount({ id: 'ca_old', status: 'EXPIRED', alias: 'work', ...different });
const fresh = connectedAccount({ id: 'ca_new' });

function reconnected(previous: ConnectedAccount) {
  const test = storeOf([previous, fresh]);
  test.store.upsert(previous);
  test.store.upsert(fresh);
  test.changes.length = 0;
  const writes = () =>
    test.client.calls
      .filter(({ method }) => ['update', 'enable', 'disable', 'delete'].includes(method))
      .map(({ method, given: [id, change] }) => [method, id, ...(method === 'update' ? [change] : [])]);
  return { ...test, writes };
}

test('the old account gives up its name and is removed, and the new one gets the name', async () => {
  const { store, client, writes } = reconnected(old());
  const finished = await finishReconnect(store, old(), fresh);
  assert.deepEqual(writes(), [
    ['update', 'ca_old', { alias: '' }],
    ['delete', 'ca_old'],
    ['update', 'ca_new', { alias: 'work' }],
  ]);
  assert.equal(finished.account.alias, 'work');
  assert.deepEqual([finished.aliasError, finished.removalError], [null, null]);
  assert.deepEqual(
    client.accounts.map(({ id, alias }) => [id, alias]),
    [['ca_new', 'work']],
  );
  assert.equal(store.get('ca_old'), undefined);
});

test('an old account without a name is only removed', async () => {
  const { store, writes } = reconnected(old({ alias: null }));
  await finishReconnect(store, old({ alias: null }), fresh);
  assert.deepEqual(writes(), [['delete', 'ca_old']]);
});

test("an ACTIVE old account is deleted without revocation, which would end the new one's access", async () => {
  const { store, client, writes } = reconnected(old({ alias: null, status: 'ACTIVE' }));
  await finishReconnect(store, old({ alias: null, status: 'ACTIVE' }), fresh);
  assert.deepEqual(writes(), [['delete', 'ca_old']]);
  assert.deepEqual(client.given('delete'), ['ca_old', { userId: 'user_1', revoke: false }]);
});

test('a failed removal is reported, and the name is still carried over', async () => {
  const { store, client, writes } = reconnected(old());
  client.next('delete', () => Promise.reject(httpFailure(500, 'internal_error')));
  const finished = await finishReconnect(store, old(), fresh);
  assert.equal(finished.removalError?.code, 'internal_error');
  assert.equal(finished.aliasError, null);
  assert.equal(finished.account.alias, 'work');
  assert.deepEqual(writes().at(-1), ['update', 'ca_new', { alias: 'work' }]);
});

test('a name that cannot be carried over is reported beside the new account', async () => {
  const { store, client } = reconnected(old());
  client.next('update', () => connectedAccount({ ...old(), alias: null }));
  client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
  const finished = await finishReconnect(store, old(), fresh);
  assert.equal(finished.aliasError?.code, 'alias_taken');
  assert.equal(finished.account.id, 'ca_new');
  assert.equal(finished.account.alias, null);
});

test('an account that was renewed in place is kept', async () => {
  const { store, writes } = reconnected(old());
  const finished = await finishReconnect(store, old(), connectedAccount({ id: 'ca_old' }));
  assert.equal(finished.account.id, 'ca_old');
  assert.deepEqual(writes(), []);
});
