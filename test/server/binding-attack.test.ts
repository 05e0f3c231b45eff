import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { createSessionToken } from '../../src/server.js';
import { createTestHandler, ORIGIN, SECRET, startBackend, type TestHandler } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';
import { createVerifier, finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
  for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
});

const read = (handler: TestHandler, id: string) => handler.send('GET', `/connected-accounts/${id}`);
const comeBack = (handler: TestHandler, body: object, as: string | null) =>
  handler.send('POST', '/callback', { body, as });

// Ada is the attacker here: she begins a link and sends it to somebody else.
for (const [victim, as, verifier] of [
  ['who is signed in', 'user_grace', undefined],
  ['who is not signed in', null, undefined],
  ['with a pending link of her own', null, createVerifier().verifier],
] as const) {
  test(`a link that a victim ${victim} finishes is removed and revoked`, async () => {
    const handler = createHandler();
    const { id, redirectUrl } = await startLink(handler);
    const state = await finish(backend, redirectUrl);
    const { status, json } = await comeBack(handler, { state, bindingVerifier: verifier, connectedAccountId: id }, as);
    assert.deepEqual([status, json.error.code], [403, 'browser_mismatch']);
    assert.equal(emulator.accounts.get(id), undefined);
    assert.deepEqual(emulator.requests.at(-1)?.query, { revoke_on_delete: ['true'] });
    assert.equal((await read(handler, id)).status, 404);
    // Nor does the attacker get it by coming afterwards.
    assert.equal((await comeBack(handler, { state, connectedAccountId: id }, 'user_ada')).status, 404);
  });
}

test('a victim who closes the window half-way leaves no account that is or can become ACTIVE', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  await finish(backend, redirectUrl);
  assert.equal((await read(handler, id)).json.status, 'INITIATED');
  const before = emulator.requests.filter(({ method }) => method !== 'GET').length;
  for (const enabled of [true, false]) {
    const changed = await handler.send('PATCH', `/connected-accounts/${id}`, { body: { enabled } });
    assert.deepEqual([changed.status, changed.json.error.code], [400, 'invalid_request']);
  }
  assert.equal(emulator.requests.filter(({ method }) => method !== 'GET').length, before);
  assert.equal(await handler.isBound(id), false);
  assert.equal((await read(handler, id)).json.status, 'INITIATED');
});

test('only the account that the link created is removed, never the posted id', async () => {
  const handler = createHandler();
  const mine = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
  const hers = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_notion' });
  const { id, redirectUrl } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  for (const connectedAccountId of [mine.id, hers.id]) {
    assert.equal((await comeBack(handler, { state, connectedAccountId }, 'user_grace')).status, 403);
  }
  const statuses = [mine.id, hers.id, id].map((one) => emulator.accounts.get(one)?.status);
  assert.deepEqual(statuses, ['ACTIVE', 'ACTIVE', undefined]);
});

for (const [proof, as] of [
  ['by the verifier', null],
  ['by being signed in', 'user_ada'],
] as const) {
  test(`an owner who proves itself first, ${proof}, loses the account when the browser that finished it returns`, async () => {
    const handler = createHandler();
    const { id, redirectUrl, verifier } = await startLink(handler);
    const state = await finish(backend, redirectUrl);
    assert.equal((await comeBack(handler, { state, bindingVerifier: verifier }, as)).status, 200);
    assert.equal(await handler.isBound(id), true);
    assert.equal((await comeBack(handler, { state }, 'user_grace')).status, 403);
    assert.equal(emulator.accounts.get(id), undefined);
    assert.equal((await read(handler, id)).status, 404);
    assert.equal(await handler.isBound(id), false);
  });
}

test('a bound account cannot be undone 10 minutes after the end of its link', async (context) => {
  const handler = createHandler();
  const { id, redirectUrl, expiresAt } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  await comeBack(handler, { state }, 'user_ada');
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse(expiresAt) + 601_000 });
  const { status, json } = await comeBack(handler, { state }, 'user_grace');
  assert.deepEqual([status, json.error.code], [400, 'link_expired']);
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});

test('an account that was taken away stays so for ten years, whatever its owner does', async (context) => {
  const handler = createHandler();
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
  assert.equal((await comeBack(handler, { state }, 'user_grace')).status, 403);
  const realNow = Date.now();
  context.mock.timers.enable({ apis: ['Date'], now: realNow });
  for (const days of [0, 31, 366, 3600]) {
    context.mock.timers.setTime(realNow + days * 24 * 3600_000);
    for (const enabled of [false, true]) {
      const changed = await handler.send('PATCH', `/connected-accounts/${id}`, { body: { enabled } });
      assert.equal(changed.status, 404);
    }
    assert.equal((await handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} })).status, 404);
    assert.notEqual((await comeBack(handler, { state, bindingVerifier: verifier }, 'user_ada')).status, 200);
    assert.equal((await read(handler, id)).status, 404);
    assert.equal(await handler.isBound(id), false);
  }
});

test('a proof for a flow that was denied binds nothing', async () => {
  const handler = createHandler();
  const { id, redirectUrl, verifier } = await startLink(handler);
  const { url } = await backend.openBrowser().follow(redirectUrl, { allow: false });
  const state = url.searchParams.get('state');
  const { status, json } = await comeBack(handler, { state, bindingVerifier: verifier }, 'user_ada');
  assert.deepEqual([status, json.status], [200, 'FAILED']);
  // Upstream revives the account, as by its own dashboard.
  emulator.accounts.setStatus(id, 'ACTIVE');
  assert.equal(await handler.isBound(id), false);
  assert.equal((await read(handler, id)).json.status, 'INITIATED');
});

test('an early proof holds for a minute, counted until the handler first sees ACTIVE', async (context) => {
  const handler = createHandler();
  emulator.knobs.activationDelay = 60_000;
  const [prompt, late] = [await startLink(handler), await startLink(handler, { authConfigId: 'ac_slack' })];
  for (const { redirectUrl, verifier } of [prompt, late]) {
    const state = await finish(backend, redirectUrl);
    assert.equal((await comeBack(handler, { state, bindingVerifier: verifier }, null)).json.status, 'INITIATED');
  }
  for (const { id } of [prompt, late]) assert.equal(await handler.isBound(id), false);
  const realNow = Date.now();
  context.mock.timers.enable({ apis: ['Date'], now: realNow + 55_000 });
  emulator.accounts.setStatus(prompt.id, 'ACTIVE');
  assert.equal((await read(handler, prompt.id)).json.status, 'ACTIVE');
  assert.equal(await handler.isBound(prompt.id), true);
  context.mock.timers.setTime(realNow + 61_000);
  emulator.accounts.setStatus(late.id, 'ACTIVE');
  assert.equal((await read(handler, late.id)).json.status, 'INITIATED');
  assert.equal(await handler.isBound(late.id), false);
});

test('an early proof of one link is none for another', async () => {
  const handler = createHandler();
  emulator.knobs.activationDelay = 60_000;
  const first = await startLink(handler);
  const state = await finish(backend, first.redirectUrl);
  await comeBack(handler, { state, bindingVerifier: first.verifier }, 'user_ada');
  const { id: secondId } = await startLink(handler);
  assert.notEqual(secondId, first.id);
  emulator.accounts.setStatus(secondId, 'ACTIVE');
  assert.equal((await read(handler, secondId)).json.status, 'INITIATED');
});

test('an early proof does not let the owner keep an account that a victim finishes', async () => {
  const handler = createHandler();
  emulator.knobs.activationDelay = 60_000;
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  assert.equal((await comeBack(handler, { state, bindingVerifier: verifier }, 'user_ada')).json.status, 'INITIATED');
  emulator.accounts.setStatus(id, 'ACTIVE');
  assert.equal((await comeBack(handler, { state }, 'user_grace')).status, 403);
  assert.equal(emulator.accounts.get(id), undefined);
});

test('an early proof does not survive a browser without proof', async () => {
  const handler = createHandler();
  emulator.knobs.activationDelay = 60_000;
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  await comeBack(handler, { state, bindingVerifier: verifier }, null);
  assert.equal((await comeBack(handler, { state }, 'user_grace')).status, 403);
  assert.equal(emulator.accounts.get(id), undefined);
});

test('a state without a note is valid only for accounts of its own auth config', async () => {
  const notion = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
  const { redirectUrl } = await startLink(createHandler());
  const state = await finish(backend, redirectUrl);
  const other = createHandler();
  assert.equal((await comeBack(other, { state, connectedAccountId: notion.id }, 'user_ada')).status, 404);
});

test('a link that upstream ended more than 10 minutes before is link_expired, although its state is valid', async (context) => {
  let callbackUrl = '';
  const composio = fakeComposio({
    list: { items: [wireAccount()], total_pages: 1 },
    link: ({ callback_url }: { callback_url: string }) => {
      callbackUrl = callback_url;
      const expires_at = new Date(Date.now() + 60_000).toISOString();
      return { connected_account_id: 'ca_1', expires_at, redirect_url: 'https://connect.composio.dev/link/lk_1' };
    },
  });
  const handler = createTestHandler({ composio });
  await startLink(handler, { allowMultiple: true });
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 661_000 });
  const state = new URL(callbackUrl).searchParams.get('state');
  const { status, json } = await comeBack(handler, { state }, 'user_ada');
  assert.deepEqual([status, json.error.code], [400, 'link_expired']);
});

test('a failed removal is repeated by the next read, and the account stays hidden', async () => {
  const handler = createHandler();
  const { id, redirectUrl, verifier } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
  assert.equal((await comeBack(handler, { state }, 'user_grace')).status, 403);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');
  assert.equal((await read(handler, id)).status, 404);
  assert.equal((await comeBack(handler, { state, bindingVerifier: verifier }, 'user_ada')).status, 403);
  assert.deepEqual(
    handler.events.filter(({ action }) => action === 'remove_unbound').map(({ outcome }) => outcome),
    ['upstream_error', 'upstream_error'],
  );
  emulator.knobs.failures = [];
  assert.equal((await read(handler, id)).status, 404);
  assert.equal(emulator.accounts.get(id), undefined);
});

test('a state that is bad or expired is 400 and removes nothing', async (context) => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  const [header, claims, signature] = state.split('.') as [string, string, string];
  const forged = Buffer.from(Buffer.from(claims, 'base64url').toString().replace('user_ada', 'user_eve')).toString(
    'base64url',
  );
  const none = Buffer.from('{"alg":"none","typ":"connect-account-state+jwt"}').toString('base64url');
  const bad = {
    missing: undefined,
    empty: '',
    'no token': 'state',
    'of other claims': `${header}.${forged}.${signature}`,
    'of another signature': `${header}.${claims}.${'A'.repeat(signature.length)}`,
    unsigned: `${none}.${claims}.`,
    'a session token': await createSessionToken({ userId: 'user_ada' }, SECRET),
    'of another secret': await finish(
      backend,
      (await startLink(createHandler({ secret: 'y'.repeat(32) }), { allowMultiple: true })).redirectUrl,
    ),
  };
  for (const [name, value] of Object.entries(bad)) {
    const { status, json } = await comeBack(handler, { state: value, connectedAccountId: id }, 'user_grace');
    assert.deepEqual([name, status, json.error.code], [name, 400, 'invalid_request']);
  }
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 1_201_000 });
  const expired = await comeBack(handler, { state }, 'user_grace');
  assert.deepEqual([expired.status, expired.json.error.code], [400, 'link_expired']);
  assert.equal(emulator.accounts.get(id), undefined, 'the sweep removes what nobody proved');
});

test('an identify that throws or returns a shared user is 500 and removes nothing', async (context) => {
  context.mock.method(console, 'error', () => {});
  const { redirectUrl, ...link } = await startLink(createHandler());
  const state = await finish(backend, redirectUrl);
  for (const identify of [() => Promise.reject(new Error('session store down')), () => ({ userId: 'default' })]) {
    const handler = createHandler({ identify });
    const { status, json } = await comeBack(handler, { state, bindingVerifier: link.verifier }, null);
    assert.deepEqual([status, json.error.code], [500, 'internal_error']);
  }
  assert.equal(emulator.accounts.get(link.id)?.status, 'ACTIVE');
});

test("a session_uri in state mode is refused with a hint to use binding 'verifier'", async () => {
  const { status, json } = await comeBack(createHandler(), { sessionUri: 'session_1' }, 'user_ada');
  assert.equal(status, 400);
  assert.match(json.error.message, /binding: 'verifier'/);
});

test('a GET of the callback page changes nothing', async () => {
  const handler = createHandler();
  const { id, redirectUrl } = await startLink(handler);
  const state = await finish(backend, redirectUrl);
  const before = emulator.requests.length;
  const url = `${ORIGIN}/api/connect/callback?state=${state}&status=success&connected_account_id=${id}`;
  assert.equal((await handler.handle(new Request(url))).status, 200);
  assert.equal(emulator.requests.length, before);
});
