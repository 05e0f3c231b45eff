import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, createRequest, createTestHandler, startBackend, type TestHandler } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator, openBrowser } = backend;

beforeEach(() => {
  emulator.knobs.failures = [];
});

/** Users who each wait for a link of theirs, by their ids. */
async function startWaiting(handler: TestHandler, users: readonly string[]): Promise<Map<string, string>> {
  const started = users.map(async (as) => {
    const { json } = await handler.send('POST', '/connected-accounts/link', {
      as,
      body: { authConfigId: 'ac_github' },
    });
    return [as, json.id] as const;
  });
  return new Map(await Promise.all(started));
}

const namesOf = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}_${index}`);
const look = (handler: TestHandler, as: string, id = '') => handler.send('GET', `/connected-accounts/${id}`, { as });
const lookAll = (handler: TestHandler, links: ReadonlyMap<string, string>): Promise<Answer[]> =>
  Promise.all([...links].map(([as, id]) => look(handler, as, id)));
const upstreamReads = () =>
  emulator.requests.filter(({ route, query }) => route === 'accounts.list' && 'connected_account_ids' in query);

test('simultaneous status reads after the first share one call, and each user sees their own account', async () => {
  const handler = createHandler();
  const links = await startWaiting(handler, namesOf('crowd', 40));
  const before = upstreamReads().length;
  const answers = await lookAll(handler, links);
  assert.deepEqual(
    answers.map(({ json }) => json.id),
    [...links.values()],
  );
  assert.equal(upstreamReads().length - before, 2);
  const [, shared] = upstreamReads().slice(before);
  assert.equal(shared?.query['connected_account_ids']?.[0]?.split(',').length, 39);
});

test("a user who waits alone gets upstream's current status at once", async () => {
  const handler = createHandler({ binding: 'off' });
  const links = await startWaiting(handler, ['alone']);
  const [[, id = ''] = []] = links;
  const startedAt = performance.now();
  assert.deepEqual(
    (await Promise.all(Array.from({ length: 3 }, () => look(handler, 'alone', id)))).map(({ json }) => json.status),
    ['INITIATED', 'INITIATED', 'INITIATED'],
  );
  emulator.accounts.setStatus(id, 'ACTIVE');
  assert.equal((await look(handler, 'alone', id)).json.status, 'ACTIVE');
  const took = performance.now() - startedAt;
  // Beside a control, because the machine may be busy: an account that nobody waits for is read directly.
  const { id: other } = emulator.accounts.add({ userId: 'alone', authConfigId: 'ac_slack' });
  const controlAt = performance.now();
  for (const _ of [1, 2]) await look(handler, 'alone', other);
  const control = performance.now() - controlAt;
  assert.ok(took < 250 + 10 * control, `${took} ms, and ${control} ms without waiting for others`);
});

for (const binding of ['state', 'off'] as const) {
  test(`a user under binding ${binding} whose browser has returned is served before those who still wait`, async () => {
    const handler = createHandler({ binding });
    const links = await startWaiting(handler, [`first_${binding}`, `waiting_${binding}`]);
    const { id, redirectUrl, verifier } = await startLink(handler, { allowMultiple: true });
    const state = await finish(backend, redirectUrl);
    await handler.send('POST', '/callback', { body: { state, bindingVerifier: verifier, connectedAccountId: id } });
    await lookAll(handler, links);
    const [waiting] = [...links].map(([as, link]) => look(handler, as, link).then(() => 'waiting'));
    const told = handler.send('GET', `/connected-accounts/${id}`).then(({ json }) => json.status);
    assert.deepEqual([await Promise.race([waiting, told]), await waiting], ['ACTIVE', 'waiting']);
  });
}

test("a read of another user's id is 404 and is not batched with others", async () => {
  const handler = createHandler();
  const links = await startWaiting(handler, ['owner']);
  const id = links.get('owner');
  await openBrowser().follow(
    (
      await handler.send('POST', '/connected-accounts/link', {
        as: 'owner',
        body: { authConfigId: 'ac_github' },
      })
    ).json.redirectUrl,
  );
  const [foreign, unknown] = await Promise.all([look(handler, 'thief', id), look(handler, 'thief', 'ca_unknown')]);
  assert.deepEqual([foreign.status, unknown.status], [404, 404]);
  assert.equal(
    foreign.text.replace(foreign.json.error.requestId, ''),
    unknown.text.replace(unknown.json.error.requestId, ''),
  );
  for (const { query } of upstreamReads().slice(-2)) assert.deepEqual(query['user_ids'], ['thief']);
});

test('an account that belongs to another user upstream is 404 whatever the note says', async () => {
  const composio = fakeComposio({
    link: {
      connected_account_id: 'ca_1',
      redirect_url: 'https://connect.composio.dev/link/lk_1',
      expires_at: new Date(Date.now() + 600_000).toISOString(),
    },
    list: (query?: { user_ids?: string[] }) => ({
      items: query?.user_ids ? [] : [wireAccount({ user_id: 'user_grace' })],
      total_pages: 1,
      next_cursor: null,
    }),
  });
  const handler = createTestHandler({ composio });
  await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' } });
  assert.equal((await look(handler, 'user_ada', 'ca_1')).status, 404);
});

test('a failed call fails for everyone who shared it, and the next read makes a new one', async () => {
  const handler = createHandler();
  const links = await startWaiting(handler, namesOf('unlucky', 5));
  await look(handler, 'unlucky_0', links.get('unlucky_0'));
  emulator.knobs.failures = [{ route: 'accounts.list', kind: 'rate_limited', times: 1, retryAfter: '9' }];
  links.delete('unlucky_0');
  const answers = await lookAll(handler, links);
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('retry-after')]),
    Array(4).fill([429, '9']),
  );
  assert.deepEqual(
    (await lookAll(handler, links)).map(({ status }) => status),
    Array(4).fill(200),
  );
});

test('a short page from upstream is followed by a request for the next one', async () => {
  const items = ['ca_1', 'ca_2'].map((id) => wireAccount({ id, status: 'INITIATED' }));
  let made = 0;
  const composio = fakeComposio({
    link: () => ({
      connected_account_id: items[made++]?.['id'],
      redirect_url: 'https://connect.composio.dev/link/lk_1',
      expires_at: new Date(Date.now() + 600_000).toISOString(),
    }),
    list: (query?: { connected_account_ids?: string[]; cursor?: string }) => {
      const asked = items.filter(({ id }) => query?.connected_account_ids?.includes(String(id)));
      const isSecond = query?.cursor === 'second';
      return { items: asked.slice(isSecond ? 1 : 0, isSecond ? 2 : 1), next_cursor: isSecond ? null : 'second' };
    },
  });
  const handler = createTestHandler({ composio });
  for (const alias of ['one', 'two']) {
    await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github', alias } });
  }
  await look(handler, 'user_ada', 'ca_1');
  const answers = await Promise.all(['ca_1', 'ca_2'].map((id) => look(handler, 'user_ada', id)));
  assert.deepEqual(
    answers.map(({ json }) => json.id),
    ['ca_1', 'ca_2'],
  );
});

/** An upstream that creates links and lists accounts. `refuse` returns the HTTP status with which it refuses a list, or null. */
function createUpstream(refuse: (ids: readonly string[]) => number | null, latency = 0) {
  const calls: { ids: readonly string[]; at: number }[] = [];
  const statuses = new Map<string, string>();
  let made = 0;
  const composio = fakeComposio({
    link: () => {
      const id = `ca_${made++}`;
      statuses.set(id, 'INITIATED');
      return {
        connected_account_id: id,
        redirect_url: 'https://connect.composio.dev/link/lk_1',
        expires_at: new Date(Date.now() + 600_000).toISOString(),
      };
    },
    list: async ({ connected_account_ids: ids = [] }: { connected_account_ids?: string[] }) => {
      if (ids.length > 0) calls.push({ ids, at: performance.now() });
      await delay(latency);
      const status = refuse(ids);
      if (status !== null) throw Object.assign(new Error(String(status)), { status });
      return {
        items: ids.map((id) => wireAccount({ id, status: statuses.get(id), user_id: undefined })),
        next_cursor: null,
      };
    },
  });
  return { composio, calls, statuses };
}

const statusesOf = (answers: readonly Answer[]) =>
  answers.map(({ status, json }) => (status === 200 ? json.status : status));

for (const refused of [400, 413, 414, 422, 431]) {
  test(`an upstream that refuses more than 4 ids with ${refused} gets fewer, and nobody gets an error`, async () => {
    const { composio, calls } = createUpstream((ids) => (ids.length > 4 ? refused : null));
    const handler = createTestHandler({ composio });
    const links = await startWaiting(handler, namesOf(`long_${refused}`, 14));
    assert.deepEqual(statusesOf(await lookAll(handler, links)), Array(14).fill('INITIATED'));
    calls.length = 0;
    await delay(1500);
    assert.deepEqual(statusesOf(await lookAll(handler, links)), Array(14).fill('INITIATED'));
    assert.ok(calls.length > 0);
    assert.ok(
      calls.every(({ ids }) => ids.length <= 4),
      'the limit was not learned',
    );
  });
}

test('an id that upstream refuses by itself fails alone, and does not shrink the calls', async () => {
  const { composio, calls } = createUpstream((ids) => (ids.includes('ca_3') ? 400 : null));
  const handler = createTestHandler({ composio });
  const links = await startWaiting(handler, namesOf('odd', 9));
  await look(handler, 'odd_0', links.get('odd_0'));
  const answers = new Map(
    await Promise.all([...links].map(async ([as, id]) => [id, await look(handler, as, id)] as const)),
  );
  assert.deepEqual(
    [...answers].filter(([, { status }]) => status !== 200).map(([id]) => id),
    ['ca_3'],
  );
  calls.length = 0;
  links.delete([...links].find(([, id]) => id === 'ca_3')?.[0] ?? '');
  await delay(1500);
  await lookAll(handler, links);
  assert.equal(Math.max(...calls.map(({ ids }) => ids.length)), 7);
});

test('a call names 50 ids at most, and 600 calls are made a minute at most', async () => {
  const { composio, calls } = createUpstream(() => null, 20);
  const handler = createTestHandler({ composio });
  const links = await startWaiting(handler, namesOf('many', 400));
  for (let round = 0; round < 10; round += 1) await lookAll(handler, links);
  assert.equal(Math.max(...calls.map(({ ids }) => ids.length)), 50);
  const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.at ?? 0];
  // Two calls that a busy machine has sent late are made up for.
  const most = (last - first) / 100 + 3;
  assert.ok(calls.length > 9 && calls.length <= most, `${calls.length} calls in ${last - first} ms`);
});

test('with more users than the rate allows, every look is answered at once, from the note or from what was read last', async () => {
  const { composio, calls, statuses } = createUpstream(() => null);
  const handler = createTestHandler({ composio, binding: 'off', upstreamReadsPerMinute: 1 });
  const links = await startWaiting(handler, namesOf('crowd', 3));
  assert.deepEqual(statusesOf(await lookAll(handler, links)), ['INITIATED', 'INITIATED', 'INITIATED']);
  assert.equal(calls.length, 1);
  for (const id of statuses.keys()) statuses.set(id, 'ACTIVE');
  const first = await look(handler, 'crowd_0', links.get('crowd_0'));
  assert.equal(first.json.status, 'INITIATED');
  assert.equal(calls.length, 1);
  // Its browser returns: the answer does not wait for the next call of those who wait.
  const [[as, id] = []] = links;
  await handler.send('POST', '/callback', { as: as ?? null, body: { connectedAccountId: id } });
  assert.equal((await look(handler, as ?? '', id)).json.status, 'ACTIVE');
});

test('a first look that has nothing to go by has the shape of the account that the link made', async () => {
  const handler = createHandler({ upstreamReadsPerMinute: 1 });
  const links = await startWaiting(handler, ['shape_0', 'shape_1']);
  const [read, noted] = [
    await look(handler, 'shape_0', links.get('shape_0')),
    await look(handler, 'shape_1', links.get('shape_1')),
  ];
  const { createdAt: _, updatedAt: __, wordId: ___, ...same } = read.json as unknown as Record<string, unknown>;
  const { createdAt, updatedAt, wordId, ...fromNote } = noted.json as unknown as Record<string, unknown>;
  assert.deepEqual({ ...fromNote, id: same['id'] }, same);
  assert.ok(createdAt && updatedAt && wordId === null);
});

test('a user with 2,000 links delays nobody', async () => {
  const { composio } = createUpstream(() => null, 30);
  const store = new Map();
  const handler = createTestHandler({ composio, store });
  const links = await startWaiting(handler, ['patient']);
  const own = await startWaiting(handler, ['hoarder']);
  // What so many links leave behind, without the hours that it takes to make them.
  const note = store.get(`connect-account:account:${own.get('hoarder')}`);
  const ids = namesOf('ca_dead', 2000);
  for (const id of ids) store.set(`connect-account:account:${id}`, { ...note, accountId: id });
  const timed = async () => {
    await delay(250);
    const startedAt = performance.now();
    assert.equal((await look(handler, 'patient', links.get('patient'))).status, 200);
    return performance.now() - startedAt;
  };
  const undisturbed = await timed();
  const flood = ids.map((id) => handler.handle(createRequest('GET', `/connected-accounts/${id}`, { as: 'hoarder' })));
  await Promise.all(flood.slice(0, 50));
  const disturbed = await timed();
  await Promise.all(flood);
  assert.ok(disturbed <= 2 * undisturbed + 250, `${disturbed} ms, and ${undisturbed} ms undisturbed`);
});

test('a link that has ended is answered from its note, and costs one call upstream', async () => {
  const { composio, calls, statuses } = createUpstream(() => null);
  const store = new Map();
  const handler = createTestHandler({ composio, store });
  const links = await startWaiting(handler, ['ended']);
  const [[as = '', id = ''] = []] = links;
  statuses.set(id, 'FAILED');
  const looks: Answer[] = [];
  for (let count = 0; count < 5; count += 1) looks.push(await look(handler, as, id));
  // Another instance, or the same after a restart.
  looks.push(await look(createTestHandler({ composio, store }), as, id));
  assert.deepEqual([statusesOf(looks), calls.length], [Array(6).fill('FAILED'), 1]);
});
