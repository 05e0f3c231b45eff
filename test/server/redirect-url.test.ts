import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRedirectUrl } from '../../src/core/model/redirect-url.js';
import { createTestHandler } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';

const APP = 'https://app.example.com';
const LOCAL = 'http://localhost:3000';

const HOSTILE: readonly unknown[] = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '\tjavascript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  'javascript://app.example.com/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://app.example.com/1',
  'vbscript:x',
  'file:///etc/passwd',
  'about:blank',
  'ftp://example.com/',
  '//evil.example/',
  '/relative',
  '\\\\evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'https://',
  'https://ok@evil.example/',
  'https://user:password@evil.example/',
  'https://:password@evil.example/',
  'https://example.com/\u0000',
  'https://exa\nmple.com/',
  'https://example.com/\u0085',
  'https://example.com/\u007f',
  `https://example.com/${'a'.repeat(8192)}`,
  `https://example.com/${'ä'.repeat(2000)}`,
  'http://example.com/',
  'http://localhost.evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://10.0.0.1/',
  'http://[::2]/',
  '',
  'https',
  null,
  undefined,
  7,
  {},
  ['https://example.com/'],
  { toString: () => 'https://example.com/' },
];

for (const url of HOSTILE) {
  test(`${JSON.stringify(url)?.slice(0, 50)} is refused as a connect page`, () => {
    assert.equal(checkRedirectUrl(url, APP), null);
    assert.equal(checkRedirectUrl(url, LOCAL), null);
  });
}

test('a plain https URL is accepted in its normal form', () => {
  assert.equal(
    checkRedirectUrl('HTTPS://Connect.Composio.dev/link/lk_1?a=b#c', APP),
    'https://connect.composio.dev/link/lk_1?a=b#c',
  );
  assert.equal(checkRedirectUrl('https://connect.composio.dev', LOCAL), 'https://connect.composio.dev/');
  const longest = `https://example.com/${'a'.repeat(8172)}`;
  assert.equal(checkRedirectUrl(longest, APP), longest);
});

test('an http URL is accepted only on a loopback address for a page on a loopback address', () => {
  for (const url of ['http://localhost/', 'http://127.0.0.1:8080/a', 'http://127.255.1.2/', 'http://[::1]:5/']) {
    for (const page of [LOCAL, 'https://localhost', 'http://127.0.0.1:3000', 'http://[::1]']) {
      assert.equal(checkRedirectUrl(url, page), url);
    }
    for (const page of [APP, 'http://localhost.evil.example', 'null', '']) {
      assert.equal(checkRedirectUrl(url, page), null);
    }
  }
});

for (const redirectUrl of HOSTILE) {
  test(`an upstream that returns ${JSON.stringify(redirectUrl)?.slice(0, 50)} is 502 on every route`, async (context) => {
    context.mock.method(console, 'error', () => {});
    const account = wireAccount({ status: 'EXPIRED' });
    const composio = fakeComposio({
      list: { items: [account], total_pages: 1 },
      link: { connected_account_id: 'ca_2', expires_at: '2999-01-01T00:00:00Z', redirect_url: redirectUrl },
      refresh: { id: 'ca_1', status: 'INITIATED', redirect_url: redirectUrl ?? 7 },
      create: { id: 'ca_2', connectionData: { val: { status: 'INITIATED', redirectUrl: redirectUrl ?? 7 } } },
      authConfig: { id: 'ac_github', auth_scheme: 'OAUTH2', status: 'ENABLED', toolkit: { slug: 'github' } },
    });
    const handler = createTestHandler({ composio });
    const answers = [
      await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' } }),
      await handler.send('POST', '/connected-accounts', { body: { authConfigId: 'ac_github', credentials: {} } }),
      await handler.send('POST', '/connected-accounts/ca_1/refresh'),
    ];
    assert.deepEqual(
      answers.map(({ status, json }) => [status, json.error.code]),
      Array(3).fill([502, 'upstream_error']),
    );
  });
}
