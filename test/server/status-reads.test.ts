import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { type Answer, createTestHandler, startBackend, type TestHandler } from './support/backend.js';
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
  assert.ok(performance.now() - startedAt < 800, 'it had to wait for a window');
});

test('a batched status read waits a second at most', async () => {
  const handler = createHandler();
  const links = await startWaiting(handler, ['early', 'late']);
  await look(handler, 'early', links.get('early'));
  const startedAt = performance.now();
  assert.equal((await look(handler, 'late', links.get('late'))).status, 200);
  assert.ok(performance.now() - startedAt < 1200);
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

test('an upstream that refuses a long URL gets fewer ids per call, at the same rate', async () => {
  let made = 0;
  const calledAt: number[] = [];
  const composio = fakeComposio({
    link: () => ({
      connected_account_id: `ca_${made++}`,
      redirect_url: 'https://connect.composio.dev/link/lk_1',
      expires_at: new Date(Date.now() + 600_000).toISOString(),
    }),
    list: ({ connected_account_ids: ids = [] }: { connected_account_ids?: string[] }) => {
      if (ids.length > 0) calledAt.push(performance.now());
      if (ids.length > 4) throw Object.assign(new Error('414'), { status: 414 });
      return {
        items: ids.map((id) => wireAccount({ id, status: 'INITIATED', user_id: undefined })),
        next_cursor: null,
      };
    },
  });
  const handler = createTestHandler({ composio });
  const links = new Map<string, string>();
  for (const as of namesOf('long', 7)) {
    const { json } = await handler.send('POST', '/connected-accounts/link', {
      as,
      body: { authConfigId: 'ac_github' },
    });
    links.set(as, json.id);
  }
  const statuses = async () => (await lookAll(handler, links)).map(({ status }) => status);
  assert.deepEqual(await statuses(), [200, 502, 502, 502, 502, 502, 502]);
  assert.deepEqual(await statuses(), Array(7).fill(200));
  const gaps = calledAt.slice(1).map((at, index) => at - (calledAt[index] ?? 0));
  assert.equal(calledAt.length, 5);
  assert.deepEqual(
    gaps.filter((gap) => gap < 900),
    [],
  );
});
