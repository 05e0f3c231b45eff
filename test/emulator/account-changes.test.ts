import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { CONNECTION_STATUSES } from '../../src/core/model/connection-types.js';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

const { composio, emulator, request } = await startEmulatedComposio();
const accounts = composio.connectedAccounts;
const client = composio.getClient();

afterEach(() => {
  Object.assign(emulator.knobs, createKnobs());
});

const OAUTH_AND_KEYS = ['ac_github', 'ac_zendesk', 'ac_firecrawl', 'ac_twilio', 'ac_cloudflare', 'ac_googlebigquery'];

for (const status of CONNECTION_STATUSES.filter((known) => known !== 'REVOKED')) {
  test(`the SDK keeps the state of ${status} accounts of every scheme`, async () => {
    for (const authConfigId of [...OAUTH_AND_KEYS, 'ac_hackernews']) {
      const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId, status });
      assert.equal((await accounts.get(id)).state?.val.status, status, authConfigId);
    }
  });
}

test('the SDK keeps the state of REVOKED accounts of OAuth, the only scheme that has it', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'REVOKED' });
  assert.equal((await accounts.get(id)).state?.val.status, 'REVOKED');
});

test('the API masks a key to four characters and a managed token completely', async () => {
  const key = emulator.accounts.add({
    userId: 'user_ada',
    authConfigId: 'ac_firecrawl',
    val: { generic_api_key: 'fc-canary-1' },
  });
  const short = emulator.accounts.add({
    userId: 'user_ada',
    authConfigId: 'ac_firecrawl',
    val: { generic_api_key: 'fc' },
  });
  const token = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
  const login = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_twilio' });
  assert.equal((await accounts.get(key.id)).state?.val['generic_api_key'], 'fc-c...');
  assert.equal((await accounts.get(short.id)).state?.val['generic_api_key'], 'REDACTED');
  assert.equal((await accounts.get(token.id)).state?.val['access_token'], 'REDACTED');
  const basic = (await accounts.get(login.id)).state?.val;
  assert.deepEqual([basic?.['username'], basic?.['password']], ['seed_username', 'seed...']);

  const { json } = await request<object>('GET', `/connected_accounts/${key.id}`);
  assert.doesNotMatch(JSON.stringify(json), /canary/);
  emulator.knobs.maskSecrets = false;
  const open = await request<{ state: unknown; data: unknown; params: unknown }>(
    'GET',
    `/connected_accounts/${key.id}`,
  );
  for (const place of ['state', 'data', 'params'] as const) {
    assert.match(JSON.stringify(open.json[place]), /fc-canary-1/, place);
  }
});

test('an account of a key scheme is ACTIVE at once and has no redirect', async () => {
  const connection = await accounts.initiate('user_key', 'ac_firecrawl', {
    alias: 'main',
    config: { authScheme: 'API_KEY', val: { status: 'ACTIVE', generic_api_key: 'fc-1234567' } },
  });
  assert.deepEqual([connection.status, connection.redirectUrl], ['ACTIVE', null]);
  const account = await accounts.get(connection.id);
  assert.deepEqual([account.status, account.alias], ['ACTIVE', 'main']);
});

test('an account without a user id belongs to "default"', async () => {
  const { json } = await request<{ id: string }>('POST', '/connected_accounts', {
    auth_config: { id: 'ac_hackernews' },
    connection: {},
  });
  assert.equal(emulator.accounts.get(json.id)?.userId, 'default');
});

test('disable and enable change the status and its reason', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
  assert.deepEqual(await accounts.disable(id), { success: true });
  const disabled = await accounts.get(id);
  assert.deepEqual(
    [disabled.status, disabled.isDisabled, disabled.statusReason],
    ['INACTIVE', true, 'Connection status updated by user'],
  );
  await accounts.enable(id);
  assert.equal((await accounts.get(id)).status, 'ACTIVE');
});

test('an account without credentials cannot be enabled', async () => {
  const { id } = await accounts.link('user_never', 'ac_github');
  await assert.rejects(accounts.enable(id), { status: 400 });
  assert.equal((await accounts.get(id)).status, 'INITIATED');
});

test('an alias can be set and is cleared by an empty one', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_names', authConfigId: 'ac_github' });
  await client.connectedAccounts.patch(id, { alias: 'private' });
  assert.equal((await accounts.get(id)).alias, 'private');
  await client.connectedAccounts.patch(id, { alias: '' });
  assert.equal((await accounts.get(id)).alias, null);
});

test('new credentials replace the old ones in place and make an expired account ACTIVE', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl', status: 'EXPIRED' });
  const val = { generic_api_key: 'fc-new-key', base_url: null };
  const { json } = await request('PATCH', `/connected_accounts/${id}`, {
    connection: { state: { authScheme: 'API_KEY', val } },
  });
  assert.deepEqual(json, { success: true, id, status: 'ACTIVE' });
  assert.equal(emulator.accounts.get(id)?.val['generic_api_key'], 'fc-new-key');
  const other = { authScheme: 'BASIC', val: { username: 'a' } };
  assert.equal((await request('PATCH', `/connected_accounts/${id}`, { connection: { state: other } })).status, 400);
});

test('refreshing a key changes nothing and returns no redirect', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl' });
  assert.deepEqual(await accounts.refresh(id), { id, status: 'ACTIVE', redirect_url: null });
});

test('deleting revokes only on request and when the toolkit supports it', async () => {
  const kept = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
  const { json } = await request('DELETE', `/connected_accounts/${kept.id}?revoke_on_delete=true`);
  assert.deepEqual(json, { success: true });
  const revoked = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
  const answer = await request<{ revoke_job_id: string }>(
    'DELETE',
    `/connected_accounts/${revoked.id}?revoke_on_delete=true`,
  );
  assert.match(answer.json.revoke_job_id, /^pj_/);
});

test('a shared account lists its users, and the list can be changed', async () => {
  const { json } = await request<{ connected_account_id: string; experimental: unknown }>(
    'POST',
    '/connected_accounts/link',
    {
      auth_config_id: 'ac_github',
      user_id: 'user_ada',
      experimental: { account_type: 'SHARED', acl_config_for_shared: { allowed_user_ids: ['user_grace'] } },
    },
  );
  const acl = { allow_all_users: false, allowed_user_ids: ['user_grace'], not_allowed_user_ids: [] };
  assert.deepEqual(json.experimental, { account_type: 'SHARED', acl_config_for_shared: acl });
  await accounts.updateAcl(json.connected_account_id, { allowAllUsers: true });
  const account = await accounts.get(json.connected_account_id);
  assert.equal(account.experimental?.aclConfigForShared?.allowAllUsers, true);
});
