import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Composio } from '@composio/core';
import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis as IoRedis } from 'ioredis';
import { createClient } from 'redis';
import { redisStore } from '../../src/redis-store.js';
import type { ConnectHandlerOptions, ConnectStore } from '../../src/server.js';
import { createConnectHandler, createSessionToken, identifyBySessionToken } from '../../src/server.js';
import { type Redis, startRedis } from '../support/start-redis.js';
import { startUpstashBridge } from '../support/start-upstash-bridge.js';
import { connectEndToEnd, SECRET, type ServedBackend, startUpstreams, type Upstreams } from './served-backend.js';

const ORIGIN = 'http://localhost:3000';

let redis: Redis;
let upstreams: Upstreams;
const closing: (() => unknown)[] = [];

before(async () => {
  redis = await startRedis();
  upstreams = await startUpstreams();
});
after(async () => {
  await Promise.all(closing.map((close) => close()));
  await redis?.close();
  await upstreams?.close();
});

/** The clients that `redisStore` takes, each with a connection of its own. */
const CLIENTS: Record<string, () => Promise<ConnectStore>> = {
  async ioredis() {
    const client = new IoRedis(redis.url);
    closing.push(() => client.quit());
    return redisStore(client);
  },
  async 'node-redis'() {
    const client = createClient({ url: redis.url });
    await client.connect();
    closing.push(() => client.close());
    return redisStore(client);
  },
  async '@upstash/redis'() {
    const bridge = await startUpstashBridge(redis.url);
    closing.push(() => bridge.close());
    return redisStore(new UpstashRedis({ url: bridge.origin, token: 'token', enableTelemetry: false }));
  },
};

/** Two instances, each with a connection of its own. */
async function createInstances(
  createStore: () => Promise<ConnectStore>,
  options: Partial<ConnectHandlerOptions> = {},
): Promise<[ServedBackend, ServedBackend]> {
  const { emulator } = upstreams;
  const quiet = { allowTracking: false, disableVersionCheck: true };
  const create = async (): Promise<ServedBackend> => {
    const handle = createConnectHandler({
      composio: new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin }),
      identify: identifyBySessionToken(SECRET),
      secret: SECRET,
      origin: ORIGIN,
      store: await createStore(),
      ...options,
    });
    return { origin: ORIGIN, fetch: (url, init) => handle(new Request(url, init)) };
  };
  return [await create(), await create()];
}

const bindingChallenge = 'c'.repeat(43);

async function send({ origin, fetch }: ServedBackend, userId: string, method: string, path: string, body?: object) {
  return fetch(`${origin}/api/connect/connected-accounts${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await createSessionToken({ userId }, SECRET)}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const link = (instance: ServedBackend, userId: string, alias: string) =>
  send(instance, userId, 'POST', '/link', { authConfigId: 'ac_github', alias, bindingChallenge });

/** Sends so many requests at once, in turn to both instances. */
function atOnce<Outcome>(
  instances: readonly [ServedBackend, ServedBackend],
  count: number,
  work: (instance: ServedBackend, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const turns = Array.from({ length: count }, (_, index) => work(instances[index % 2 === 0 ? 0 : 1], index));
  return Promise.all(turns);
}

for (const [name, createStore] of Object.entries(CLIENTS)) {
  describe(`two instances that share a Redis by ${name}`, () => {
    test(`one flow is served in turn (${name})`, async () => {
      await connectEndToEnd(upstreams, await createInstances(createStore), `user_of_${name}`);
    });

    test(`200 simultaneous equal requests make one link (${name})`, async () => {
      const instances = await createInstances(createStore);
      const { requests } = upstreams.emulator;
      const before = requests.length;
      const answers = await atOnce(instances, 200, (instance) => link(instance, `user_200_${name}`, 'at once'));
      const links = await Promise.all(answers.map((answer) => answer.json() as Promise<{ id: string }>));
      assert.equal(new Set(links.map(({ id }) => id)).size, 1);
      assert.equal(requests.slice(before).filter(({ route }) => route === 'link.create').length, 1);
    });

    test(`simultaneous and successive links are counted together (${name})`, async () => {
      const instances = await createInstances(createStore, { linksPerMinute: 4 });
      const answers = await atOnce(instances, 12, (instance, index) => link(instance, `user_4_${name}`, `n${index}`));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [...Array(4).fill(201), ...Array(8).fill(429)]);
      const late = await link(instances[1], `user_4_${name}`, 'late');
      assert.equal(late.status, 429);
      assert.match(late.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
    });

    test(`calls to Composio are counted together (${name})`, async () => {
      const instances = await createInstances(createStore, { upstreamCallsPerMinute: 10 });
      const { requests } = upstreams.emulator;
      const before = requests.length;
      const answers = await atOnce(instances, 40, (instance) => send(instance, `user_10_${name}`, 'GET', ''));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(10).fill(200), ...Array(30).fill(429)]);
      assert.equal(requests.length - before, 10);
    });

    test(`a value ends after its seconds, and a key whose time is over is free again (${name})`, async () => {
      const store = await createStore();
      const value = { expiresAt: 1, text: 'ü' };
      await store.set(`kept:${name}`, value, { ttl: 60 });
      assert.deepEqual(await store.get(`kept:${name}`), value);
      assert.equal(await store.setIfAbsent?.(`kept:${name}`, value, { ttl: 1 }), false);
      assert.equal(await store.setIfAbsent?.(`free:${name}`, value, { ttl: 1 }), true);
      assert.deepEqual(
        [await store.increment?.(`n:${name}`, { ttl: 1 }), await store.increment?.(`n:${name}`, { ttl: 1 })],
        [1, 2],
      );
      await delay(1100);
      assert.equal((await store.get(`free:${name}`)) ?? null, null);
      assert.equal(await store.setIfAbsent?.(`free:${name}`, value, { ttl: 60 }), true);
      assert.equal(await store.increment?.(`n:${name}`, { ttl: 60 }), 1);
    });
  });
}

test('an instance that died while it made a link blocks nobody for longer than its lease', async () => {
  const store = await CLIENTS['ioredis']?.();
  const { createLock } = await import('../../src/server/store/lock.js');
  const { createRecords } = await import('../../src/server/store/records.js');
  assert.ok(store);
  assert.equal(await store.setIfAbsent?.('connect-account:turn:dead', { expiresAt: 1 }, { ttl: 0.3 }), true);
  const lock = createLock(createRecords(store));
  assert.equal(await lock.withLock('dead', 1000, async () => 'done'), 'done');
});

test('every key in Redis expires', async () => {
  const client = new IoRedis(redis.url);
  closing.push(() => client.quit());
  const keys = await client.keys('*');
  assert.ok(keys.length > 0);
  for (const key of keys) assert.ok((await client.ttl(key)) > 0, `${key} has no end`);
});

test('a value that is no client of Redis is refused with the names of those that fit', () => {
  for (const client of [undefined, {}, new Map(), redis]) {
    assert.throws(
      () => redisStore(client as never),
      /redisStore: pass a client of `ioredis`, `redis` .*`@upstash\/redis`/,
    );
  }
});

test('redisStore needs no commands but GET, SET, INCR and GETDEL', async () => {
  const client = new IoRedis(redis.url);
  closing.push(() => client.quit());
  const few = {
    get: client.get.bind(client),
    set: client.set.bind(client),
    incr: client.incr.bind(client),
    getdel: client.getdel.bind(client),
    defineCommand: client.defineCommand.bind(client),
  };
  const store = redisStore(few);
  const steps = [await store.increment?.('few:count', { ttl: 60 }), await store.increment?.('few:count', { ttl: 60 })];
  assert.deepEqual(steps, [1, 2]);
  const left = await client.pttl('few:count');
  assert.ok(left > 50_000 && left <= 60_000, `${left} ms left`);
  await store.set('few:value', { expiresAt: 1 }, { ttl: 60 });
  assert.ok('delete' in store);
  await store.delete('few:value');
  assert.equal(await store.get('few:value'), null);
});
