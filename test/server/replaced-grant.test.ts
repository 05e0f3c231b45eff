import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { FormBrowser } from '../emulator/support/form-browser.js';
import { CALLBACK, startBackend } from './support/backend.js';
import { createVerifier } from './support/started-link.js';

const { createHandler, emulator, openBrowser, provider } = await startBackend();
const handler = createHandler();

beforeEach(() => {
  provider.knobs.revokesWholeGrant = true;
  for (const { id } of emulator.accounts.all()) emulator.accounts.delete(id);
});

/** Connects an account of one person at the provider, in this browser. */
async function connect(browser: FormBrowser, { verifier, challenge } = createVerifier()): Promise<string> {
  const { json } = await handler.send('POST', '/connected-accounts/link', {
    body: { authConfigId: 'ac_github', callbackUrl: CALLBACK, bindingChallenge: challenge, allowMultiple: true },
  });
  const { url } = await browser.follow(json.redirectUrl);
  const body = { state: url.searchParams.get('state'), bindingVerifier: verifier };
  const { json: bound } = await handler.send('POST', '/callback', { body });
  assert.deepEqual([bound.connectedAccountId, bound.status], [json.id, 'ACTIVE']);
  return json.id;
}

/** Uses the token of an account at the provider. */
async function askProvider(id: string): Promise<number> {
  const authorization = `Bearer ${emulator.accounts.get(id)?.val['access_token']}`;
  return (await fetch(new URL('/me', provider.origin), { headers: { authorization } })).status;
}

async function reconnect(query: string): Promise<number> {
  const browser = openBrowser();
  const old = await connect(browser);
  const successor = await connect(browser);
  assert.equal(await askProvider(successor), 200);
  assert.equal((await handler.send('DELETE', `/connected-accounts/${old}${query}`)).status, 200);
  assert.equal((await handler.send('GET', `/connected-accounts/${successor}`)).json.status, 'ACTIVE');
  return askProvider(successor);
}

test('a reconnected account works after the old one is deleted with revoke=false', async () => {
  assert.equal(await reconnect('?revoke=false'), 200);
});

test('a revocation of the old account would end the new one, because the provider revokes the whole grant', async () => {
  assert.equal(await reconnect(''), 401);
  provider.knobs.revokesWholeGrant = false;
  assert.equal(await reconnect(''), 200);
});

test('a flow that a user left half-way does not end the account that they connected after it', async (context) => {
  const browser = openBrowser();
  const proof = createVerifier();
  const { json } = await handler.send('POST', '/connected-accounts/link', {
    body: { authConfigId: 'ac_github', callbackUrl: CALLBACK, bindingChallenge: proof.challenge, allowMultiple: true },
  });
  // The window is closed after the consent, before the callback page.
  await browser.follow(json.redirectUrl);
  const successor = await connect(browser, proof);
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 1_201_000 });
  await handler.send('GET', '/connected-accounts');
  assert.equal(emulator.accounts.get(json.id), undefined, 'the unbound account is removed');
  assert.equal(await askProvider(successor), 200);
});
