import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { createAuthConfig, type SchemeRecord } from '../../demo/emulator/toolkit-records.js';
import { type ErrorBody, startEmulatedComposio } from './support/start-emulated-composio.js';

const { composio, emulator, openBrowser, request } = await startEmulatedComposio();
const accounts = composio.connectedAccounts;
const CALLBACK = 'https://app.example.com/done';

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

/** Sends a raw request past the check against the published document, which does not know newer things. */
const send = (method: string, path: string, body?: unknown) =>
  fetch(`${emulator.origin}/api/v3.1${path}`, {
    method,
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

test('refresh checks no credentials and says that it is deprecated', async () => {
  emulator.knobs.rejectedCredentials.add('seed_api_key');
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  const { status, headers, json } = await request<{ status: string }>('POST', `/connected_accounts/${id}/refresh`, {
    validate_credentials: true,
  });
  assert.deepEqual([status, json.status], [200, 'ACTIVE']);
  assert.match(headers.get('deprecation') ?? '', /^@\d+$/);
  assert.ok(Date.parse(headers.get('sunset') ?? '') > Date.parse('2026-09-22'));
});

test('the knob isRefreshGone removes refresh', async () => {
  emulator.knobs.isRefreshGone = true;
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  assert.equal((await send('POST', `/connected_accounts/${id}/refresh`)).status, 410);
});

test('the knob requestsPerMinute counts all requests of the organization in windows of one minute', async () => {
  emulator.knobs.requestsPerMinute = 3;
  // The start of a window, so that the test does not cross its end.
  emulator.clock.advance(60_000 - (emulator.clock.now() % 60_000));
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await send('GET', '/connected_accounts')).status);
  assert.deepEqual(statuses, [200, 200, 200, 429]);
  const limited = await send('GET', '/auth_configs');
  const wait = Number(limited.headers.get('retry-after'));
  assert.ok(wait > 55 && wait <= 60, String(wait));
  assert.equal(limited.headers.get('x-ratelimit-window-size'), '60s');
  emulator.clock.advance(60_000);
  assert.equal((await send('GET', '/connected_accounts')).status, 200);
});

test('a managed link shows a consent page first, and one of an own app goes straight to the provider', async () => {
  const managed = await accounts.link('user_page', 'ac_github', { callbackUrl: CALLBACK });
  assert.match(await (await fetch(managed.redirectUrl ?? '')).text(), /Continue/);
  const { hops } = await openBrowser().follow(managed.redirectUrl ?? '');
  assert.equal(
    hops.filter(({ pathname }) => pathname.startsWith('/link/')).length,
    3,
    'the page, its form, the return',
  );
  emulator.knobs.hostedConsentPage = false;
  const direct = await accounts.link('user_page', 'ac_slack', { callbackUrl: CALLBACK });
  assert.equal((await fetch(direct.redirectUrl ?? '', { redirect: 'manual' })).status, 302);
});

test('the knob givesDisplayName leaves the login unnamed', async () => {
  emulator.knobs.givesDisplayName = false;
  const { id, redirectUrl } = await accounts.link('user_nameless', 'ac_github', { callbackUrl: CALLBACK });
  await openBrowser().follow(redirectUrl ?? '');
  const account = await accounts.get(id);
  assert.equal(account.status, 'ACTIVE');
  assert.equal(account.state?.val['displayName'], undefined);
  assert.equal(account.state?.val['access_token'], 'REDACTED');
});

test('an empty limit is the default, as the SDK sends null', async () => {
  const page = await accounts.list({ limit: null });
  assert.ok(page.items.length <= 20);
  assert.equal((await send('GET', '/connected_accounts?limit=&cursor=')).status, 200);
});

test('a page of auth configs has at most 200 entries', async () => {
  assert.equal((await send('GET', '/auth_configs?limit=200')).status, 200);
  assert.equal((await send('GET', '/auth_configs?limit=201')).status, 400);
});

for (const max of [50, 100, 500]) {
  test(`the knob maxIdsInFilter refuses more than ${max} ids`, async () => {
    emulator.knobs.maxIdsInFilter = max;
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `ca_${index}`).join(',');
    assert.equal((await send('GET', `/connected_accounts?connected_account_ids=${ids(max)}`)).status, 200);
    const refused = await send('GET', `/connected_accounts?connected_account_ids=${ids(max + 1)}`);
    assert.equal(refused.status, 400);
    assert.match(((await refused.json()) as ErrorBody).error.message, new RegExp(`at most ${max}`));
  });
}

test('the knob maxPageLimit refuses a larger page of accounts', async () => {
  emulator.knobs.maxPageLimit = 100;
  assert.equal((await send('GET', '/connected_accounts?limit=100')).status, 200);
  assert.equal((await send('GET', '/connected_accounts?limit=101')).status, 400);
});

test('the page of a used link shows the callback URL only by the knob usedLinkShowsCallback', async () => {
  const { redirectUrl } = await accounts.link('user_used', 'ac_github', { callbackUrl: `${CALLBACK}?state=secret` });
  await openBrowser().follow(redirectUrl ?? '');
  const used = async () => (await fetch(redirectUrl ?? '')).text();
  assert.doesNotMatch(await used(), /state=secret/);
  emulator.knobs.usedLinkShowsCallback = true;
  assert.match(await used(), /state=secret/);
});

test('CIMD_OAUTH sends the browser to the provider like OAUTH2', async () => {
  const scheme: SchemeRecord = { mode: 'CIMD_OAUTH', isComposioManaged: true, scopes: [], fields: [] };
  const toolkit = { ...emulator.toolkits.get('notion'), slug: 'cimd', name: 'Cimd', schemes: [scheme] };
  emulator.toolkits.set('cimd', toolkit as Parameters<typeof emulator.toolkits.set>[1]);
  const config = createAuthConfig({ id: 'ac_cimd', toolkitSlug: 'cimd', name: 'Cimd', scheme }, emulator.clock);
  emulator.authConfigs.set('ac_cimd', config);
  const created = await send('POST', '/connected_accounts/link', {
    user_id: 'user_cimd',
    auth_config_id: 'ac_cimd',
    callback_url: CALLBACK,
  });
  const link = (await created.json()) as { redirect_url: string; connected_account_id: string };
  const { url } = await openBrowser().follow(link.redirect_url);
  assert.equal(url.searchParams.get('status'), 'success');
  const account = (await (await send('GET', `/connected_accounts/${link.connected_account_id}`)).json()) as {
    status: string;
    auth_config: { auth_scheme: string };
  };
  assert.deepEqual([account.status, account.auth_config.auth_scheme], ['ACTIVE', 'CIMD_OAUTH']);
  emulator.authConfigs.delete('ac_cimd');
  emulator.toolkits.delete('cimd');
});
