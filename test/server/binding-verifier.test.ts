import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { BindingMode } from '../../src/server.js';
import { CALLBACK, startBackend } from './support/backend.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator, openBrowser } = backend;
const handler = createHandler({ binding: 'verifier' });

before(() => {
  emulator.knobs.verifierUrl = CALLBACK;
});

/** The handlers of a host before and after it has changed its binding, with one store. */
function createSwitching(binding: BindingMode) {
  const store = new Map<string, unknown>();
  return { handler: createHandler({ store }), switched: createHandler({ binding, store }) };
}

const comeBack = (body: object, as: string | null = 'user_ada') => handler.send('POST', '/callback', { body, as });

async function arrive() {
  const { json } = await handler.send('POST', '/connected-accounts/link', {
    body: { authConfigId: 'ac_github', allowMultiple: true },
  });
  const { url } = await openBrowser().follow(json.redirectUrl);
  assert.deepEqual([...url.searchParams.keys()], ['session_uri']);
  return { id: json.id, sessionUri: url.searchParams.get('session_uri') };
}

test('a session is redeemed for the signed-in user', async () => {
  const { id, sessionUri } = await arrive();
  const { status, json } = await comeBack({ sessionUri });
  assert.deepEqual([status, json], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
  assert.equal((await handler.send('GET', `/connected-accounts/${id}`)).json.status, 'ACTIVE');
});

test("a victim's browser is refused, and the attacker's account is never ACTIVE", async () => {
  const { id, sessionUri } = await arrive();
  const { status, json } = await comeBack({ sessionUri }, 'user_grace');
  assert.deepEqual([status, json.error.code], [403, 'browser_mismatch']);
  assert.equal((await comeBack({ sessionUri })).status, 400);
  assert.equal(emulator.accounts.get(id)?.status, 'FAILED');
});

test('one of 20 simultaneous redemptions succeeds and the others are link_expired', async () => {
  const { sessionUri } = await arrive();
  const answers = await Promise.all(Array.from({ length: 20 }, () => comeBack({ sessionUri })));
  const codes = answers.map(({ status, json }) => (status === 200 ? 'bound' : `${status} ${json.error.code}`)).sort();
  assert.deepEqual(codes, [...Array<string>(19).fill('400 link_expired'), 'bound']);
});

test('a redemption without a signed-in user is 401, and the session stays valid', async () => {
  const { sessionUri } = await arrive();
  assert.equal((await comeBack({ sessionUri }, null)).status, 401);
  assert.equal((await comeBack({ sessionUri })).status, 200);
});

test('an unknown session is link_expired', async () => {
  const { status, json } = await comeBack({ sessionUri: 'session_unknown' });
  assert.deepEqual([status, json.error.code], [400, 'link_expired']);
});

test('a flow that Composio does not verify can be read only by its owner', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  assert.deepEqual((await comeBack({ connectedAccountId: id })).json, { connectedAccountId: id, status: 'ACTIVE' });
  assert.equal((await comeBack({ connectedAccountId: id }, 'user_grace')).status, 404);
  assert.equal((await comeBack({})).status, 400);
});

for (const binding of ['verifier', 'off'] as const) {
  test(`an account that was taken away stays away after the host has switched to binding '${binding}'`, async (context) => {
    context.mock.method(console, 'error', () => {});
    emulator.knobs.verifierUrl = undefined;
    const { handler: before, switched } = createSwitching(binding);
    const { id, redirectUrl, verifier } = await startLink(before, { allowMultiple: true });
    const state = await finish(backend, redirectUrl);
    assert.equal((await switched.send('GET', `/connected-accounts/${id}`)).json.status, 'INITIATED');
    emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
    assert.equal((await before.send('POST', '/callback', { body: { state }, as: 'user_grace' })).status, 403);
    assert.equal((await switched.send('GET', `/connected-accounts/${id}`)).status, 404);
    emulator.knobs.failures = [];
    const { json } = await switched.send('GET', '/connected-accounts?limit=100');
    assert.ok(json.items.every((account) => account['id'] !== id));
    assert.equal(emulator.accounts.get(id), undefined, 'its tokens are still at Composio');
    assert.equal((await before.send('POST', '/callback', { body: { state, bindingVerifier: verifier } })).status, 404);
  });
}

test("a link from before the switch to binding 'verifier' is bound by Composio's session", async () => {
  const { handler: before, switched } = createSwitching('verifier');
  const { id, redirectUrl } = await startLink(before, { allowMultiple: true });
  emulator.knobs.verifierUrl = CALLBACK;
  const { url } = await openBrowser().follow(redirectUrl);
  const body = { sessionUri: url.searchParams.get('session_uri') };
  assert.equal((await switched.send('POST', '/callback', { body })).json.status, 'ACTIVE');
  assert.equal((await switched.send('GET', `/connected-accounts/${id}`)).json.status, 'ACTIVE');
  assert.equal(await switched.isBound(id), true);
});
