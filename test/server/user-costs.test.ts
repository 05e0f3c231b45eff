import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, createRequest, createTestHandler, startBackend, type TestHandler } from './support/backend.js';
import { fakeComposio } from './support/fake-composio.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;
const LINK = '/connected-accounts/link';

beforeEach(() => {
  emulator.knobs.failures = [];
});

const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = (count: number, work: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const list = (handler: TestHandler, as: string) => handler.send('GET', '/connected-accounts', { as });

test('beyond 120 upstream calls a minute a user gets 429 with Retry-After, without an upstream call', async () => {
  const handler = createHandler();
  const before = emulator.requests.length;
  const answers = await times(300, () => list(handler, 'user_300'));
  assert.deepEqual(statusesOf(answers).sort(), [...Array(120).fill(200), ...Array(180).fill(429)]);
  assert.equal(emulator.requests.length - before, 120);
  const refused = answers.find(({ status }) => status === 429);
  assert.equal(refused?.json.error.code, 'rate_limited');
  assert.match(refused?.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
});

for (const [name, method, path, body] of [
  ['lists', 'GET', '/connected-accounts', undefined],
  ['reads', 'GET', '/connected-accounts/ca_unknown', undefined],
  ['auth configs', 'GET', '/auth-configs?ids=ac_github', undefined],
  ['links', 'POST', LINK, { authConfigId: 'ac_github' }],
  ['accounts', 'POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: {} }],
  ['changes', 'PATCH', '/connected-accounts/ca_unknown', { alias: 'mine' }],
  ['refreshes', 'POST', '/connected-accounts/ca_unknown/refresh', {}],
] as const) {
  test(`the budget of upstream calls counts ${name}, and one user's does not limit another`, async () => {
    const handler = createHandler({ upstreamCallsPerMinute: 2 });
    for (const _ of [1, 2]) await list(handler, 'user_spent');
    const before = emulator.requests.length;
    const refused = await handler.send(method, path, { as: 'user_spent', body });
    assert.deepEqual([refused.status, emulator.requests.length], [429, before]);
    assert.notEqual((await handler.send(method, path, { as: `user_${name}`, body })).status, 429);
  });
}

test('reading 50 auth configs in one request costs one call of the budget', async () => {
  const handler = createHandler({ upstreamCallsPerMinute: 2 });
  const ids = Array.from({ length: 50 }, (_, index) => `ac_unknown_${index}`).join(',');
  const read = () => handler.send('GET', `/auth-configs?ids=${ids}`, { as: 'user_50' });
  assert.deepEqual(statusesOf([await read(), await read(), await read()]), [200, 200, 429]);
});

test('invented ids of auth configs cost at most 800 upstream calls a minute, and cached ones can still be read', async () => {
  const handler = createHandler();
  const read = (ids: readonly string[]) => handler.send('GET', `/auth-configs?ids=${ids}`, { as: 'user_inventing' });
  assert.equal((await read(['ac_github'])).status, 200);
  const before = emulator.requests.length;
  const answers = await times(40, (turn) => read(Array.from({ length: 100 }, (_, index) => `ac_${turn}_${index}`)));
  assert.ok(emulator.requests.length - before <= 800, `${emulator.requests.length - before} upstream calls`);
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(refused.length, 33);
  assert.ok(refused.every(({ headers }) => headers.has('retry-after')));
  assert.deepEqual(
    (await read(['ac_github'])).json.items.map(({ id }) => id),
    ['ac_github'],
  );
});

test('the callback, removals and shared status reads are charged to nobody', async () => {
  const handler = createHandler({ upstreamCallsPerMinute: 3 });
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  assert.equal((await list(handler, 'user_ada')).status, 429, 'the budget is spent');
  for (const _ of [1, 2, 3]) assert.equal((await handler.send('GET', `/connected-accounts/${id}`)).status, 200);
  const bound = await handler.send('POST', '/callback', { body: { state, bindingVerifier: verifier } });
  assert.deepEqual([bound.status, bound.json.status], [200, 'ACTIVE']);
  assert.equal((await handler.send('GET', `/connected-accounts/${id}`)).json.status, 'ACTIVE');
  assert.equal((await handler.send('DELETE', `/connected-accounts/${id}`)).status, 200);
});

test('credentials over the limit of links cost no upstream call, whatever their auth config', async () => {
  const handler = createHandler({ linksPerMinute: 1 });
  const create = (authConfigId: string) =>
    handler.send('POST', '/connected-accounts', { as: 'user_typing', body: { authConfigId } });
  await create('ac_firecrawl');
  const before = emulator.requests.length;
  const refused = await create('ac_zendesk');
  assert.deepEqual([refused.status, emulator.requests.length], [429, before]);
  assert.ok(refused.headers.has('retry-after'));
});

test('200 link requests over the limit cost no upstream call', async () => {
  const handler = createHandler({ linksPerMinute: 1 });
  const link = (alias: string) =>
    handler.send('POST', LINK, { as: 'user_over', body: { authConfigId: 'ac_github', alias } });
  assert.equal((await link('first')).status, 201);
  const before = emulator.requests.length;
  const answers = await times(200, (index) => link(`more ${index}`));
  assert.deepEqual([new Set(statusesOf(answers)), emulator.requests.length], [new Set([429]), before]);
});

for (const binding of ['state', 'off'] as const) {
  test(`the oldest of 21 unfinished links under binding ${binding} is taken back`, async () => {
    const as = `user_21_${binding}`;
    const handler = createHandler({ binding });
    const ids: string[] = [];
    for (let count = 0; count < 21; count += 1) {
      const { json } = await handler.send('POST', LINK, {
        as,
        body: { authConfigId: 'ac_github', alias: `n${count}` },
      });
      ids.push(json.id);
    }
    const left = emulator.accounts.all().filter(({ userId }) => userId === as);
    assert.deepEqual(new Set(left.map(({ id }) => id)), new Set(ids.slice(1)));
    const taken = await handler.send('GET', `/connected-accounts/${ids[0]}`, { as });
    const unknown = await handler.send('GET', '/connected-accounts/ca_unknown', { as });
    assert.deepEqual([taken.status, taken.json.error.code], [404, unknown.json.error.code]);
  });
}

test('a link that is finished upstream and not bound counts as unfinished, and one that is bound does not', async () => {
  const handler = createHandler({ linksPerMinute: 1000, upstreamCallsPerMinute: 1000 });
  const more = (alias: string) => ({ allowMultiple: true, alias });
  const bound = await startLink(handler, more('bound'));
  const state = await finish(backend, bound.redirectUrl);
  await handler.send('POST', '/callback', { body: { state, bindingVerifier: bound.verifier } });
  const stranger = await startLink(handler, more('stranger'));
  await finish(backend, stranger.redirectUrl);
  for (let count = 0; count < 20; count += 1) await startLink(handler, more(`n${count}`));
  assert.equal(emulator.accounts.get(bound.id)?.status, 'ACTIVE');
  assert.equal((await handler.send('GET', `/connected-accounts/${stranger.id}`)).status, 404);
});

test('10 equal requests with credentials at once make one account, and the others are 409', async () => {
  const handler = createHandler();
  const body = { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'fc-key' } };
  const answers = await times(10, () => handler.send('POST', '/connected-accounts', { as: 'user_10', body }));
  assert.deepEqual(statusesOf(answers).sort(), [201, ...Array(9).fill(409)]);
  assert.equal(emulator.accounts.all().filter(({ userId }) => userId === 'user_10').length, 1);
});

const never = () => new Promise<never>(() => {});

for (const [name, options] of Object.entries({
  identify: { identify: never },
  store: { store: { get: never, set: never, delete: never } },
})) {
  test(`a hanging ${name} is 500 after 10 seconds, without an upstream call`, async (context) => {
    const log = context.mock.method(console, 'error', () => {});
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const before = emulator.requests.length;
    const answer = createHandler(options).send('GET', '/connected-accounts');
    for (let tick = 0; tick < 40; tick += 1) {
      await new Promise(setImmediate);
      context.mock.timers.tick(500);
    }
    const { status, json } = await answer;
    assert.deepEqual([status, json.error.code, emulator.requests.length], [500, 'internal_error', before]);
    assert.match(
      log.mock.calls.map((call) => call.arguments.join()).join(),
      new RegExp(`\`${name}\` did not return within 10 seconds`),
    );
  });
}

test('a read ends when its client has gone, without a line in the log, and a write goes on', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const signals: AbortSignal[] = [];
  const composio = fakeComposio({});
  const client = composio.getClient();
  const hang = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const hanging = {
    getClient: () => ({
      ...client,
      connectedAccounts: {
        ...client.connectedAccounts,
        list: (_: object, { signal }: { signal: AbortSignal }) => hang(signal),
      },
    }),
  };
  const handler = createTestHandler({ composio: hanging });
  const leave = async (request: Request) => {
    const leaving = new AbortController();
    const answer = handler.handle(new Request(request, { signal: leaving.signal }));
    await delay(20);
    leaving.abort();
    return { answer };
  };
  await (await leave(createRequest('GET', '/connected-accounts'))).answer;
  assert.equal(log.mock.callCount(), 0);
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true],
  );
  await leave(createRequest('POST', LINK, { body: { authConfigId: 'ac_github' } }));
  await delay(20);
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, false],
  );
});

test('a text of 64 KB from upstream is searched in no time', async () => {
  const text = 'alias '.repeat(11_000);
  const composio = fakeComposio({
    create: () => Promise.reject(Object.assign(new Error('400'), { status: 400, error: { error: { message: text } } })),
    authConfig: { id: 'ac_1', auth_scheme: 'API_KEY', status: 'ENABLED', toolkit: { slug: 'firecrawl' } },
  });
  const handler = createTestHandler({ composio });
  const startedAt = performance.now();
  const body = { authConfigId: 'ac_1', credentials: {} };
  const { status, text: answer } = await handler.send('POST', '/connected-accounts', { body });
  assert.ok(performance.now() - startedAt < 500, 'the event loop stood still');
  assert.equal(status, 422);
  assert.doesNotMatch(answer, /alias alias/);
});
