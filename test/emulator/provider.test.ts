import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

const { composio, emulator, provider, openBrowser } = await startEmulatedComposio();
emulator.knobs.hostedConsentPage = false;

afterEach(() => {
  provider.knobs.autoConsent = undefined;
  provider.knobs.crossOriginOpenerPolicy = {};
});

async function authorizationUrl(): Promise<URL> {
  const options = { callbackUrl: 'https://app.example.com/callback', allowMultiple: true };
  const request = await composio.connectedAccounts.link('user_ada', 'ac_github', options);
  const response = await fetch(request.redirectUrl ?? '', { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

test('the provider publishes its metadata and requires PKCE with S256', async () => {
  const response = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
  const metadata = (await response.json()) as Record<string, unknown>;
  assert.equal(metadata['issuer'], provider.issuer);
  assert.deepEqual(metadata['code_challenge_methods_supported'], ['S256']);
  const url = await authorizationUrl();
  url.searchParams.delete('code_challenge');
  url.searchParams.delete('code_challenge_method');
  const refused = await fetch(url, { redirect: 'manual' });
  const answer = new URL(refused.headers.get('location') ?? '');
  assert.equal(answer.searchParams.get('error'), 'invalid_request');
});

test('an unregistered redirect URI gets an error page and no redirect', async () => {
  const url = await authorizationUrl();
  url.searchParams.set('redirect_uri', 'http://127.0.0.1:1/elsewhere');
  const response = await fetch(url, { redirect: 'manual' });
  assert.equal(response.status, 400);
  assert.match(await response.text(), /Something went wrong/);
});

test('registering a client needs the token', async () => {
  const body = JSON.stringify({ redirect_uris: ['http://127.0.0.1:1/callback'] });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${provider.issuer}/reg`, { method: 'POST', headers, body });
  assert.equal(response.status, 401);
});

test('a signed-in browser is asked only for consent', async () => {
  const browser = openBrowser();
  const pages = async () => {
    const options = { callbackUrl: 'https://app.example.com/callback', allowMultiple: true };
    const request = await composio.connectedAccounts.link('user_session', 'ac_github', options);
    const { hops } = await browser.follow(request.redirectUrl ?? '');
    return hops
      .map(({ pathname }) => pathname.split('/').at(-1))
      .filter((name) => name === 'login' || name === 'consent');
  };
  assert.deepEqual(await pages(), ['login', 'consent']);
  assert.deepEqual(await pages(), ['consent']);
});

test('the knob autoConsent leads from the link to the callback without a page', async () => {
  provider.knobs.autoConsent = 'hubot';
  const request = await composio.connectedAccounts.link('user_auto', 'ac_slack', {
    callbackUrl: 'https://app.example.com/callback',
  });
  const { url, hops } = await openBrowser().follow(request.redirectUrl ?? '');
  assert.equal(url.searchParams.get('status'), 'success');
  assert.equal(hops.filter(({ pathname }) => /login$|consent$/.test(pathname)).length, 0);
  assert.equal(emulator.accounts.get(request.id)?.val['displayName'], 'hubot');
});

test('the knob crossOriginOpenerPolicy applies to the chosen hop only', async () => {
  const policyOf = (response: Response) => response.headers.get('cross-origin-opener-policy');
  provider.knobs.crossOriginOpenerPolicy = { login: 'same-origin' };
  const authorization = await fetch(await authorizationUrl(), { redirect: 'manual' });
  assert.equal(policyOf(authorization), null);
  const cookie = authorization.headers.getSetCookie().join('; ');
  const login = await fetch(new URL(authorization.headers.get('location') ?? '', provider.origin), {
    headers: { cookie },
  });
  assert.equal(policyOf(login), 'same-origin');

  provider.knobs.crossOriginOpenerPolicy = { authorize: 'same-origin-allow-popups' };
  assert.equal(policyOf(await fetch(await authorizationUrl(), { redirect: 'manual' })), 'same-origin-allow-popups');
});
