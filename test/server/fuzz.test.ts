import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CALLBACK, ORIGIN, SECRET, startBackend } from './support/backend.js';

const RUNS = 1500;
const { createHandler, emulator } = await startBackend();
const own = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
const foreign = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github', displayName: 'GRACE-ONLY' });

const id = fc.oneof(
  fc.constantFrom(own.id, foreign.id, 'ca_unknown', 'link', '..', '%2e%2e', '%00', 'a,b'),
  fc.webSegment(),
);
const path = fc.oneof(
  fc.constantFrom('/auth-configs', '/connected-accounts', '/connected-accounts/link', '/callback'),
  id.map((segment) => `/connected-accounts/${segment}`),
  id.map((segment) => `/connected-accounts/${segment}/refresh`),
  fc.webPath(),
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    own.id,
    foreign.id,
    'user_ada',
    'user_grace',
    'ac_github',
    'ac_zendesk',
    CALLBACK,
    'javascript:alert(1)',
    '',
  ),
);
const key = fc.constantFrom(
  'userId',
  'authConfigId',
  'alias',
  'enabled',
  'allowMultiple',
  'callbackUrl',
  'bindingChallenge',
  'connectionData',
  'credentials',
  'connectedAccountId',
  'sessionUri',
  'state',
  'bindingVerifier',
  'validateCredentials',
  '__proto__',
  'constructor',
);
const body = fc.oneof(
  fc.array(fc.tuple(key, value)).map((entries) => JSON.stringify(Object.fromEntries(entries))),
  fc.json(),
  fc.string(),
  fc.constant(undefined),
);
const query = fc
  .array(
    fc.tuple(fc.constantFrom('ids', 'userId', 'statuses', 'limit', 'orderBy', 'cursor', 'authConfigIds'), fc.string()),
  )
  .map((entries) => new URLSearchParams(entries).toString());
const headers = fc.record(
  {
    origin: fc.constantFrom(ORIGIN, ORIGIN, ORIGIN, 'https://evil.example', 'null', ''),
    'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site', 'same-site', 'none', ''),
    'content-type': fc.constantFrom('application/json', 'application/json', 'text/plain', ''),
    'content-length': fc.constantFrom('0', '-1', 'NaN', '99999999'),
    authorization: fc.constantFrom('Bearer x', 'Bearer ', 'Basic x'),
    host: fc.constantFrom('evil.example', 'localhost'),
    'x-forwarded-host': fc.constant('evil.example'),
  },
  { requiredKeys: [] },
);
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD'),
  path,
  query,
  headers,
  body,
});

const ORDINARY = new Set([200, 201, 400, 401, 403, 404, 405, 409, 413, 422]);

test(`${RUNS} random requests: each is answered in order, nothing is thrown, nothing of others is shown`, async (context) => {
  const logged = context.mock.method(console, 'error', () => {});
  const handler = createHandler({ authConfigIds: ['ac_github', 'ac_zendesk', 'ac_firecrawl'] });
  const property = fc.asyncProperty(requests, async ({ method, path, query, headers, body }) => {
    const url = `${ORIGIN}/api/connect${path}?${query}`;
    const hasBody = body !== undefined && !['GET', 'HEAD'].includes(method);
    const init = { method, headers: { 'x-test-user': 'user_ada', ...headers }, ...(hasBody && { body }) };
    const response = await handler.handle(new Request(url, init));
    const text = await response.text();
    assert.ok(ORDINARY.has(response.status), `${response.status} ${text}`);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.doesNotMatch(text, /GRACE-ONLY|access_token|evil\.example/);
    assert.ok(!text.includes(SECRET) && !text.includes(emulator.apiKey));
    if (response.status >= 400 && method !== 'HEAD') {
      const { error } = JSON.parse(text) as { error: { code: string; requestId: string } };
      assert.ok(error.code.length > 0 && error.requestId.length > 0);
    }
  });
  await fc.assert(property, { numRuns: RUNS });
  assert.equal(logged.mock.callCount(), 0, 'an unforeseen error was logged');
  assert.equal(emulator.accounts.get(foreign.id)?.status, 'ACTIVE');
});
