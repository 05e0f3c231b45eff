import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { type ErrorBody, startEmulatedComposio } from './support/start-emulated-composio.js';

const VERIFIER = 'http://localhost:3000/api/connect/callback';
const { composio, emulator, provider, openBrowser, request } = await startEmulatedComposio();

afterEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

/** Signs in and consents with a verifier URL set. */
async function arrive(userId = 'user_ada') {
  emulator.knobs.verifierUrl = VERIFIER;
  const connection = await composio.connectedAccounts.link(userId, 'ac_github', {
    callbackUrl: 'http://localhost:3000/elsewhere',
    allowMultiple: true,
  });
  const { url } = await openBrowser().follow(connection.redirectUrl ?? '');
  return { id: connection.id, url, sessionUri: url.searchParams.get('session_uri') ?? '' };
}

function completeAuth(sessionUri: string, userId: string) {
  const body = { session_uri: sessionUri, user_id: userId };
  return request<ErrorBody>('POST', '/connected_accounts/complete_auth', body);
}

test('the browser reaches the verifier URL with only session_uri, and the account stays INITIATED', async () => {
  const { id, url, sessionUri } = await arrive();
  assert.equal(url.href, `${VERIFIER}?session_uri=${sessionUri}`);
  assert.match(sessionUri, /^session_/);
  assert.equal((await composio.connectedAccounts.get(id)).status, 'INITIATED');
});

test('complete_auth makes the account ACTIVE once, for the right user', async () => {
  const { id, sessionUri } = await arrive();
  const { status, json } = await completeAuth(sessionUri, 'user_ada');
  assert.deepEqual([status, json], [200, { connected_account_id: id, toolkit_slug: 'github' }]);
  assert.equal((await composio.connectedAccounts.get(id)).status, 'ACTIVE');
  const again = await completeAuth(sessionUri, 'user_ada');
  assert.deepEqual([again.status, again.json.error.message], [404, 'auth session not found or expired']);
});

test('one of twenty simultaneous complete_auth requests succeeds', async () => {
  const { sessionUri } = await arrive();
  const answers = await Promise.all(Array.from({ length: 20 }, () => completeAuth(sessionUri, 'user_ada')));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(404)]);
});

test('complete_auth by another user fails the account for good', async () => {
  const { id, sessionUri } = await arrive();
  const { status, json } = await completeAuth(sessionUri, 'user_mallory');
  assert.deepEqual([status, json.error.message], [400, 'identity mismatch']);
  const account = await composio.connectedAccounts.get(id);
  assert.deepEqual([account.status, account.statusReason], ['FAILED', 'IDENTITY_VERIFICATION_FAILED']);
  assert.equal((await completeAuth(sessionUri, 'user_ada')).status, 404);
});

test('complete_auth returns 404 for a late, unknown or deleted session', async () => {
  const late = await arrive();
  emulator.clock.advance(10 * 60_000);
  for (const sessionUri of [late.sessionUri, 'session_unknown']) {
    const { status, json } = await completeAuth(sessionUri, 'user_ada');
    assert.deepEqual([status, json.error.message], [404, 'auth session not found or expired']);
  }
  const deleted = await arrive();
  await composio.connectedAccounts.delete(deleted.id);
  const { json } = await completeAuth(deleted.sessionUri, 'user_ada');
  assert.equal(json.error.message, `Connected account "${deleted.id}" not found`);
});

test('complete_auth asks for a restart when the account has expired', async () => {
  const { id, sessionUri } = await arrive();
  emulator.accounts.setStatus(id, 'EXPIRED');
  const { status, json } = await completeAuth(sessionUri, 'user_ada');
  assert.deepEqual([status, json.error.message], [404, 'authorization expired, restart the flow']);
  assert.equal((await composio.connectedAccounts.get(id)).status, 'FAILED');
});

test('a link needs a user of the application when a verifier URL is set', async () => {
  emulator.knobs.verifierUrl = VERIFIER;
  for (const userId of ['default', ' ']) {
    const body = { auth_config_id: 'ac_github', user_id: userId };
    assert.equal((await request('POST', '/connected_accounts/link', body)).status, 400);
  }
});

test('complete_auth returns 500 when the provider is down', async () => {
  const { sessionUri } = await arrive();
  await provider.close();
  const { status, json } = await completeAuth(sessionUri, 'user_ada');
  assert.deepEqual([status, json.error.message], [500, 'failed to complete the connection']);
});
