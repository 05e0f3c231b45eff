import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

const CALLBACK = 'https://app.example.com/callback';
const { composio, emulator, openBrowser, request } = await startEmulatedComposio();
const accounts = composio.connectedAccounts;

afterEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

async function link(authConfigId: string, connectionData?: Record<string, string>) {
  const { json } = await request<{ connected_account_id: string; redirect_url: string }>(
    'POST',
    '/connected_accounts/link',
    {
      auth_config_id: authConfigId,
      user_id: 'user_ada',
      callback_url: CALLBACK,
      ...(connectionData && { connection_data: connectionData }),
    },
  );
  return { id: json.connected_account_id, url: json.redirect_url };
}

const KEY_SCHEMES = [
  { authConfigId: 'ac_firecrawl', fields: { generic_api_key: 'fc-1234567' }, val: { generic_api_key: 'fc-1234567' } },
  { authConfigId: 'ac_twilio', fields: { username: 'AC1', password: 'secret' }, val: { username: 'AC1' } },
  { authConfigId: 'ac_cloudflare', fields: { token: 'cf-token' }, val: { token: 'cf-token' } },
  { authConfigId: 'ac_googlebigquery', fields: { credentials_json: '{}' }, val: { credentials_json: '{}' } },
  { authConfigId: 'ac_hackernews', fields: {}, val: {} },
];

for (const { authConfigId, fields, val } of KEY_SCHEMES) {
  test(`a form connects ${authConfigId}, and the callback reports success`, async () => {
    const { id, url } = await link(authConfigId);
    const end = await openBrowser().follow(url, { fields });
    assert.equal(end.url.href, `${CALLBACK}?status=success&connected_account_id=${id}`);
    assert.equal((await accounts.get(id)).status, 'ACTIVE');
    const kept = emulator.accounts.get(id)?.val;
    for (const [name, value] of Object.entries(val)) assert.equal(kept?.[name], value);
  });
}

test('a hidden field is not shown, and its default applies', async () => {
  const { id, url } = await link('ac_firecrawl');
  const page = await (await fetch(url)).text();
  assert.match(page, /name="generic_api_key"[^>]*required/);
  assert.match(page, /name="base_url"[^>]*value="https:\/\/api\.firecrawl\.dev"/);
  assert.doesNotMatch(page, /name="version"/);
  await openBrowser().follow(url, { fields: { generic_api_key: 'fc-1234567' } });
  assert.equal(emulator.accounts.get(id)?.val['version'], 'v2');
});

test('the form shows which values are missing and which the third party refused', async () => {
  emulator.knobs.rejectedCredentials.add('fc-wrong');
  const { id, url } = await link('ac_firecrawl');
  const missing = await openBrowser().follow(url, { fields: { generic_api_key: '' } });
  assert.equal(missing.status, 400);
  assert.match(missing.html, /Missing required fields: API Key/);
  const rejected = await openBrowser().follow(url, { fields: { generic_api_key: 'fc-wrong' } });
  assert.match(rejected.html, /These credentials were not accepted/);
  assert.doesNotMatch(rejected.html, /fc-wrong/);
  assert.equal((await accounts.get(id)).status, 'INITIATED');
});

test('custom OAuth asks for its field first, unless connection_data has it', async () => {
  const asked = await link('ac_zendesk');
  const visit = await openBrowser().follow(asked.url, { fields: { subdomain: 'acme' } });
  assert.equal(visit.hops[1]?.href, asked.url);
  assert.equal(emulator.accounts.get(asked.id)?.val['subdomain'], 'acme');
  assert.equal((await accounts.get(asked.id)).status, 'ACTIVE');

  const known = await link('ac_zendesk', { subdomain: 'acme' });
  const direct = await openBrowser().follow(known.url);
  assert.match(direct.hops[1]?.pathname ?? '', /^\/auth/);
});

test('a used, an unknown and a deleted link each show their own page', async () => {
  const { id, url } = await link('ac_hackernews');
  const browser = openBrowser();
  await browser.follow(url);
  const used = await browser.follow(url);
  assert.equal(used.status, 410);
  assert.match(used.html, /Link already used/);
  await accounts.delete(id);
  assert.equal((await browser.follow(url)).status, 404);
  assert.equal((await browser.follow(`${emulator.origin}/link/lk_unknown`)).status, 404);
});

test('a flow without a callback ends on a page of Composio', async () => {
  const good = await accounts.link('user_home', 'ac_github');
  const end = await openBrowser().follow(good.redirectUrl ?? '');
  assert.equal(end.status, 200);
  assert.match(end.html, /You can close this window/);
  const denied = await accounts.link('user_home', 'ac_slack');
  assert.match((await openBrowser().follow(denied.redirectUrl ?? '', { allow: false })).html, /Not connected/);
});

test('the knob callback sends camel case, leaves out the id and reports a failure of an ACTIVE account', async () => {
  emulator.knobs.callback.parameterNames = 'camel';
  const camel = await link('ac_github');
  const { url } = await openBrowser().follow(camel.url);
  assert.equal(url.search, `?status=success&connectedAccountId=${camel.id}&appName=github`);

  emulator.knobs.callback = { parameterNames: 'snake', omitAccountId: true, error: 'server_error' };
  const lied = await link('ac_github');
  assert.equal((await openBrowser().follow(lied.url)).url.search, '?status=failed&error=server_error');
  assert.equal((await accounts.get(lied.id)).status, 'ACTIVE');
});

test('the knob hostedConsentPage shows a page whose Cancel fails the account', async () => {
  emulator.knobs.hostedConsentPage = true;
  const { id, url } = await link('ac_github');
  assert.match(await (await fetch(url)).text(), /Connect GitHub/);
  const cancelled = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'cancel' }),
    redirect: 'manual',
  });
  assert.equal(cancelled.headers.get('location'), `${CALLBACK}?status=failed&connected_account_id=${id}`);
  assert.equal((await accounts.get(id)).status, 'FAILED');
});

test('the knob denyLinks fails every link without a page', async () => {
  emulator.knobs.denyLinks = true;
  const { id, url } = await link('ac_slack');
  const end = await openBrowser().follow(url);
  assert.equal(end.url.search, `?status=failed&connected_account_id=${id}`);
  assert.equal((await accounts.get(id)).status, 'FAILED');
});

test('the knob activationDelay returns the browser before the account is ACTIVE', async () => {
  emulator.knobs.activationDelay = 300;
  const { id, url } = await link('ac_github');
  await openBrowser().follow(url);
  assert.equal((await accounts.get(id)).status, 'INITIATED');
  assert.equal((await accounts.waitForConnection(id, 5000)).status, 'ACTIVE');
});

test('the knob crossOriginOpenerPolicy applies to link pages and their redirects', async () => {
  emulator.knobs.crossOriginOpenerPolicy = 'same-origin';
  for (const authConfigId of ['ac_github', 'ac_firecrawl']) {
    const { url } = await link(authConfigId);
    const response = await fetch(url, { redirect: 'manual' });
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
  }
});
