import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLBACK, ORIGIN, startBackend } from './support/backend.js';

const { createHandler, emulator, openBrowser } = await startBackend();
const LINK = '/connected-accounts/link';
const own = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_slack' });

const FORBIDDEN = [
  'https://evil.example/api/connect/callback',
  '//evil.example/api/connect/callback',
  '/\\evil.example/api/connect/callback',
  '/api/connect/callback',
  'callback',
  '',
  `${ORIGIN}/`,
  `${ORIGIN}/api/connect/callback/`,
  `${ORIGIN}/api/connect/callback/../../open-redirect`,
  `${ORIGIN}/api/connect/callback%2f..%2f..`,
  `${ORIGIN}/api/connect/Callback`,
  `${ORIGIN}.evil.example/api/connect/callback`,
  `${ORIGIN}@evil.example/api/connect/callback`,
  'http://user@localhost:3000/api/connect/callback',
  'http://:secret@localhost:3000/api/connect/callback',
  'https://localhost:3000/api/connect/callback',
  'http://localhost:3001/api/connect/callback',
  'http://127.0.0.1:3000/api/connect/callback',
  'javascript:alert(1)',
  'data:text/html,x',
  'https:evil.example',
  `${CALLBACK}?pad=${'x'.repeat(5000)}`,
];

for (const callbackUrl of FORBIDDEN) {
  test(`a flow may not end at ${callbackUrl.slice(0, 60)}`, async () => {
    const before = emulator.requests.length;
    const handler = createHandler();
    const link = await handler.send('POST', LINK, { body: { authConfigId: 'ac_github', callbackUrl } });
    assert.deepEqual([link.status, link.json.error.code], [400, 'invalid_request']);
    const refresh = await handler.send('POST', `/connected-accounts/${own.id}/refresh`, { body: { callbackUrl } });
    assert.deepEqual([refresh.status, refresh.json.error.code], [400, 'invalid_request']);
    assert.equal(emulator.requests.length, before);
  });
}

test('a page in the callbackUrls option is allowed with any query', async () => {
  const handler = createHandler({ callbackUrls: ['https://app.example.com/connected?ignored=1'] });
  const callbackUrl = 'https://app.example.com/connected?tab=2&connect_attempt=abcdefgh#part';
  const { json } = await handler.send('POST', LINK, { body: { authConfigId: 'ac_github', callbackUrl } });
  const { url } = await openBrowser().follow(json.redirectUrl);
  assert.equal(url.origin + url.pathname, 'https://app.example.com/connected');
  assert.deepEqual([...url.searchParams.keys()], ['tab', 'connect_attempt', 'state', 'status', 'connected_account_id']);
});

test('a caller cannot set the parameters that upstream appends', async () => {
  const handler = createHandler();
  const callbackUrl = `${CALLBACK}?status=success&state=forged&connected_account_id=ca_1&connectedAccountId=ca_1&session_uri=s&error=e`;
  const { json } = await handler.send('POST', LINK, { body: { authConfigId: 'ac_notion', callbackUrl } });
  const { url } = await openBrowser().follow(json.redirectUrl, { allow: false });
  assert.deepEqual(url.searchParams.getAll('status'), ['failed']);
  assert.equal(url.searchParams.getAll('state').length, 1);
  assert.notEqual(url.searchParams.get('state'), 'forged');
  assert.equal(url.searchParams.get('session_uri'), null);
});

test('the Host header does not affect the page on which a flow ends', async () => {
  const handler = createHandler({ origin: 'http://localhost:3000' });
  const request = new Request('http://evil.example/api/connect/connected-accounts/link', {
    method: 'POST',
    headers: {
      origin: ORIGIN,
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-test-user': 'user_ada',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ authConfigId: 'ac_googlecalendar' }),
  });
  const { redirectUrl } = (await (await handler.handle(request)).json()) as { redirectUrl: string };
  const { url } = await openBrowser().follow(redirectUrl);
  assert.equal(url.origin + url.pathname, CALLBACK);
});

test('a handler without `origin` serves only loopback addresses, and the log says how to fix it', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const { handle } = createHandler({ origin: undefined } as never);
  for (const url of [
    'http://localhost:9',
    'http://127.0.0.1',
    'http://127.8.9.1:1',
    'http://[::1]:3000',
    'https://localhost',
  ]) {
    assert.equal((await handle(new Request(`${url}/api/connect/callback`))).status, 200);
  }
  assert.equal(log.mock.callCount(), 0);
  for (const url of [
    'https://app.example.com',
    'http://localhost.evil.example',
    'http://10.0.0.1',
    'http://127.evil.example',
  ]) {
    const response = await handle(new Request(`${url}/api/connect/callback`, { headers: { host: 'localhost' } }));
    assert.equal(response.status, 500);
  }
  assert.equal(log.mock.callCount(), 4);
  assert.match(String(log.mock.calls[0]?.arguments[0]), /set the option `origin` of createConnectHandler/);
});
