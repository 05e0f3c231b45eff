import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createDistributedLock } from '../../src/server/store/distributed-lock.js';
import { createRecords } from '../../src/server/store/records.js';
import type { ConnectStore } from '../../src/server.js';

const LONG = 30_000;

/** A store behind a network: each step takes half to all of so many ms, and happens somewhere in between. */
function remoteStore(latency: number): ConnectStore & { readonly values: Map<string, unknown> } {
  const values = new Map<string, unknown>();
  const travel = () => delay(((1 + Math.random()) * latency) / 4);
  const remote = async <Value>(step: () => Value): Promise<Value> => {
    await travel();
    const answer = step();
    await travel();
    return answer;
  };
  return {
    values,
    get: (key) => remote(() => values.get(key)),
    set: (key, value) => remote(() => values.set(key, value)),
    delete: (key) => remote(() => values.delete(key)),
  };
}

const instanceOn = (store: ConnectStore) => createDistributedLock(createRecords(store));

for (const latency of [0, 40]) {
  test(`eight instances hold the lock one at a time with a store that takes ${latency} ms`, async () => {
    const store = remoteStore(latency);
    let working = 0;
    let most = 0;
    const work = async () => {
      working += 1;
      most = Math.max(most, working);
      await delay(5);
      working -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => instanceOn(store).withLock('link', LONG, work)));
    assert.deepEqual([most, working, store.values.size], [1, 0, 0]);
  });
}

test('a lock does not block work of another name', async () => {
  const store = remoteStore(0);
  let end = () => {};
  const running = instanceOn(store).withLock('one', LONG, () => new Promise<void>((resolve) => (end = resolve)));
  assert.equal(await instanceOn(store).withLock('other', LONG, async () => 'done'), 'done');
  end();
  await running;
});

test('failed work releases the lock', async () => {
  const store = remoteStore(0);
  const failing = instanceOn(store).withLock('link', LONG, () => Promise.reject(new Error('upstream')));
  await assert.rejects(failing, /upstream/);
  assert.equal(await instanceOn(store).withLock('link', LONG, async () => 'done'), 'done');
});

test('the lock of a dead instance expires', async () => {
  const store = remoteStore(0);
  void instanceOn(store).withLock('link', 200, () => new Promise(() => {}));
  await delay(100);
  assert.equal(await instanceOn(store).withLock('link', LONG, async () => 'done'), 'done');
});

test('a store that delays its own writes does not block the lock', async () => {
  const store: ConnectStore = { get: () => null, set: () => {}, delete: () => {} };
  assert.equal(await instanceOn(store).withLock('link', LONG, async () => 'done'), 'done');
});
