import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpRequester } from '../../src/core/http/http-requester.js';
import type { SessionTokenSource } from '../../src/core/http/session-tokens.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import { ScriptedFetch } from '../support/scripted-fetch.js';

function setUp(sessionToken: SessionTokenSource) {
  const backend = new ScriptedFetch();
  const endpoint = 'https://app.example.com/api/connect';
  return { backend, http: new HttpRequester({ endpoint, fetch: backend.fetch, sessionToken }) };
}

const UNAUTHORIZED = { error: { code: 'unauthorized', message: 'No session.' } };
const isUnauthorized = (error: unknown) => error instanceof ConnectError && error.code === 'unauthorized';

test('the session token goes into the Authorization header and nowhere else', async () => {
  const { backend, http } = setUp('s3cret');
  backend.respond('', { status: 500 });
  const failure: ConnectError = await http.write('POST', '/x', {}, {}).catch((error) => error);
  assert.equal(backend.header(0, 'Authorization'), 'Bearer s3cret');
  assert.ok(!backend.requests[0]?.url.includes('s3cret'));
  assert.ok(!`${JSON.stringify(failure.info)}${failure.stack}`.includes('s3cret'));
});

test('the token is fetched again after a 401, and even a POST is sent again, since it had no effect', async () => {
  let calls = 0;
  const { backend, http } = setUp(async () => `token-${++calls}`);
  backend.json(UNAUTHORIZED, { status: 401 }).json({ ok: true });
  assert.deepEqual((await http.write('POST', '/x', {}, {})).body, { ok: true });
  assert.deepEqual(
    [backend.header(0, 'Authorization'), backend.header(1, 'Authorization')],
    ['Bearer token-1', 'Bearer token-2'],
  );
});

test('a second 401 is passed on', async () => {
  let calls = 0;
  const { backend, http } = setUp(() => `token-${++calls}`);
  backend.json(UNAUTHORIZED, { status: 401 }).json(UNAUTHORIZED, { status: 401 });
  await assert.rejects(http.read('/x', {}, {}), isUnauthorized);
  assert.deepEqual([calls, backend.requests.length], [2, 2]);
});

test('a fixed token is not sent twice', async () => {
  const { backend, http } = setUp('fixed');
  backend.json(UNAUTHORIZED, { status: 401 });
  await assert.rejects(http.read('/x', {}, {}), isUnauthorized);
  assert.equal(backend.requests.length, 1);
});

test('two requests that get a 401 together share one new token', async () => {
  let calls = 0;
  const { backend, http } = setUp(async () => `token-${++calls}`);
  for (let answer = 0; answer < 2; answer++) backend.json(UNAUTHORIZED, { status: 401 });
  for (let answer = 0; answer < 2; answer++) backend.json({});
  await Promise.all([http.read('/auth-configs', {}, {}), http.read('/connected-accounts', {}, {})]);
  assert.equal(calls, 2);
  assert.equal(backend.header(3, 'Authorization'), 'Bearer token-2');
});
