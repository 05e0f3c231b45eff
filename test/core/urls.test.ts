import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkRedirectUrl, isLoopbackHostname, isLoopbackOrigin } from '../../src/core/model/redirect-url.js';
import { absoluteUrl, normalizeEndpoint } from '../../src/core/model/urls.js';

const PAGE = 'https://app.example.com';
const LOCAL = 'http://localhost:3000';

describe('checkRedirectUrl accepts', () => {
  const GOOD: Array<[url: string, page: string]> = [
    ['https://connect.composio.dev/link/lk_1', PAGE],
    ['https://connect.composio.dev:8443/link/lk_1?a=b&c=%20d#e', PAGE],
    ['HTTPS://connect.composio.dev/', PAGE],
    ['https://bücher.example/', PAGE],
    ['http://localhost:4000/link/1', LOCAL],
    ['http://127.0.0.1:4000/link/1', LOCAL],
    ['http://127.8.9.10/', 'http://[::1]:3000'],
    ['http://[::1]:4000/', 'http://127.0.0.1'],
    [`https://a.example/${'x'.repeat(8000)}`, PAGE],
  ];
  for (const [url, page] of GOOD) {
    test(`a window may be sent to ${url.slice(0, 60)} from ${page}`, () => {
      assert.equal(checkRedirectUrl(url, page), new URL(url).href);
    });
  }
});

describe('checkRedirectUrl refuses', () => {
  const HOSTILE: unknown[] = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\tjavascript:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
    'javascript://https://ok.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://app.example.com/0b8a2b0e',
    'file:///etc/passwd',
    'about:blank',
    'vbscript:msgbox(1)',
    'ftp://ok.example/',
    '//evil.example/',
    '/\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:///evil.example',
    'https:\\\\evil.example',
    'https://ok.example@evil.example/',
    'https://user:secret@evil.example/',
    'https://:secret@evil.example/',
    'https://ok.example/\u0000',
    'https://ok.example/a\tb',
    'https://ok.example/\r\nSet-Cookie: a=b',
    'https://ok.example/\u0085',
    ' https://ok.example/',
    'https://',
    'https://[evil',
    'https://ok .example/',
    'https://evil.example:99999/',
    `https://a.example/${'x'.repeat(8200)}`,
    // Longer than 8 KB only once it is percent-encoded.
    `https://a.example/${'é'.repeat(4000)}`,
    'http://ok.example/',
    'http://localhost.evil.example/',
    'relative/path',
    '',
    null,
    undefined,
    42,
    {},
    ['https://ok.example/'],
    new URL('https://ok.example/'),
  ];
  for (const url of HOSTILE) {
    test(`a window must not be sent to ${JSON.stringify(url)?.slice(0, 60)}`, () => {
      assert.equal(checkRedirectUrl(url, PAGE), null);
      assert.equal(checkRedirectUrl(url, LOCAL), null);
    });
  }

  test('a window must not be sent to plain http on this machine from another origin', () => {
    assert.equal(checkRedirectUrl('http://localhost:4000/', PAGE), null);
    assert.equal(checkRedirectUrl('http://127.0.0.1/', 'null'), null);
  });

  test('no text leads to a protocol other than https', () => {
    const mean = fc.string({ unit: fc.constantFrom(...'javscript:/\\@ htp.\t\n\u0000#?%') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mean, fc.webUrl()), (url) => {
        const checked = checkRedirectUrl(url, PAGE);
        assert.ok(checked === null || checked.startsWith('https://'), String(checked));
      }),
      { numRuns: 1000 },
    );
  });
});

test('only localhost, 127.0.0.0/8 and [::1] are loopback hosts', () => {
  for (const name of ['localhost', '127.0.0.1', '127.255.0.9', '[::1]']) assert.ok(isLoopbackHostname(name), name);
  for (const name of ['127.evil.example', '127.0.0.1.evil.example', 'localhost.', '0.0.0.0', '[::2]', '']) {
    assert.ok(!isLoopbackHostname(name), name);
  }
  assert.ok(isLoopbackOrigin('http://localhost:3000'));
  for (const origin of ['null', '', 'https://app.example.com']) assert.ok(!isLoopbackOrigin(origin), origin);
});

for (const [endpoint, base, normal] of [
  ['/api/connect//', undefined, '/api/connect'],
  ['/api/connect/', 'https://app.example.com/settings/', 'https://app.example.com/api/connect'],
  ['https://api.example.com', 'https://app.example.com/', 'https://api.example.com'],
  ['http://[', 'https://app.example.com/', 'http://['],
] as const) {
  test(`the endpoint ${endpoint} of a page at ${base} is normalized to ${normal}`, () => {
    assert.equal(normalizeEndpoint(endpoint, base === undefined ? undefined : (url) => absoluteUrl(url, base)), normal);
  });
}
