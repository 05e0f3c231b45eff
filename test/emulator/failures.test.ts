import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

const { composio, emulator } = await startEmulatedComposio();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
const once = { maxRetries: 0 };

afterEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

function retrieve(options: { maxRetries?: number; timeout?: number; signal?: AbortSignal } = once) {
  return composio.getClient().connectedAccounts.retrieve(id, options);
}

function requestsSince(position: number) {
  return emulator.requests.slice(position).map(({ route, status }) => [route, status]);
}

test('rate_limited returns 429 with a bare body and Retry-After', async () => {
  emulator.knobs.failures.push({ route: 'accounts.retrieve', kind: 'rate_limited', retryAfter: '7', times: 1 });
  await assert.rejects(retrieve(), (error: { status: number; error: unknown; headers: Headers }) => {
    assert.equal(error.status, 429);
    assert.deepEqual(error.error, { message: 'Rate limit exceeded. Limit: 2000 requests per minute' });
    assert.equal(error.headers.get('retry-after'), '7');
    assert.equal(error.headers.get('x-ratelimit-window-size'), '60s');
    return true;
  });
  assert.equal((await retrieve()).status, 'ACTIVE');
});

test('a client that retries does not see a temporary failure, and each attempt is recorded', async () => {
  emulator.knobs.failures.push({ route: '*', kind: 'rate_limited', retryAfter: '0', times: 2 });
  const start = emulator.requests.length;
  assert.equal((await retrieve({})).status, 'ACTIVE');
  assert.deepEqual(requestsSince(start), [
    ['accounts.retrieve', 429],
    ['accounts.retrieve', 429],
    ['accounts.retrieve', 200],
  ]);
});

for (const [kind, status] of [
  ['server_error', 500],
  ['conflict', 409],
  ['forbidden', 403],
  ['html', 502],
] as const) {
  test(`${kind} returns ${status} on its route only`, async () => {
    emulator.knobs.failures.push({ route: 'accounts.patch', kind });
    await assert.rejects(composio.getClient().connectedAccounts.patch(id, { alias: 'new' }, once), { status });
    assert.equal((await retrieve()).status, 'ACTIVE');
  });
}

test('truncated returns 200 with half a document', async () => {
  emulator.knobs.failures.push({ route: '*', kind: 'truncated' });
  const headers = { 'x-api-key': emulator.apiKey };
  const response = await fetch(`${emulator.origin}/api/v3/connected_accounts/${id}`, { headers });
  assert.equal(response.status, 200);
  await assert.rejects(response.json(), SyntaxError);
});

test('reset cuts the connection', async () => {
  emulator.knobs.failures.push({ route: '*', kind: 'reset' });
  const headers = { 'x-api-key': emulator.apiKey };
  await assert.rejects(fetch(`${emulator.origin}/api/v3/connected_accounts`, { headers }), TypeError);
});

test('hang sends no response until the client gives up', async () => {
  emulator.knobs.failures.push({ route: '*', kind: 'hang' });
  const start = emulator.requests.length;
  await assert.rejects(retrieve({ maxRetries: 0, timeout: 50 }), { name: 'Error', message: 'Request timed out.' });
  assert.deepEqual(requestsSince(start), [['accounts.retrieve', null]]);
});

test('latency delays one route or all of them', async () => {
  emulator.knobs.latency['*'] = 60;
  emulator.knobs.latency['accounts.list'] = 0;
  const start = performance.now();
  await retrieve();
  assert.ok(performance.now() - start >= 59);
  emulator.knobs.latency = { 'accounts.list': 10_000 };
  await retrieve({ maxRetries: 0, timeout: 2000 });
});

test('requests are recorded with their query and body, and without a route when the key is refused', async () => {
  const start = emulator.requests.length;
  await composio.connectedAccounts.link('user_new', 'ac_slack');
  await fetch(`${emulator.origin}/api/v3/connected_accounts?statuses=ACTIVE&statuses=FAILED`);
  const [listed, linked, refused] = emulator.requests.slice(start);
  assert.deepEqual(listed?.query, { auth_config_ids: ['ac_slack'], statuses: ['ACTIVE'], user_ids: ['user_new'] });
  assert.deepEqual(JSON.parse(linked?.body ?? ''), { auth_config_id: 'ac_slack', user_id: 'user_new' });
  assert.deepEqual([linked?.method, linked?.path], ['POST', '/api/v3.1/connected_accounts/link']);
  assert.deepEqual(refused?.query, { statuses: ['ACTIVE', 'FAILED'] });
  assert.deepEqual([refused?.route, refused?.status], [undefined, 401]);
});
