import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStorage } from 'unstorage';
import { createRecords } from '../../src/server/store/records.js';
import type { ConnectStore } from '../../src/server.js';
import { startBackend } from './support/backend.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;

/** A store of one of the accepted shapes, which keeps JSON as Redis would. */
function jsonStore(erase: 'delete' | 'del' | 'removeItem') {
  const texts = new Map<string, string>();
  const ttls: number[] = [];
  const store = {
    get: async (key: string) => JSON.parse(texts.get(key) ?? 'null'),
    set: async (key: string, value: unknown, { ttl }: { ttl: number }) => {
      texts.set(key, JSON.stringify(value));
      ttls.push(ttl);
    },
    [erase]: async (key: string) => void texts.delete(key),
  };
  return { store: store as unknown as ConnectStore, texts, ttls };
}

const STORES: Record<string, () => ConnectStore> = {
  'an unstorage': () => createStorage(),
  'a Map': () => new Map(),
  'a store with delete': () => jsonStore('delete').store,
  'a store with del': () => jsonStore('del').store,
  'a store with removeItem': () => jsonStore('removeItem').store,
  'a store that names a delete that it does not have': () => ({ delete: undefined, ...jsonStore('del').store }),
};

for (const [name, createStore] of Object.entries(STORES)) {
  test(`instances that share ${name} find each other's links`, async () => {
    for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
    const store = createStore();
    const [one, other] = [createHandler({ store }), createHandler({ store })];
    const { id, redirectUrl, verifier, challenge } = await startLink(one);
    const shared = await startLink(other, { bindingChallenge: challenge });
    assert.equal(shared.id, id, 'the pending link is shared');
    const state = await finish(backend, redirectUrl);
    assert.equal((await other.send('GET', `/connected-accounts/${id}`)).json.status, 'INITIATED');
    const bound = await other.send('POST', '/callback', { as: null, body: { state, bindingVerifier: verifier } });
    assert.equal(bound.status, 200);
    assert.equal((await one.send('GET', `/connected-accounts/${id}`)).json.status, 'ACTIVE');

    const second = await startLink(one, { allowMultiple: true });
    const secondState = await finish(backend, second.redirectUrl);
    assert.equal((await other.send('POST', '/callback', { as: null, body: { state: secondState } })).status, 403);
    assert.equal((await one.send('GET', `/connected-accounts/${second.id}`)).status, 404);
  });
}

test('every stored value is a plain object under one prefix and expires', async () => {
  const { store, texts, ttls } = jsonStore('delete');
  await startLink(createHandler({ store }), { authConfigId: 'ac_slack' });
  assert.deepEqual(
    [...texts.keys()].map((key) => key.split(':').slice(0, 2).join(':')).sort(),
    ['account', 'link', 'pending', 'started'].map((kind) => `connect-account:${kind}`),
  );
  for (const text of texts.values()) assert.ok(JSON.parse(text).expiresAt > Date.now());
  assert.ok(ttls.every((ttl) => Number.isInteger(ttl) && ttl > 0));
});

test('an expired value is ignored even if the store kept it', async () => {
  const store = new Map([
    ['connect-account:over', { expiresAt: Date.now() }],
    ['connect-account:valid', { expiresAt: Date.now() + 60_000 }],
  ]);
  const records = createRecords(store);
  assert.equal(await records.read('over'), null);
  assert.notEqual(await records.read('valid'), null);
});

for (const method of ['get', 'set', 'delete'] as const) {
  test(`a store whose ${method} fails is 500 and removes nothing`, async (context) => {
    for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
    const log = context.mock.method(console, 'error', () => {});
    const { store } = jsonStore('delete');
    const failing = { ...store, [method]: () => Promise.reject(new Error('CANARY')) } as ConnectStore;
    const handler = createHandler({ store: failing });
    const answer = await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' } });
    assert.deepEqual([answer.status, answer.json.error.code], [500, 'internal_error']);
    assert.match(String(log.mock.calls[0]?.arguments[0]), /`store` threw Error/);
    assert.doesNotMatch(log.mock.calls.map((call) => call.arguments.join()).join(), /CANARY/);
  });
}

test('the memory store drops expired values', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  const { createMemoryStore } = await import('../../src/server/store/store.js');
  const store = createMemoryStore();
  await store.set('short', { expiresAt: Date.now() + 1000 }, { ttl: 1 });
  await store.set('long', { expiresAt: Date.now() + 3600_000 }, { ttl: 3600 });
  context.mock.timers.tick(61_000);
  await store.set('other', { expiresAt: Date.now() + 1000 }, { ttl: 1 });
  assert.deepEqual([store.get('short'), store.get('long')], [undefined, { expiresAt: 1_800_003_600_000 }]);
});
