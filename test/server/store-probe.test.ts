import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectStore } from '../../src/server.js';
import { startBackend } from './support/backend.js';

const { createHandler, emulator } = await startBackend();

/** A store in memory with both atomic steps, of which a test breaks one. */
function createStore(broken: Partial<Record<string, unknown>> = {}) {
  const values = new Map<string, unknown>();
  const counts = new Map<string, number>();
  const store = {
    get: async (key: string) => values.get(key),
    set: async (key: string, value: unknown) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key),
    setIfAbsent: async (key: string, value: unknown) => {
      if (values.has(key)) return false;
      values.set(key, value);
      return true;
    },
    increment: async (key: string) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key);
    },
  };
  const made = { ...store, ...broken } as unknown as ConnectStore;
  return { store: made, values };
}

const logOf = (context: TestContext) => {
  const log = context.mock.method(console, 'error', () => {});
  return () => log.mock.calls.map((call) => call.arguments.join(' ')).join('\n');
};

/** Stores that lose the notes of links in one way each, and what the log says about it. */
const UNFIT: Record<string, [broken: Record<string, unknown>, fix: RegExp]> = {
  'drops what is written': [{ set: async () => {} }, /does not return what was just written/],
  'returns text': [{ get: async () => '{"expiresAt":1}' }, /`get` returns text.*JSON\.parse/],
  'returns something else': [{ get: async () => ({ expiresAt: 1 }) }, /something else than was written/],
  'cannot delete': [{ delete: async () => {} }, /still returns a value that was deleted/],
  'says OK to every setIfAbsent': [{ setIfAbsent: async () => true }, /`setIfAbsent` must return true when/],
  'returns the reply of Redis from setIfAbsent': [{ setIfAbsent: async () => 'OK' }, /`setIfAbsent` must return true/],
  'does not count': [{ increment: async () => 1 }, /`increment` must return 1, then 2/],
};

for (const [name, [broken, fix]] of Object.entries(UNFIT)) {
  test(`a store that ${name} makes every request 500 with the fix in the log and nothing upstream`, async (context) => {
    const log = logOf(context);
    const before = emulator.requests.length;
    const handler = createHandler({ store: createStore(broken).store });
    for (const [method, path] of [
      ['GET', '/connected-accounts'],
      ['POST', '/connected-accounts/link'],
      ['GET', '/callback'],
    ] as const) {
      const body = method === 'POST' ? { authConfigId: 'ac_github' } : undefined;
      const answer = await handler.send(method, path, { body });
      assert.deepEqual([answer.status, answer.json.error.code], [500, 'internal_error']);
    }
    assert.match(log(), fix);
    assert.equal(emulator.requests.length, before);
  });
}

test('a store that takes ttl for ms, as lru-cache does, is refused', async (context) => {
  const log = logOf(context);
  const { store, values } = createStore();
  const set: ConnectStore['set'] = (key, value, { ttl }) => {
    values.set(key, value);
    setTimeout(() => values.delete(key), ttl);
  };
  const handler = createHandler({ store: { ...store, set } });
  assert.equal((await handler.send('GET', '/connected-accounts')).status, 500);
  assert.match(log(), /lost a value 100 ms after it was written\. `ttl` is in seconds/);
});

test('a store that passes is probed once, leaves nothing behind, and serves the first request', async () => {
  const { store, values } = createStore();
  let reads = 0;
  const counted: ConnectStore = {
    ...store,
    get(key: string) {
      if (key.includes(':probe:')) reads += 1;
      return store.get(key);
    },
  };
  const handler = createHandler({ store: counted });
  const answers = await Promise.all([1, 2, 3].map(() => handler.send('GET', '/connected-accounts')));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
  const atFirst = reads;
  await handler.send('GET', '/connected-accounts');
  assert.deepEqual([reads, [...values.keys()].filter((key) => key.includes(':probe:'))], [atFirst, []]);
});

test('a wrong answer is final, though the store is right later', async (context) => {
  logOf(context);
  const { store } = createStore();
  let isBroken = true;
  const handler = createHandler({ store: { ...store, get: (key: string) => (isBroken ? null : store.get(key)) } });
  assert.equal((await handler.send('GET', '/connected-accounts')).status, 500);
  isBroken = false;
  assert.equal((await handler.send('GET', '/connected-accounts')).status, 500);
});

test('a store that is not up yet is asked again with the next request', async (context) => {
  const log = logOf(context);
  const { store } = createStore();
  let isDown = true;
  const set: ConnectStore['set'] = (key, value, options) => {
    if (isDown) throw new Error('CANARY ECONNREFUSED');
    return store.set(key, value, options);
  };
  const handler = createHandler({ store: { ...store, set } });
  await delay(20);
  assert.equal((await handler.send('GET', '/connected-accounts')).status, 500);
  assert.match(log(), /`store` threw Error at \S+ while it was checked; it is checked again with the next request/);
  assert.doesNotMatch(log(), /CANARY/);
  isDown = false;
  assert.equal((await handler.send('GET', '/connected-accounts')).status, 200);
});
