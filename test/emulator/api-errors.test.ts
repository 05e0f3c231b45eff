import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Composio } from '@composio/core';
import { type ErrorBody, startEmulatedComposio } from './support/start-emulated-composio.js';

const { composio, emulator, request } = await startEmulatedComposio();

/** Returns the status, code, slug and message of a request that must fail. */
async function failure(method: string, path: string, body?: unknown): Promise<[number, number, string, string]> {
  const { status, json } = await request<ErrorBody>(method, path, body);
  assert.equal(json.error.status, status);
  return [status, json.error.code, json.error.slug, json.error.message];
}

const link = (body: object) => failure('POST', '/connected_accounts/link', body);
const create = (body: object) => failure('POST', '/connected_accounts', body);

test('a wrong key returns 401 with its last four characters', async () => {
  const wrong = new Composio({
    apiKey: 'ak_wrong_key_UbOz',
    baseURL: emulator.origin,
    allowTracking: false,
    disableVersionCheck: true,
  });
  await assert.rejects(wrong.connectedAccounts.list(), (error: { status: number; error: ErrorBody }) => {
    assert.equal(error.status, 401);
    const { message, code, slug } = error.error.error;
    assert.deepEqual([message, code, slug], ['Invalid API key: ak_**UbOz', 801, 'APIKey_InvalidAPIKey']);
    return true;
  });
});

test('an unknown account returns 404 for every verb', async () => {
  const expected = [404, 606, 'ConnectedAccount_ResourceNotFound', 'Connected account "ca_gone" not found'];
  assert.deepEqual(await failure('GET', '/connected_accounts/ca_gone'), expected);
  assert.deepEqual(await failure('DELETE', '/connected_accounts/ca_gone'), expected);
  assert.deepEqual(await failure('PATCH', '/connected_accounts/ca_gone', { alias: 'x' }), expected);
  assert.deepEqual(await failure('PATCH', '/connected_accounts/ca_gone/status', { enabled: true }), expected);
  assert.deepEqual(await failure('POST', '/connected_accounts/ca_gone/refresh'), expected);
  assert.deepEqual(await failure('POST', '/connected_accounts/ca_gone/revoke'), expected);
});

test('an unknown auth config returns 404', async () => {
  const expected = [404, 607, 'Auth_Config_NotFound', 'Auth config not found'];
  assert.deepEqual(await failure('GET', '/auth_configs/ac_gone'), expected);
  assert.deepEqual(await link({ auth_config_id: 'ac_gone', user_id: 'user_ada' }), expected);
  assert.deepEqual(await create({ auth_config: { id: 'ac_gone' }, connection: {} }), expected);
});

test('the retired endpoint returns 400 for managed OAuth, with the text that the SDK recognizes', async () => {
  const initiate = composio.connectedAccounts.initiate('user_ada', 'ac_github');
  await assert.rejects(initiate, { name: 'ComposioLegacyConnectedAccountsEndpointRetiredError' });
  const [status, code] = await create({ auth_config: { id: 'ac_github' }, connection: { user_id: 'user_ada' } });
  assert.deepEqual([status, code], [400, 600]);
});

test('an alias is refused when another account of the user and toolkit has it', async () => {
  const dead = { userId: 'user_alias', authConfigId: 'ac_github', alias: 'work', status: 'EXPIRED' } as const;
  const { id } = emulator.accounts.add(dead);
  const message = 'Alias "work" is already in use by another connection for this entity';
  const request = { auth_config_id: 'ac_github', user_id: 'user_alias', alias: 'work' };
  assert.deepEqual(await link(request), [400, 600, 'ConnectedAccount_BadRequest', message]);

  const other = emulator.accounts.add({ userId: 'user_alias', authConfigId: 'ac_github' });
  const [status] = await failure('PATCH', `/connected_accounts/${other.id}`, { alias: 'work' });
  assert.equal(status, 409);

  await composio.connectedAccounts.delete(id);
  const patched = await composio.getClient().connectedAccounts.patch(other.id, { alias: 'work' });
  assert.deepEqual(patched, { success: true, id: other.id, status: 'ACTIVE' });
  const elsewhere = await composio.connectedAccounts.link('user_alias', 'ac_slack', { alias: 'work' });
  assert.equal(elsewhere.status, 'INITIATED');
});

test('missing required fields return 400 with their display names', async () => {
  const connection = { user_id: 'user_ada', state: { authScheme: 'BASIC', val: { status: 'ACTIVE' } } };
  assert.deepEqual(await create({ auth_config: { id: 'ac_twilio' }, connection }), [
    400,
    612,
    'ConnectedAccount_MissingRequiredFields',
    'Missing required fields: Account SID, Auth token',
  ]);
});

test('a link without a user and other invalid bodies return 400', async () => {
  const [status, code, , message] = await link({ auth_config_id: 'ac_github', user_id: '' });
  assert.deepEqual([status, code], [400, 600]);
  assert.match(message, /user_id/);
  assert.equal((await link({ auth_config_id: 'ac_github' }))[0], 400);
  assert.equal((await link({ auth_config_id: 'ac_github', user_id: 'a', callback_url: 'nonsense' }))[0], 400);
  const shared = { acl_config_for_shared: { allow_all_users: true } };
  const [, , , refusal] = await link({ auth_config_id: 'ac_github', user_id: 'a', experimental: shared });
  assert.match(refusal, /acl_config_for_shared is only valid on SHARED/);
});

test('a scheme that differs from the auth config returns 422', async () => {
  const connection = { user_id: 'user_ada', state: { authScheme: 'BASIC', val: { username: 'a', password: 'b' } } };
  const [status] = await create({ auth_config: { id: 'ac_firecrawl' }, connection });
  assert.equal(status, 422);
});

test('credentials that the third party refuses return 400 when validation is requested', async () => {
  emulator.knobs.rejectedCredentials.add('fc-wrong');
  const state = { authScheme: 'API_KEY', val: { status: 'ACTIVE', generic_api_key: 'fc-wrong' } };
  const body = { auth_config: { id: 'ac_firecrawl' }, connection: { user_id: 'user_ada', state } };
  assert.equal((await create({ ...body, validate_credentials: true }))[0], 400);
  assert.equal((await request('POST', '/connected_accounts', body)).status, 201);
});

test('revoking returns 409 unless ACTIVE or REVOKED, and 400 when the toolkit does not support it', async () => {
  const expired = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'EXPIRED' });
  assert.equal((await failure('POST', `/connected_accounts/${expired.id}/revoke`))[0], 409);
  const notion = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
  assert.equal((await failure('POST', `/connected_accounts/${notion.id}/revoke`))[0], 400);
});

test('invalid list parameters return 400', async () => {
  for (const query of [
    'statuses=LOST',
    'order_by=name',
    'limit=0',
    'limit=many',
    'cursor=nonsense',
    'account_type=OURS',
  ]) {
    assert.equal((await failure('GET', `/connected_accounts?${query}`))[0], 400, query);
  }
});

test('a disabled auth config creates no links', async () => {
  await composio.authConfigs.disable('ac_slack');
  const [status, , , message] = await link({ auth_config_id: 'ac_slack', user_id: 'user_ada' });
  assert.deepEqual([status, message], [400, 'Auth config is disabled']);
  await composio.authConfigs.enable('ac_slack');
});

test('malformed JSON returns 400', async () => {
  const headers = { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' };
  const address = `${emulator.origin}/api/v3/connected_accounts/link`;
  const response = await fetch(address, { method: 'POST', headers, body: '{"auth_config_id":' });
  assert.equal(response.status, 400);
});
