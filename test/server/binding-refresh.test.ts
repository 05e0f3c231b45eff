import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { CALLBACK, startBackend, type TestHandler } from './support/backend.js';
import { createVerifier, finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
  for (const { id } of emulator.accounts.all()) emulator.accounts.delete(id);
});

const read = (handler: TestHandler, id: string) => handler.send('GET', `/connected-accounts/${id}`);

/** Sends an account of Ada's that worked to its provider again, and returns what the browser comes back with. */
async function refresh(handler: TestHandler, more: object = {}) {
  const { id: oldId } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', alias: 'Work' });
  const { status, json, text } = await handler.send('POST', `/connected-accounts/${oldId}/refresh`, { body: more });
  assert.equal(status, 200, text);
  assert.equal(json.status, 'INITIATED');
  return { oldId, id: json.id, state: await finish(backend, json.redirectUrl) };
}

test('a refresh of a redirecting scheme makes a new account, and the old one stays as it is until that is bound', async () => {
  const handler = createHandler();
  const { oldId, id, state } = await refresh(handler);
  assert.notEqual(id, oldId);
  assert.equal((await read(handler, id)).json.status, 'INITIATED');
  assert.equal((await read(handler, oldId)).json.status, 'ACTIVE');
  const { status, json } = await handler.send('POST', '/callback', { body: { state } });
  assert.deepEqual([status, json], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
});

test('after a refresh the old account is deleted without revocation, and the new one has its name', async () => {
  const handler = createHandler();
  const { oldId, id, state } = await refresh(handler);
  await handler.send('POST', '/callback', { body: { state } });
  assert.equal(emulator.accounts.get(oldId), undefined);
  const deletion = emulator.requests.findLast(({ method }) => method === 'DELETE');
  assert.deepEqual([deletion?.path.endsWith(oldId), deletion?.query], [true, {}]);
  const renamed = (await read(handler, id)).json as unknown as { alias: string };
  assert.equal(renamed.alias, 'Work');
  assert.deepEqual(
    handler.events.filter(({ action }) => action === 'replace_account').map(({ outcome }) => outcome),
    ['success'],
  );
});

for (const binding of ['verifier', 'off'] as const) {
  test(`after a refresh under binding '${binding}' the old account gives way to the new one, with its name`, async () => {
    if (binding === 'verifier') emulator.knobs.verifierUrl = CALLBACK;
    const handler = createHandler({ binding });
    const { id: oldId } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', alias: 'Work' });
    const { json } = await handler.send('POST', `/connected-accounts/${oldId}/refresh`, { body: {} });
    const { url } = await backend.openBrowser().follow(json.redirectUrl);
    assert.equal(emulator.accounts.get(oldId)?.status, 'ACTIVE');
    const sessionUri = url.searchParams.get('session_uri');
    const body = sessionUri === null ? { connectedAccountId: json.id } : { sessionUri };
    assert.equal((await handler.send('POST', '/callback', { body })).status, 200);
    assert.equal(emulator.accounts.get(oldId), undefined);
    assert.equal(emulator.accounts.get(json.id)?.alias, 'Work');
    assert.deepEqual(emulator.requests.findLast(({ method }) => method === 'DELETE')?.query, {});
  });
}

test("after a refresh under binding 'off' a read of the new account is enough, and a failed deletion is tried again", async () => {
  const handler = createHandler({ binding: 'off' });
  const { id: oldId } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', alias: 'Work' });
  const { json } = await handler.send('POST', `/connected-accounts/${oldId}/refresh`, { body: {} });
  assert.equal((await read(handler, json.id)).json.status, 'INITIATED');
  await backend.openBrowser().follow(json.redirectUrl);
  emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
  assert.equal((await read(handler, json.id)).json.status, 'ACTIVE');
  assert.equal(emulator.accounts.get(oldId)?.status, 'ACTIVE');
  emulator.knobs.failures = [];
  assert.equal((await read(handler, json.id)).json.status, 'ACTIVE');
  assert.deepEqual([emulator.accounts.get(oldId), emulator.accounts.get(json.id)?.alias], [undefined, 'Work']);
});

test('a page without a session can prove a refresh by the verifier', async () => {
  const handler = createHandler();
  const { verifier, challenge } = createVerifier();
  const { state } = await refresh(handler, { bindingChallenge: challenge });
  const { status } = await handler.send('POST', '/callback', { as: null, body: { state, bindingVerifier: verifier } });
  assert.equal(status, 200);
});

test('a refresh that another browser finishes takes only the new account away', async () => {
  const handler = createHandler();
  const { oldId, id, state } = await refresh(handler);
  const refused = await handler.send('POST', '/callback', { as: 'user_grace', body: { state } });
  assert.deepEqual([refused.status, refused.json.error.code], [403, 'browser_mismatch']);
  assert.equal(emulator.accounts.get(id), undefined);
  const old = (await read(handler, oldId)).json as unknown as { status: string; alias: string };
  assert.deepEqual([old.status, old.alias], ['ACTIVE', 'Work']);
});

test('refreshes of one account by one browser share a link', async () => {
  const handler = createHandler();
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
  const { challenge: bindingChallenge } = createVerifier();
  const send = () => handler.send('POST', `/connected-accounts/${id}/refresh`, { body: { bindingChallenge } });
  const ids = (await Promise.all(Array.from({ length: 10 }, send))).map(({ json }) => json.id);
  assert.equal(new Set(ids).size, 1);
  assert.notEqual((await startLink(handler, { bindingChallenge, allowMultiple: true })).id, ids[0]);
});

test('a deletion of the old account that fails upstream does not fail the browser, and is tried again', async () => {
  const handler = createHandler();
  const { oldId, id, state } = await refresh(handler);
  emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
  const { status, json } = await handler.send('POST', '/callback', { body: { state } });
  assert.deepEqual([status, json.status], [200, 'ACTIVE']);
  assert.equal(emulator.accounts.get(oldId)?.status, 'ACTIVE');
  emulator.knobs.failures = [];
  await read(handler, id);
  assert.equal(emulator.accounts.get(oldId), undefined);
  assert.equal(((await read(handler, id)).json as unknown as { alias: string }).alias, 'Work');
});

test('a proof that comes before upstream is ACTIVE replaces the old account as soon as it is', async () => {
  const handler = createHandler();
  emulator.knobs.activationDelay = 60_000;
  const { oldId, id, state } = await refresh(handler);
  await handler.send('POST', '/callback', { body: { state } });
  assert.equal((await read(handler, oldId)).json.status, 'ACTIVE');
  emulator.accounts.setStatus(id, 'ACTIVE');
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
  assert.equal((await read(handler, oldId)).status, 404);
});

test('a refresh of an account whose link was denied cannot revive it', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  await backend.openBrowser().follow(redirectUrl, { allow: false });
  const again = await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} });
  assert.equal(again.status, 200);
  assert.notEqual(again.json.id, id);
  assert.equal(emulator.accounts.get(id)?.status, 'FAILED');
});

test('a refresh of a key scheme needs no browser', async () => {
  const handler = createHandler();
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  const { json } = await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} });
  assert.deepEqual(json, { id, status: 'ACTIVE', redirectUrl: null });
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});

test('a user who deletes the old account before the browser returns leaves the grant to the new one', async () => {
  const handler = createHandler();
  const { oldId, id, state } = await refresh(handler);
  assert.equal((await handler.send('DELETE', `/connected-accounts/${oldId}`)).status, 200);
  assert.deepEqual(emulator.requests.findLast(({ method }) => method === 'DELETE')?.query, {});
  assert.equal((await handler.send('POST', '/callback', { body: { state } })).json.status, 'ACTIVE');
  assert.equal(emulator.accounts.get(id)?.alias, 'Work');
});

test('a user who deletes the old account before the handler could leaves the grant to the new one', async (context) => {
  context.mock.method(console, 'error', () => {});
  const handler = createHandler();
  const { oldId, id, state } = await refresh(handler);
  emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
  assert.equal((await handler.send('POST', '/callback', { body: { state } })).json.status, 'ACTIVE');
  emulator.knobs.failures = [];
  assert.equal((await handler.send('DELETE', `/connected-accounts/${oldId}`)).status, 200);
  assert.deepEqual(emulator.requests.findLast(({ method }) => method === 'DELETE')?.query, {});
  await read(handler, id);
  assert.deepEqual([emulator.accounts.get(oldId), emulator.accounts.get(id)?.alias], [undefined, 'Work']);
});
