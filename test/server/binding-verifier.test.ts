import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CALLBACK, startBackend } from './support/backend.js';

const { createHandler, emulator, openBrowser } = await startBackend();
const handler = createHandler({ binding: 'verifier' });

before(() => {
  emulator.knobs.verifierUrl = CALLBACK;
});

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
