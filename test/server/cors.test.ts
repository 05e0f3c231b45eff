import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createSessionToken, identifyBySessionToken } from '../../src/server.js';
import { SECRET, startBackend } from './support/backend.js';

const PARTNER = 'https://partner.example';
// Each refusal is a line in the log.
mock.method(console, 'warn', () => {});

const { createHandler, emulator } = await startBackend();
const handler = createHandler({ allowedOrigins: [PARTNER], identify: identifyBySessionToken(SECRET) });
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });

const preflight = (origin: string | undefined, method = 'PATCH') =>
  handler.send('OPTIONS', `/connected-accounts/${id}`, {
    as: null,
    headers: {
      origin,
      'sec-fetch-site': 'cross-site',
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    },
  });

const corsHeaders = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

test('a preflight from an allowed origin is allowed for exactly that origin', async () => {
  const { status, headers, text } = await preflight(PARTNER);
  assert.deepEqual([status, text], [204, '']);
  assert.equal(headers.get('access-control-allow-origin'), PARTNER);
  assert.equal(headers.get('access-control-allow-credentials'), 'true');
  assert.equal(headers.get('access-control-allow-methods'), 'GET, POST, PATCH, DELETE');
  assert.equal(headers.get('access-control-allow-headers'), 'authorization, content-type');
  assert.equal(headers.get('vary'), 'Origin');
});

for (const origin of [
  'https://evil.example',
  'null',
  `${PARTNER}.evil.example`,
  'https://sub.partner.example',
  undefined,
]) {
  test(`a preflight from ${origin} is refused`, async () => {
    const { status, headers } = await preflight(origin);
    assert.deepEqual([status, corsHeaders(headers)], [403, []]);
  });
}

test('responses and errors can be read only by an allowed origin', async () => {
  const authorization = `Bearer ${await createSessionToken({ userId: 'user_ada' }, SECRET)}`;
  for (const [path, status] of [
    [`/connected-accounts/${id}`, 200],
    ['/connected-accounts/ca_unknown', 404],
  ] as const) {
    const allowed = await handler.send('GET', path, { headers: { origin: PARTNER, authorization } });
    assert.equal(allowed.status, status);
    assert.equal(allowed.headers.get('access-control-allow-origin'), PARTNER);
    assert.equal(allowed.headers.get('access-control-expose-headers'), 'Date, Retry-After');
    const foreign = await handler.send('GET', path, { headers: { origin: 'https://evil.example', authorization } });
    assert.deepEqual(corsHeaders(foreign.headers), []);
    assert.equal(foreign.headers.get('vary'), 'Origin');
  }
});

test('a handler without allowed origins sends no CORS headers', async () => {
  const { headers } = await createHandler().send('GET', `/connected-accounts/${id}`, { headers: { origin: PARTNER } });
  assert.deepEqual([corsHeaders(headers), headers.get('vary')], [[], null]);
});
