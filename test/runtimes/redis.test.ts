import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Composio } from '@composio/core';
import { createStorage } from 'unstorage';
import redisDriver from 'unstorage/drivers/redis';
import { createConnectHandler, createSessionToken, identifyBySessionToken } from '../../src/server.js';
import { type Redis, startRedis } from '../support/start-redis.js';
import { connectEndToEnd, SECRET, type ServedBackend, startUpstreams, type Upstreams } from './served-backend.js';

const ORIGIN = 'http://localhost:3000';

let redis: Redis;
let upstreams: Upstreams;
let stores: ReturnType<typeof createStorage>[];

before(async () => {
  redis = await startRedis();
  upstreams = await startUpstreams();
  stores = [redis.url, redis.url].map((url) => createStorage({ driver: redisDriver({ url }) }));
});
after(async () => {
  await Promise.all((stores ?? []).map((store) => store.dispose()));
  await redis?.close();
  await upstreams?.close();
});

/** Two instances, each with a connection of its own. */
function createInstances(options: { linksPerMinute?: number } = {}): ServedBackend[] {
  const { emulator } = upstreams;
  const quiet = { allowTracking: false, disableVersionCheck: true };
  return stores.map((store) => {
    const handle = createConnectHandler({
      composio: new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin }),
      identify: identifyBySessionToken(SECRET),
      secret: SECRET,
      origin: ORIGIN,
      store,
      ...options,
    });
    return { origin: ORIGIN, fetch: (url, init) => handle(new Request(url, init)) };
  });
}

async function link({ origin, fetch }: ServedBackend, userId: string, alias: string): Promise<Response> {
  return fetch(`${origin}/api/connect/connected-accounts/link`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await createSessionToken({ userId }, SECRET)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ authConfigId: 'ac_github', alias }),
  });
}

test('two instances that share a Redis serve one flow in turn', async () => {
  await connectEndToEnd(upstreams, createInstances(), 'user_redis');
});

test('a link that one instance made is shared by the other', async () => {
  const [one, other] = createInstances() as [ServedBackend, ServedBackend];
  const [first, second] = [await link(one, 'user_shared', 'same'), await link(other, 'user_shared', 'same')];
  assert.deepEqual(await second.json(), await first.json());
});

test('200 simultaneous equal requests at two instances make one link', async () => {
  const instances = createInstances();
  const { requests } = upstreams.emulator;
  const before = requests.length;
  const asked = Array.from({ length: 200 }, (_, index) => instances[index % 2] as ServedBackend);
  const answers = await Promise.all(asked.map((instance) => link(instance, 'user_at_once', 'at once')));
  const links = await Promise.all(answers.map((answer) => answer.json() as Promise<{ id: string }>));
  assert.equal(new Set(links.map(({ id }) => id)).size, 1);
  assert.equal(requests.slice(before).filter(({ route }) => route === 'link.create').length, 1);
});

test('simultaneous links at two instances are counted together', async () => {
  const instances = createInstances({ linksPerMinute: 4 });
  const asked = Array.from({ length: 12 }, (_, index) => instances[index % 2] as ServedBackend);
  const answers = await Promise.all(asked.map((instance, index) => link(instance, 'user_racing', `race ${index}`)));
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [...Array(4).fill(201), ...Array(8).fill(429)]);
});

test('successive links at two instances are counted together', async () => {
  const [one, other] = createInstances({ linksPerMinute: 4 }) as [ServedBackend, ServedBackend];
  const statuses: number[] = [];
  for (const [index, part] of [one, other, one, other, one, other].entries()) {
    statuses.push((await link(part, 'user_counted', `link ${index}`)).status);
  }
  assert.deepEqual(statuses, [201, 201, 201, 201, 429, 429]);
});

test('every key in Redis expires', async () => {
  const [store] = stores;
  const keys = (await store?.getKeys()) ?? [];
  assert.ok(keys.length > 0);
  const client = store?.getMount('').driver.getInstance?.() as { ttl(key: string): Promise<number> };
  for (const key of keys) assert.ok((await client.ttl(key)) > 0, `${key} has no end`);
});
