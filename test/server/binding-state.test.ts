import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { StoredValue } from '../../src/server/store/store.js';
import { startBackend, type TestHandler } from './support/backend.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;

beforeEach(() => {
  for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
});

const read = (handler: TestHandler, id: string) => handler.send('GET', `/connected-accounts/${id}`);

/** Sends what the callback page sends, from a browser in which nobody is signed in unless said otherwise. */
const comeBack = (handler: TestHandler, body: object, as: string | null = null) =>
  handler.send('POST', '/callback', { body, as });

test('an ACTIVE account is shown as INITIATED and nameless until its browser is bound', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  await finish(backend, redirectUrl);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');

  const { json } = await read(handler, id);
  const list = await handler.send('GET', '/connected-accounts');
  for (const account of [json, list.json.items.find((item) => item['id'] === id)]) {
    const { status, displayName, wasActive } = account as unknown as Record<string, unknown>;
    assert.deepEqual({ status, displayName, wasActive }, { status: 'INITIATED', displayName: null, wasActive: false });
  }
  const filtered = await handler.send('GET', '/connected-accounts?statuses=ACTIVE');
  assert.deepEqual(filtered.json.items, []);
});

test('a list of INITIATED accounts has the one that upstream calls ACTIVE until its browser is bound', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  const listed = async (statuses: string) => {
    const { json } = await handler.send('GET', `/connected-accounts?statuses=${statuses}`);
    return json.items.filter((account) => account['id'] === id).map(({ status }) => status);
  };
  assert.deepEqual([await listed('INITIATED'), await listed('ACTIVE,INACTIVE')], [['INITIATED'], []]);
  await handler.send('POST', '/callback', { body: { state } });
  assert.deepEqual([await listed('INITIATED'), await listed('ACTIVE,INACTIVE')], [[], ['ACTIVE']]);
});

test('a browser without a session is bound by its verifier', async () => {
  const handler = createHandler();
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  const { status, json } = await comeBack(handler, { state, bindingVerifier: verifier });
  assert.deepEqual([status, json], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
  const account = (await read(handler, id)).json as unknown as Record<string, unknown>;
  assert.deepEqual([account['status'], account['displayName']], ['ACTIVE', 'octocat']);
});

test('a signed-in user is bound in another browser and may repeat the call', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  for (let time = 0; time < 3; time++) {
    const { status, json } = await comeBack(handler, { state, connectedAccountId: id }, 'user_ada');
    assert.deepEqual([status, json], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
  }
});

test('another user who is signed in is a mismatch, whatever the verifier says', async () => {
  const handler = createHandler();
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  const { status, json } = await comeBack(handler, { state, bindingVerifier: verifier }, 'user_grace');
  assert.deepEqual([status, json.error.code], [403, 'browser_mismatch']);
  assert.equal(emulator.accounts.get(id), undefined);
});

test('who begins on the laptop and begins again on the phone, connects on the phone', async () => {
  const handler = createHandler();
  const laptop = await startLink(handler);
  const phone = await startLink(handler);
  assert.notEqual(phone.id, laptop.id);
  const state = await finish(backend, phone.redirectUrl);
  assert.equal((await comeBack(handler, { state, bindingVerifier: phone.verifier })).status, 200);
  assert.equal((await read(handler, phone.id)).json.status, 'ACTIVE');
  assert.equal((await read(handler, laptop.id)).status, 404);
});

test('a denied flow is FAILED', async () => {
  const handler = createHandler();
  const { id, redirectUrl, verifier } = await startLink(handler);
  const { url } = await backend.openBrowser().follow(redirectUrl, { allow: false });
  const { json } = await comeBack(handler, { state: url.searchParams.get('state'), bindingVerifier: verifier });
  assert.deepEqual(json, { connectedAccountId: id, status: 'FAILED' });
  assert.equal((await read(handler, id)).json.status, 'FAILED');
});

test('the callback may come before the account is ACTIVE', async () => {
  const handler = createHandler();
  emulator.knobs.activationDelay = 60_000;
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  emulator.knobs.activationDelay = 0;
  const { status, json } = await comeBack(handler, { state, bindingVerifier: verifier });
  assert.deepEqual([status, json.status], [200, 'INITIATED']);
  emulator.accounts.setStatus(id, 'ACTIVE');
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});

test('a pending account does not block a second link', async () => {
  const handler = createHandler();
  const first = await startLink(handler);
  await finish(backend, first.redirectUrl);
  const second = await startLink(handler);
  assert.notEqual(second.id, first.id);
});

test('an account that is not bound when its link ends is removed by the next read', async (context) => {
  const store = new Map<string, StoredValue>();
  const handler = createHandler({ store });
  const { id, redirectUrl, expiresAt } = await startLink(handler);
  await finish(backend, redirectUrl);
  const deadline = Date.parse(expiresAt) + 600_000;
  context.mock.timers.enable({ apis: ['Date'], now: deadline - 1 });
  assert.equal((await read(handler, id)).json.status, 'INITIATED');

  context.mock.timers.setTime(deadline);
  // Another instance with the same store.
  assert.equal((await read(createHandler({ store }), id)).status, 404);
  assert.equal(emulator.accounts.get(id), undefined);
});

test('an account that is not bound when its link ends is removed by any request at its instance', async (context) => {
  const handler = createHandler();
  const { id, redirectUrl, expiresAt } = await startLink(handler);
  await finish(backend, redirectUrl);
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse(expiresAt) + 600_000 });
  const ended = handler.events.length;
  assert.equal((await handler.send('GET', '/auth-configs?ids=ac_github', { as: 'user_grace' })).status, 200);
  assert.equal(emulator.accounts.get(id), undefined);
  assert.deepEqual(
    handler.events.slice(ended).map(({ action, outcome, userId }) => [action, outcome, userId]),
    [['remove_unbound', 'success', 'user_ada']],
  );
  assert.equal((await read(handler, id)).status, 404);
});

test('a browser that returns after the end of its link is bound for 10 minutes', async (context) => {
  const handler = createHandler();
  const { id, redirectUrl, expiresAt, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse(expiresAt) + 590_000 });
  const { status, json } = await comeBack(handler, { state, bindingVerifier: verifier });
  assert.deepEqual([status, json], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
});

test('the list of another instance removes an unbound account even years later', async (context) => {
  const store = new Map<string, StoredValue>();
  const { id, redirectUrl } = await startLink(createHandler({ store }));
  await finish(backend, redirectUrl);
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 9 * 365 * 24 * 3600_000 });
  const { json } = await createHandler({ store }).send('GET', '/connected-accounts?limit=100');
  assert.equal(
    json.items.some((item) => item['id'] === id),
    false,
  );
  assert.equal(emulator.accounts.get(id), undefined);
});

test('an unbound account that has EXPIRED stays visible to its user', async (context) => {
  const handler = createHandler();
  const { id, expiresAt } = await startLink(handler);
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse(expiresAt) + 1000 });
  const { json } = await read(handler, id);
  assert.deepEqual([json.status, (json as unknown as { wasActive: boolean }).wasActive], ['EXPIRED', false]);
});

test("an account that was made elsewhere has upstream's status, and counts as bound", async () => {
  const handler = createHandler();
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
  assert.equal(await handler.isBound(id), true);
});

test("binding 'off' sends no state and shows upstream's status at once", async () => {
  const handler = createHandler({ binding: 'off' });
  const { id, redirectUrl } = await startLink(handler);
  const { url } = await backend.openBrowser().follow(redirectUrl);
  assert.equal(url.searchParams.get('state'), null);
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
  const { json } = await comeBack(handler, { connectedAccountId: id }, 'user_ada');
  assert.deepEqual(json, { connectedAccountId: id, status: 'ACTIVE' });
  assert.equal((await comeBack(handler, { connectedAccountId: id }, 'user_grace')).status, 404);
  assert.equal((await comeBack(handler, { connectedAccountId: id })).status, 401);
});

test('the challenge is the SHA-256 of the verifier, as in RFC 7636 appendix B', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler, {
    bindingChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  });
  const state = await finish(backend, redirectUrl);
  const { json } = await comeBack(handler, { state, bindingVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' });
  assert.deepEqual(json, { connectedAccountId: id, status: 'ACTIVE' });
});
