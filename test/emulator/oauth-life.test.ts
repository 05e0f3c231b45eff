import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

const CALLBACK = 'http://localhost:3000/api/connect/callback?state=a%20b';
const { composio, emulator, provider, openBrowser } = await startEmulatedComposio();
const accounts = composio.connectedAccounts;

test('a user who signs in and consents ends with an ACTIVE account and a label', async () => {
  const request = await accounts.link('user_ada', 'ac_github', { callbackUrl: CALLBACK, alias: 'work' });
  assert.equal(request.status, 'INITIATED');
  assert.equal((await accounts.get(request.id)).status, 'INITIATED');

  const end = await openBrowser().follow(request.redirectUrl ?? '', { login: 'hubot' });
  assert.equal(end.url.href, `${CALLBACK}&status=success&connected_account_id=${request.id}`);

  const account = await request.waitForConnection(1000);
  assert.equal(account.status, 'ACTIVE');
  assert.equal(account.alias, 'work');
  assert.match(account.wordId ?? '', /^github_[a-z]+-[a-z]+$/);
  assert.equal(account.state?.val['displayName'], 'hubot');
});

test('the browser passes the link page, the provider and the redirect URI, with PKCE and state', async () => {
  const request = await accounts.link('user_hops', 'ac_slack', { callbackUrl: CALLBACK });
  const { hops } = await openBrowser().follow(request.redirectUrl ?? '');
  assert.equal(hops[0]?.href, request.redirectUrl);
  assert.equal(hops[1]?.href, request.redirectUrl, 'the form of the link page');
  const authorization = hops[2];
  assert.equal(authorization?.origin, provider.origin);
  assert.equal(authorization?.searchParams.get('code_challenge_method'), 'S256');
  assert.match(authorization?.searchParams.get('state') ?? '', /^[\w-]{43}$/);
  const back = hops.at(-3);
  assert.equal(`${back?.origin}${back?.pathname}`, `${emulator.origin}/api/v3/toolkits/auth/callback`);
  assert.equal(hops.at(-2)?.search, `?status=success&connectedAccountId=${request.id}&appName=slack`);
});

test('a user who denies ends with a FAILED account', async () => {
  const request = await accounts.link('user_deny', 'ac_notion', { callbackUrl: CALLBACK });
  const end = await openBrowser().follow(request.redirectUrl ?? '', { allow: false });
  assert.equal(end.url.href, `${CALLBACK}&status=failed&connected_account_id=${request.id}`);
  const account = await accounts.get(request.id);
  assert.equal(account.status, 'FAILED');
  assert.deepEqual(account.state?.val, {
    status: 'FAILED',
    error: 'access_denied',
    error_description: 'The user denied the request.',
  });
  await assert.rejects(request.waitForConnection(1000), { name: 'ConnectionRequestFailedError' });
});

test('an unfinished account is EXPIRED after ten minutes and not before', async () => {
  const request = await accounts.link('user_slow', 'ac_github');
  emulator.clock.advance(9 * 60_000);
  assert.equal((await accounts.get(request.id)).status, 'INITIATED');
  emulator.clock.advance(60_000);
  const account = await accounts.get(request.id);
  assert.equal(account.status, 'EXPIRED');
  assert.equal(account.statusReason, 'Connection initiation did not complete within 10 minutes');
  const end = await openBrowser().follow(request.redirectUrl ?? '');
  assert.equal(end.status, 410);
  assert.match(end.html, /Link expired/);
});

test('an expired account can be connected again under another id', async () => {
  const old = emulator.accounts.add({ userId: 'user_again', authConfigId: 'ac_github', status: 'EXPIRED' });
  const request = await accounts.link('user_again', 'ac_github', { callbackUrl: CALLBACK });
  assert.notEqual(request.id, old.id);
  await openBrowser().follow(request.redirectUrl ?? '');
  assert.equal((await accounts.get(request.id)).status, 'ACTIVE');
  assert.equal((await accounts.get(old.id)).status, 'EXPIRED');
});

test('the SDK refuses a second ACTIVE account unless allowMultiple is set', async () => {
  emulator.accounts.add({ userId: 'user_two', authConfigId: 'ac_github' });
  await assert.rejects(accounts.link('user_two', 'ac_github'), { name: 'ComposioMultipleConnectedAccountsError' });
  const second = await accounts.link('user_two', 'ac_github', { allowMultiple: true });
  assert.equal(second.status, 'INITIATED');
});

test('custom OAuth started by initiate() goes straight to the provider and returns in camel case', async () => {
  const request = await accounts.initiate('user_custom', 'ac_zendesk', {
    callbackUrl: CALLBACK,
    config: { authScheme: 'OAUTH2', val: { status: 'INITIALIZING', subdomain: 'acme' } },
  });
  assert.equal(new URL(request.redirectUrl ?? '').origin, provider.origin);
  const end = await openBrowser().follow(request.redirectUrl ?? '');
  assert.equal(end.url.href, `${CALLBACK}&status=success&connectedAccountId=${request.id}&appName=zendesk`);
  const account = await accounts.get(request.id);
  assert.equal(account.status, 'ACTIVE');
  assert.equal(account.state?.val['subdomain'], 'acme');
});

test('refresh keeps the id, makes a working account INITIATED and ends ACTIVE at its own callback', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_refresh', authConfigId: 'ac_github' });
  const refreshed = await accounts.refresh(id, { redirectUrl: CALLBACK });
  assert.equal(refreshed.id, id);
  assert.equal(refreshed.status, 'INITIATED');
  assert.equal((await accounts.get(id)).status, 'INITIATED');
  const end = await openBrowser().follow(refreshed.redirect_url ?? '');
  assert.equal(end.url.href, `${CALLBACK}&status=success&connected_account_id=${id}`);
  assert.equal((await accounts.get(id)).status, 'ACTIVE');
});

test('revoking invalidates the tokens at the provider', async () => {
  const request = await accounts.link('user_revoke', 'ac_github', { callbackUrl: CALLBACK });
  await openBrowser().follow(request.redirectUrl ?? '');
  const token = String(emulator.accounts.get(request.id)?.val['access_token']);
  const askProvider = () => fetch(`${provider.origin}/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await askProvider()).status, 200);

  const revoke = () => composio.getClient().post<unknown>(`/api/v3.1/connected_accounts/${request.id}/revoke`);
  assert.deepEqual(await revoke(), {
    revoked_tokens: ['access_token', 'refresh_token'],
    connected_account: { id: request.id, status: 'REVOKED' },
  });
  assert.equal((await askProvider()).status, 401);
  assert.deepEqual(await revoke(), { revoked_tokens: [], connected_account: { id: request.id, status: 'REVOKED' } });
  assert.equal((await accounts.get(request.id)).statusReason, 'Revoked via user-initiated revoke endpoint');
});

test('a second browser cannot finish the authorization of the first one', async () => {
  const request = await accounts.link('user_fixated', 'ac_github', { callbackUrl: CALLBACK });
  const opened = await fetch(request.redirectUrl ?? '', {
    method: 'POST',
    body: new URLSearchParams({ decision: 'continue' }),
    redirect: 'manual',
  });
  const end = await openBrowser().follow(opened.headers.get('location') ?? '');
  assert.equal(
    end.url.href,
    `${CALLBACK}&status=failed&connected_account_id=${request.id}` +
      '&error=This+connection+was+started+from+a+different+browser+or+device',
  );
  assert.equal((await accounts.get(request.id)).status, 'INITIATED');
});

test('an authorization response can be used once', async () => {
  const request = await accounts.link('user_replay', 'ac_github', { callbackUrl: CALLBACK });
  const browser = openBrowser();
  const { hops } = await browser.follow(request.redirectUrl ?? '');
  await accounts.refresh(request.id);
  const replayed = await browser.follow(hops.at(-3)?.href ?? '');
  assert.equal(replayed.status, 400);
  assert.match(replayed.html, /Sign-in expired/);
  assert.equal((await accounts.get(request.id)).status, 'INITIATED');
});
