import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { startBackend, type TestHandler } from './support/backend.js';
import { createVerifier, finish } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;

beforeEach(() => {
  for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
});

const read = (handler: TestHandler, id: string) => handler.send('GET', `/connected-accounts/${id}`);

/** An account of Ada's that worked, sent to its provider again, and what the browser comes back with. */
async function refresh(handler: TestHandler, more: object = {}) {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', displayName: 'octocat' });
  const { status, json, text } = await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: more });
  assert.equal(status, 200, text);
  return { id, state: await finish(backend, json.redirectUrl) };
}

test('a refreshed account is pending until its browser is bound, like a new one', async () => {
  const handler = createHandler();
  const { id, state } = await refresh(handler);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');
  const waiting = (await read(handler, id)).json as unknown as Record<string, unknown>;
  assert.deepEqual([waiting['status'], waiting['displayName'], waiting['wasActive']], ['INITIATED', null, undefined]);
  assert.equal((await handler.send('POST', '/callback', { body: { state } })).status, 200);
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});

test('a page without a session can prove a refresh by the verifier', async () => {
  const handler = createHandler();
  const { verifier, challenge } = createVerifier();
  const { state } = await refresh(handler, { bindingChallenge: challenge });
  const { status } = await handler.send('POST', '/callback', { as: null, body: { state, bindingVerifier: verifier } });
  assert.equal(status, 200);
});

test('a refresh finished in another browser disables the account, and its user cannot enable it', async () => {
  const handler = createHandler();
  const { id, state } = await refresh(handler);
  const refused = await handler.send('POST', '/callback', { as: 'user_grace', body: { state } });
  assert.deepEqual([refused.status, refused.json.error.code], [403, 'browser_mismatch']);
  assert.equal(emulator.accounts.get(id)?.status, 'INACTIVE');
  assert.equal(
    handler.events.some(({ action }) => action === 'disable_unbound'),
    true,
  );

  const enabled = await handler.send('PATCH', `/connected-accounts/${id}`, { body: { enabled: true } });
  assert.deepEqual([enabled.status, enabled.json.error.code], [403, 'browser_mismatch']);
  const seen = (await read(handler, id)).json as unknown as Record<string, unknown>;
  assert.deepEqual([seen['status'], seen['displayName']], ['INACTIVE', null]);
});

test('a second refresh that is finished makes the account active again', async () => {
  const handler = createHandler();
  const { id, state } = await refresh(handler);
  await handler.send('POST', '/callback', { as: 'user_grace', body: { state } });
  const again = await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} });
  const newState = await finish(backend, again.json.redirectUrl);
  assert.equal((await handler.send('POST', '/callback', { body: { state: newState } })).status, 200);
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});

test('the state of a superseded refresh disables nothing', async () => {
  const handler = createHandler();
  const { id, state } = await refresh(handler);
  const again = await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} });
  await finish(backend, again.json.redirectUrl);
  assert.equal((await handler.send('POST', '/callback', { as: 'user_grace', body: { state } })).status, 403);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');
});

test('an account that is not bound when its link ends is disabled by the next read', async (context) => {
  const handler = createHandler();
  const { id } = await refresh(handler);
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 601_000 });
  assert.equal((await read(handler, id)).json.status, 'INACTIVE');
  assert.equal(emulator.accounts.get(id)?.status, 'INACTIVE');
});

test('a refresh of a key scheme needs no browser', async () => {
  const handler = createHandler();
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  const { json } = await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} });
  assert.deepEqual(json, { id, status: 'ACTIVE', redirectUrl: null });
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});
