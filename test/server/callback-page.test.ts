import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Composio } from '@composio/core';
import { CALLBACK_PAGE_SCRIPT } from '../../src/server/callback/callback-page-script.js';
import { createTestHandler, ORIGIN } from './support/backend.js';

const composio = new Composio({ apiKey: 'ak_test', allowTracking: false, disableVersionCheck: true });
const { handle } = createTestHandler({
  composio,
  identify: () => {
    throw new Error('The page is for everybody.');
  },
});
const load = (query = '') => handle(new Request(`${ORIGIN}/api/connect/callback${query}`));

const sourceOf = (html: string, tag: string) => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

test('the callback page is sent with strict headers and without COOP', async () => {
  const response = await load();
  assert.equal(response.status, 200);
  const html = await response.text();
  const { 'content-security-policy': policy, ...headers } = Object.fromEntries(response.headers);
  assert.deepEqual(headers, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  assert.deepEqual(policy?.split('; '), [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${hashOf(sourceOf(html, 'style'))}`,
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
});

test('the callback page contains nothing from the URL', async () => {
  const [plain, full] = await Promise.all([
    load(),
    load('?status=failed&error=</script><img src=x onerror=alert(1)>&state=abc&connected_account_id=ca_1#x'),
  ]);
  assert.equal(await full.text(), await plain.text());
});

test('the callback page loads its script by an absolute path and nothing else', async () => {
  const html = await (await load()).text();
  assert.deepEqual(html.match(/\b(?:src|href)="[^"]*"/g), ['src="/api/connect/callback.js"']);
  assert.doesNotMatch(html, /@import|url\(|<script>/);
});

test('the callback page finds its script behind a proxy that takes a prefix off', async () => {
  const { handle } = createTestHandler({ composio, publicPath: '/tools/api/connect' });
  const html = await (await handle(new Request(`${ORIGIN}/api/connect/callback`))).text();
  assert.match(html, /<script src="\/tools\/api\/connect\/callback\.js">/);
});

test('the callback page says what to do where its script is blocked', async () => {
  assert.match(await (await load()).text(), /<p role="status"[^>]*>Return to the app\./);
});

test('the script of the callback page is served to everybody, also by HEAD', async () => {
  for (const method of ['GET', 'HEAD']) {
    const response = await handle(new Request(`${ORIGIN}/api/connect/callback.js`, { method }));
    assert.equal(response.status, 200);
    assert.deepEqual(Object.fromEntries(response.headers), {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    assert.equal(await response.text(), method === 'GET' ? CALLBACK_PAGE_SCRIPT : '');
  }
  assert.equal((await handle(new Request(`${ORIGIN}/api/connect/callback`, { method: 'HEAD' }))).status, 200);
});
