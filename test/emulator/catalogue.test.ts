import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

const { composio, emulator, request } = await startEmulatedComposio();
const { toolkits, authConfigs } = composio;

async function found(query: string): Promise<string[]> {
  const { json } = await request<{ items: { id: string }[] }>('GET', `/auth_configs?${query}`);
  return json.items.map(({ id }) => id);
}

test('toolkits can be listed, ordered and filtered', async () => {
  const all = await toolkits.get({});
  assert.equal(all.length, 10);
  const github = all.find(({ slug }) => slug === 'github');
  assert.equal(github?.meta.logo, 'https://logos.composio.dev/api/github');
  assert.deepEqual(
    [github?.authSchemes, github?.composioManagedAuthSchemes, github?.noAuth],
    [['OAUTH2'], ['OAUTH2'], false],
  );
  assert.equal((await toolkits.get({ sortBy: 'alphabetically' }))[0]?.name, 'Cloudflare');
  assert.equal((await toolkits.get({ managedBy: 'composio' })).length, 4);
  assert.deepEqual(
    (await toolkits.get({ category: 'productivity' })).map(({ slug }) => slug),
    ['googlecalendar', 'notion'],
  );
  assert.equal((await toolkits.get({ limit: 3 })).length, 3);
});

test('a search for toolkits needs three characters', async () => {
  const { json } = await request<{ items: { slug: string }[] }>('GET', '/toolkits?search=CRAWL');
  assert.deepEqual(
    json.items.map(({ slug }) => slug),
    ['firecrawl'],
  );
  assert.equal((await request('GET', '/toolkits?search=gi')).status, 400);
});

test('a toolkit has the fields of its form, in the SDK and in the raw client', async () => {
  const fields = await toolkits.getConnectedAccountInitiationFields('firecrawl', 'API_KEY');
  assert.deepEqual(
    fields.map(({ name, displayName, required }) => [name, displayName, required]),
    [
      ['generic_api_key', 'API Key', true],
      ['base_url', 'Base URL', false],
      ['version', 'API version', false],
    ],
  );
  interface Details {
    auth_config_details: [
      {
        auth_hint_url: string;
        fields: {
          connected_account_initiation: { required: [{ is_secret: boolean }]; optional: { user_visible?: boolean }[] };
        };
      },
    ];
  }
  const { json } = await request<Details>('GET', '/toolkits/firecrawl');
  const [details] = json.auth_config_details;
  assert.equal(details.auth_hint_url, 'https://www.firecrawl.dev/app/api-keys');
  assert.equal(details.fields.connected_account_initiation.required[0].is_secret, true);
  assert.equal(details.fields.connected_account_initiation.optional[1]?.user_visible, false);
});

test('an unknown toolkit returns 404, and the categories can be listed', async () => {
  await assert.rejects(toolkits.get('nothing'));
  assert.equal((await request('GET', '/toolkits/nothing')).status, 404);
  assert.equal((await toolkits.listCategories()).items.length, 4);
});

test('each toolkit has one auth config, with a masked developer secret', async () => {
  assert.equal((await authConfigs.list()).items.length, 10);
  const zendesk = await authConfigs.get('ac_zendesk');
  assert.deepEqual(
    [zendesk.authScheme, zendesk.isComposioManaged, zendesk.status, zendesk.toolkit.slug],
    ['OAUTH2', false, 'ENABLED', 'zendesk'],
  );
  assert.deepEqual(zendesk.credentials, { client_id: 'client_zendesk', client_secret: 'secr...' });
  assert.equal(zendesk.expectedInputFields?.length, 1);
});

test('auth configs can be filtered', async () => {
  assert.deepEqual(await found('toolkit_slug=github,slack'), ['ac_github', 'ac_slack']);
  assert.deepEqual(await found('is_composio_managed=true&search=cal'), ['ac_googlecalendar']);
  assert.equal((await found('is_composio_managed=false')).length, 6);
  assert.equal((await found('limit=4')).length, 4);
});

test('a disabled auth config is hidden unless requested, and its accounts show that it is disabled', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
  await authConfigs.disable('ac_notion');
  assert.deepEqual(await found('toolkit_slug=notion'), []);
  assert.deepEqual(await found('toolkit_slug=notion&show_disabled=true'), ['ac_notion']);
  assert.equal((await composio.connectedAccounts.get(id)).authConfig.isDisabled, true);
  await authConfigs.enable('ac_notion');
  assert.equal((await authConfigs.get('ac_notion')).noOfConnections, 1);
});

test('auth configs can be created for managed and for custom auth', async () => {
  const managed = await authConfigs.create('github');
  assert.deepEqual([managed.authScheme, managed.isComposioManaged, managed.toolkit], ['OAUTH2', true, 'github']);
  const custom = await authConfigs.create('zendesk', {
    type: 'use_custom_auth',
    name: 'Our help desk',
    authScheme: 'OAUTH2',
    credentials: { client_id: 'a', client_secret: 'b' },
  });
  assert.equal((await authConfigs.get(custom.id)).name, 'Our help desk');
  await assert.rejects(authConfigs.create('firecrawl'), { status: 400 });
});

test('the project config has the name and the masking setting', async () => {
  const { json } = await request('GET', '/org/project/config');
  assert.deepEqual(json, {
    is_2FA_enabled: true,
    display_name: 'Demo project',
    mask_secret_keys_in_connected_account: true,
    log_visibility_setting: 'show_all',
  });
});
