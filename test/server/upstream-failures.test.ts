import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Composio } from '@composio/core';
import { createKnobs, type FailureKind } from '../../demo/emulator/knobs.js';
import { startUpstream } from '../../src/server/composio/upstream-calls.js';
import { createTestHandler, startBackend, type TestHandler } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';

const { createHandler, emulator } = await startBackend();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'INACTIVE' });
const { id: keyId } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_cloudflare' });

const REQUESTS: Record<string, (handler: TestHandler) => ReturnType<TestHandler['send']>> = {
  'auth-configs': (handler) => handler.send('GET', '/auth-configs?ids=ac_github'),
  link: (handler) => handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_slack' } }),
  create: (handler) =>
    handler.send('POST', '/connected-accounts', {
      body: { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'fc' } },
    }),
  get: (handler) => handler.send('GET', `/connected-accounts/${id}`),
  list: (handler) => handler.send('GET', '/connected-accounts'),
  patch: (handler) => handler.send('PATCH', `/connected-accounts/${id}`, { body: { alias: 'x' } }),
  refresh: (handler) => handler.send('POST', `/connected-accounts/${keyId}/refresh`, { body: {} }),
  delete: (handler) => handler.send('DELETE', `/connected-accounts/${id}`),
};

const ANSWERS: Record<Exclude<FailureKind, 'hang'>, [status: number, code: string]> = {
  rate_limited: [429, 'rate_limited'],
  server_error: [502, 'upstream_error'],
  conflict: [502, 'upstream_error'],
  forbidden: [502, 'upstream_error'],
  html: [502, 'upstream_error'],
  truncated: [502, 'upstream_error'],
  reset: [502, 'upstream_error'],
};

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

for (const [kind, expected] of Object.entries(ANSWERS)) {
  for (const [name, send] of Object.entries(REQUESTS)) {
    test(`upstream's ${kind} makes ${name} ${expected.join(' ')}, after one attempt`, async (context) => {
      context.mock.method(console, 'error', () => {});
      emulator.knobs.failures = [{ route: '*', kind: kind as FailureKind, retryAfter: '17' }];
      const before = emulator.requests.length;
      const { status, json, headers } = await send(createHandler());
      assert.deepEqual([status, json.error.code], expected);
      if (kind === 'rate_limited') assert.equal(headers.get('retry-after'), '17');
      const urls = emulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
      assert.equal(new Set(urls).size, urls.length, `repeated: ${urls}`);
    });
  }
}

for (const [write, name] of [
  ['link.create', 'link'],
  ['accounts.create', 'create'],
  ['accounts.patch', 'patch'],
  ['accounts.refresh', 'refresh'],
  ['accounts.delete', 'delete'],
] as const) {
  test(`a failed ${write} is not retried`, async (context) => {
    context.mock.method(console, 'error', () => {});
    emulator.knobs.failures = [{ route: write, kind: 'server_error' }];
    const before = emulator.requests.length;
    assert.equal((await REQUESTS[name]?.(createHandler()))?.status, 502);
    assert.equal(emulator.requests.slice(before).filter(({ route }) => route === write).length, 1);
  });
}

test('a wrong API key is 502 and is named in the log', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const composio = new Composio({
    apiKey: 'ak_wrong',
    baseURL: emulator.origin,
    allowTracking: false,
    disableVersionCheck: true,
  });
  const { status, json } = await createHandler({ composio }).send('GET', '/connected-accounts');
  assert.deepEqual([status, json.error.code], [502, 'upstream_error']);
  assert.match(String(log.mock.calls[0]?.arguments[0]), /answered 401 APIKey_InvalidAPIKey; check the API key/);
});

for (const [status, slug, line] of [
  [429, '', 'answered 429'],
  [400, 'ConnectedAccount_BadRequest', 'answered 400 ConnectedAccount_BadRequest'],
  [404, 'ConnectedAccount_ResourceNotFound', null],
] as const) {
  test(`an upstream that answers ${status} ${slug} ${line === null ? 'leaves no line' : 'is named'} in the log`, async (context) => {
    const log = context.mock.method(console, 'warn', () => {});
    const error = { error: { slug, message: 'a text with user_ada in it' } };
    const composio = fakeComposio({ list: () => Promise.reject(Object.assign(new Error('x'), { status, error })) });
    assert.equal((await createTestHandler({ composio }).send('GET', '/connected-accounts')).status, status);
    const lines = log.mock.calls.map(({ arguments: [text] }) => String(text).replace(/ \(request .*/, ''));
    assert.deepEqual(lines, line === null ? [] : [`connect-account: Composio ${line}`]);
  });
}

for (const [name, send] of Object.entries(REQUESTS)) {
  test(`${name} is 504 when upstream has not responded for 25 s`, async (context) => {
    emulator.knobs.failures = [{ route: '*', kind: 'hang' }];
    const log = context.mock.method(console, 'error', () => {});
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const asked = emulator.requests.length;
    const answer = send(createHandler());
    while (emulator.requests.length === asked) await new Promise(setImmediate);
    context.mock.timers.tick(24_999);
    assert.equal(await Promise.race([answer, new Promise((resolve) => setImmediate(resolve, 'waiting'))]), 'waiting');
    context.mock.timers.tick(1);
    const { status, json } = await answer;
    assert.deepEqual([status, json.error.code], [504, 'timeout']);
    const lines = log.mock.calls.map(({ arguments: [line] }) => String(line));
    assert.ok(lines.some((line) => line.includes('Composio did not respond in time')));
  });
}

test('all calls of a request share the 25 s', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let calls = 0;
  const composio = fakeComposio({
    list: async () => {
      calls += 1;
      await new Promise(setImmediate);
      context.mock.timers.tick(13_000);
      return { items: [wireAccount()], total_pages: 1 };
    },
  });
  const { status } = await createTestHandler({ composio }).send('PATCH', '/connected-accounts/ca_1', {
    body: { alias: 'x' },
  });
  assert.deepEqual([status, calls], [504, 2]);
});

test('nothing more is sent upstream after the time limit', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const upstream = startUpstream(fakeComposio({}));
  const first = upstream.send(() => new Promise(() => {}));
  context.mock.timers.tick(25_000);
  await assert.rejects(first, { code: 'timeout' });
  await assert.rejects(
    upstream.send(() => assert.fail('sent')),
    { code: 'timeout' },
  );
});

for (const [name, asked, passedOn] of [
  ['a date', 'Fri, 31 Dec 2027 23:59:59 GMT', 'Fri, 31 Dec 2027 23:59:59 GMT'],
  ['nonsense', 'soon', '5'],
  ['nothing', null, '5'],
] as const) {
  test(`a wait of ${name} is passed on as ${passedOn}`, async () => {
    const headers = new Headers(asked === null ? {} : { 'retry-after': asked });
    const composio = fakeComposio({
      list: () => Promise.reject(Object.assign(new Error('429'), { status: 429, headers })),
    });
    const answer = await createTestHandler({ composio }).send('GET', '/connected-accounts');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, passedOn]);
  });
}

const NONSENSE: readonly unknown[] = [null, undefined, 7, 'text', '<html>', [], {}, { items: {} }, { error: 'x' }];

for (const answer of NONSENSE) {
  test(`an upstream that returns ${JSON.stringify(answer)} is 502, with a line in the log`, async (context) => {
    const log = context.mock.method(console, 'error', () => {});
    const composio = fakeComposio({ list: () => answer, link: () => answer, authConfig: () => answer });
    const handler = createTestHandler({ composio });
    for (const path of ['/connected-accounts', '/connected-accounts/ca_1', '/auth-configs?ids=ac_github']) {
      assert.equal((await handler.send('GET', path)).status, 502);
    }
    const link = await createTestHandler({ composio: fakeComposio({ link: () => answer }) }).send(
      'POST',
      '/connected-accounts/link',
      { body: { authConfigId: 'ac_github' } },
    );
    assert.equal(link.status, 502);
    const lines = log.mock.calls.map(({ arguments: [line] }) => String(line));
    assert.equal(lines.length, 4);
    for (const line of lines) {
      assert.match(line, /^connect-account: Composio sent a response that cannot be used \(request [\w-]{36}\)\.$/);
    }
  });
}

for (const thrown of [null, undefined, 'text', 7, new Error('x'), { status: '404' }, { status: 404, error: null }]) {
  test(`an SDK that throws ${String(thrown)} becomes a JSON response`, async (context) => {
    context.mock.method(console, 'error', () => {});
    const composio = fakeComposio({ list: () => Promise.reject(thrown) });
    const { status, json } = await createTestHandler({ composio }).send('GET', '/connected-accounts');
    assert.ok([404, 502].includes(status));
    assert.ok(json.error.requestId);
  });
}
