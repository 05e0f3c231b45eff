import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { StatusReads } from '../../src/server/composio/status-reads.js';
import { startUpstream } from '../../src/server/composio/upstream-calls.js';
import { createLock, createSingleFlight } from '../../src/server/store/lock.js';
import { createRecords } from '../../src/server/store/records.js';
import { createMemoryStore } from '../../src/server/store/store.js';
import { createTestHandler } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';

// On Workers, the work of a request ends with its client. Its promises never settle then.
const never = () => new Promise<never>(() => {});

test('work that ended with its request is not shared after a minute', async (context) => {
  context.mock.timers.enable({ apis: ['Date'] });
  const singleFlight = createSingleFlight();
  void singleFlight.run('link', never);
  context.mock.timers.setTime(60_000);
  const outcome = singleFlight.run('link', async () => 'made');
  assert.equal(await singleFlight.run('link', async () => 'made again'), 'made');
  assert.equal(await outcome, 'made');
});

test('work that ended with its request holds a lock for 25 s and not for ever', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const lock = createLock(createRecords(createMemoryStore()));
  void lock.withLock('link', 1000, never);
  const next = lock.withLock('link', 1000, async () => 'made');
  const refused = assert.rejects(next, { code: 'timeout' });
  await new Promise(setImmediate);
  context.mock.timers.tick(25_000);
  await refused;
  assert.equal(await lock.withLock('link', 1000, async () => 'made'), 'made');
});

test('a shared call whose own request has ended still ends after 25 s', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const upstream = startUpstream(fakeComposio({}));
  const shared = assert.rejects(upstream.send(never, { isShared: true }), { code: 'timeout' });
  upstream.end();
  context.mock.timers.tick(25_000);
  await shared;
});

test('a status is read again after the call of another request has been silent for 30 s', async (context) => {
  let now = 1000;
  context.mock.method(performance, 'now', () => now);
  // The limit of the call ended with its request too.
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let calls = 0;
  const list = () => {
    calls += 1;
    return calls === 1 ? never() : { items: [wireAccount()], total_pages: 1 };
  };
  const reads = new StatusReads(fakeComposio({ list }), 600);
  void reads.read('user_ada', 'ca_1');
  await new Promise(setImmediate);
  now += 30_000;
  assert.equal((await reads.read('user_ada', 'ca_1'))?.status, 'ACTIVE');
});

for (const [name, method, path, body, status] of [
  ['a link that is refused', 'POST', '/connected-accounts/link', { authConfigId: 'ac_github' }, 409],
  ['auth configs of which one fails', 'GET', '/auth-configs?ids=ac_failing,ac_github', undefined, 502],
] as const) {
  test(`the response for ${name} waits for the calls that other requests may share`, async (context) => {
    context.mock.method(console, 'error', () => {});
    let running = 0;
    const composio = fakeComposio({
      list: { items: [wireAccount()], total_pages: 1 },
      authConfig: async () => {
        running += 1;
        if (running === 1 && method === 'GET') throw new Error('x');
        await delay(50);
        running = 0;
        return { id: 'ac_github', auth_scheme: 'OAUTH2', status: 'ENABLED', toolkit: { slug: 'github' } };
      },
    });
    assert.equal((await createTestHandler({ composio }).send(method, path, { body })).status, status);
    assert.equal(running, 0);
  });
}
