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
  test(`eight instances whose store takes ${latency} ms work one at a time`, async () => {
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

test('work of another name does not wait', async () => {
  const store = remoteStore(0);
  let end = () => {};
  const running = instanceOn(store).withLock('one', LONG, () => new Promise<void>((resolve) => (end = resolve)));
  assert.equal(await instanceOn(store).withLock('other', LONG, async () => 'done'), 'done');
  end();
  await running;
});

test('work that fails lets the next one in', async () => {
  const store = remoteStore(0);
  const failing = instanceOn(store).withLock('link', LONG, () => Promise.reject(new Error('upstream')));
  await assert.rejects(failing, /upstream/);
  assert.equal(await instanceOn(store).withLock('link', LONG, async () => 'done'), 'done');
});

test('an instance that died at work is not waited for when its time is over', async () => {
  const store = remoteStore(0);
  void instanceOn(store).withLock('link', 200, () => new Promise(() => {}));
  await delay(100);
  assert.equal(await instanceOn(store).withLock('link', LONG, async () => 'done'), 'done');
});

test('a store that does not show its own writes yet keeps nobody from working', async () => {
  const store: ConnectStore = { get: () => null, set: () => {}, delete: () => {} };
  assert.equal(await instanceOn(store).withLock('link', LONG, async () => 'done'), 'done');
});
