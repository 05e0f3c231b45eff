import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { createTestHandler, startBackend } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';

const { createHandler, emulator } = await startBackend();
const handler = createHandler();

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

const add = (more: object = {}) => emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', ...more });
const patch = (id: string, body: object) => handler.send('PATCH', `/connected-accounts/${id}`, { body });

test('disabling and enabling return the updated account', async () => {
  const { id } = add();
  const disabled = await patch(id, { userId: 'user_ada', enabled: false });
  assert.deepEqual([disabled.status, disabled.json.id, disabled.json.status], [200, id, 'INACTIVE']);
  const enabled = await patch(id, { enabled: true });
  assert.deepEqual([enabled.status, enabled.json.status], [200, 'ACTIVE']);
});

for (const status of ['FAILED', 'EXPIRED', 'REVOKED', 'INITIATED'] as const) {
  test(`an account that is ${status} cannot be enabled`, async () => {
    const { id } = add({ status });
    const answer = await patch(id, { enabled: true });
    assert.deepEqual([answer.status, answer.json.error.code], [400, 'invalid_request']);
    assert.equal(emulator.accounts.get(id)?.status, status);
  });
}

for (const status of ['FAILED', 'EXPIRED', 'REVOKED', 'INITIATED', 'INACTIVE'] as const) {
  test(`an account that is ${status} cannot be disabled, which would make it one that can be enabled`, async () => {
    const { id } = add({ status });
    const before = emulator.requests.filter(({ method }) => method !== 'GET').length;
    const answer = await patch(id, { enabled: false });
    assert.deepEqual([answer.status, answer.json.error.code], [400, 'invalid_request']);
    assert.equal(emulator.requests.filter(({ method }) => method !== 'GET').length, before);
  });
}

test('an alias can be set and cleared', async () => {
  const { id } = add();
  const named = await patch(id, { alias: '  Work account  ' });
  assert.equal((named.json as unknown as { alias: string }).alias, 'Work account');
  const cleared = await patch(id, { alias: '' });
  assert.equal((cleared.json as unknown as { alias: null }).alias, null);
});

test('an alias of another connection is alias_taken', async () => {
  add({ alias: 'taken' });
  const { status, json } = await patch(add().id, { alias: 'taken' });
  assert.deepEqual([status, json.error.code], [409, 'alias_taken']);
});

for (const body of [
  {},
  { enabled: true, alias: 'a' },
  { enabled: 'yes' },
  { alias: 1 },
  { alias: 'a\nb' },
  { alias: 'x'.repeat(256) },
]) {
  test(`an ambiguous change is 400: ${JSON.stringify(body).slice(0, 40)}`, async () => {
    const { id } = add();
    const before = emulator.requests.length;
    const { status, json } = await patch(id, body);
    assert.deepEqual([status, json.error.code, emulator.requests.length], [400, 'invalid_request', before]);
  });
}

test('an account is deleted and its tokens are revoked', async () => {
  const { id } = add();
  const { status, json } = await handler.send('DELETE', `/connected-accounts/${id}?userId=user_ada`);
  assert.deepEqual([status, json], [200, { success: true }]);
  assert.deepEqual(emulator.requests.at(-1)?.query, { revoke_on_delete: ['true'] });
  assert.equal((await handler.send('GET', `/connected-accounts/${id}`)).status, 404);
});

test('with revoke=false an account is deleted and its tokens are kept, so that the grant of its successor lives', async () => {
  const { id } = add();
  const path = `/connected-accounts/${id}?userId=user_ada&revoke=false`;
  assert.deepEqual((await handler.send('DELETE', path)).json, { success: true });
  assert.deepEqual(emulator.requests.at(-1)?.query, {});
  assert.equal((await handler.send('GET', `/connected-accounts/${id}`)).status, 404);
});

test('revoke is true or false, and anything else is refused before anything is deleted', async () => {
  const { id } = add();
  const { status, json } = await handler.send('DELETE', `/connected-accounts/${id}?revoke=no`);
  assert.deepEqual([status, json.error.code], [400, 'invalid_request']);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');
  await handler.send('DELETE', `/connected-accounts/${id}?revoke=true`);
  assert.deepEqual(emulator.requests.at(-1)?.query, { revoke_on_delete: ['true'] });
});

test('an account that vanishes before it is deleted counts as deleted', async () => {
  const gone = Object.assign(new Error('404'), { status: 404, headers: new Headers() });
  const composio = fakeComposio({
    list: { items: [wireAccount()], total_pages: 1 },
    delete: () => Promise.reject(gone),
  });
  const { status, json } = await createTestHandler({ composio }).send('DELETE', '/connected-accounts/ca_1');
  assert.deepEqual([status, json], [200, { success: true }]);
});

test('an account whose toolkit cannot revoke is deleted all the same', async () => {
  let calls = 0;
  const refusal = Object.assign(new Error('400'), { status: 400, headers: new Headers() });
  const composio = fakeComposio({
    list: { items: [wireAccount()], total_pages: 1 },
    delete: () => (++calls === 1 ? Promise.reject(refusal) : { success: true }),
  });
  const { status } = await createTestHandler({ composio }).send('DELETE', '/connected-accounts/ca_1');
  assert.deepEqual([status, calls], [200, 2]);
});

/** Refusals of a refresh by status and slug, and the code that they become. */
const REFUSED_REFRESHES: readonly [status: number, slug: string, code: string][] = [
  [405, 'Method_NotAllowed', 'unsupported_scheme'],
  [410, 'Gone', 'unsupported_scheme'],
  [404, 'Route_NotFound', 'unsupported_scheme'],
  [404, '', 'unsupported_scheme'],
  [404, 'ConnectedAccount_ResourceNotFound', 'not_found'],
  [400, 'ConnectedAccount_BadRequest', 'invalid_request'],
];
const KEY_ACCOUNT = wireAccount({
  auth_config: { id: 'ac_firecrawl', auth_scheme: 'API_KEY' },
  state: { authScheme: 'API_KEY', val: {} },
});

for (const [refused, slug, code] of REFUSED_REFRESHES) {
  test(`a refresh that upstream refuses by ${refused} ${slug} is ${code}`, async () => {
    const error = { error: { slug, message: 'gone' } };
    const composio = fakeComposio({
      list: { items: [KEY_ACCOUNT], total_pages: 1 },
      refresh: () => Promise.reject(Object.assign(new Error('x'), { status: refused, error, headers: new Headers() })),
    });
    const answer = await createTestHandler({ composio }).send('POST', '/connected-accounts/ca_1/refresh', { body: {} });
    assert.deepEqual([answer.status, answer.json.error.code], [code === 'not_found' ? 404 : 400, code]);
  });
}

test('a refresh with a version of the SDK that has no such method is unsupported_scheme', async () => {
  const composio = fakeComposio({ list: { items: [KEY_ACCOUNT], total_pages: 1 } });
  const { refresh: _, ...connectedAccounts } = composio.getClient().connectedAccounts;
  const client = { ...composio.getClient(), connectedAccounts };
  const { status, json } = await createTestHandler({ composio: { getClient: () => client } }).send(
    'POST',
    '/connected-accounts/ca_1/refresh',
  );
  assert.deepEqual([status, json.error.code], [400, 'unsupported_scheme']);
});

test('validate_credentials is never sent, because Composio took the check out of refresh', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  const { status } = await handler.send('POST', `/connected-accounts/${id}/refresh`, {
    body: { validateCredentials: true },
  });
  assert.equal(status, 200);
  const { query, body } = emulator.requests.at(-1) ?? {};
  assert.doesNotMatch(JSON.stringify([query, body]), /validate/);
});

test('a refresh response about another account is 502', async (context) => {
  context.mock.method(console, 'error', () => {});
  const composio = fakeComposio({
    list: { items: [wireAccount()], total_pages: 1 },
    refresh: { id: 'ca_2', status: 'ACTIVE', redirect_url: null },
  });
  const { status } = await createTestHandler({ composio }).send('POST', '/connected-accounts/ca_1/refresh');
  assert.equal(status, 502);
});

test('a deletion that upstream answers with success: false is 502, and not a success', async (context) => {
  context.mock.method(console, 'error', () => {});
  const composio = fakeComposio({ list: { items: [wireAccount()], total_pages: 1 }, delete: { success: false } });
  const { status, json } = await createTestHandler({ composio }).send('DELETE', '/connected-accounts/ca_1');
  assert.deepEqual([status, json.error.code], [502, 'upstream_error']);
});
