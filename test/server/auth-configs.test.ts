import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestHandler, startBackend } from './support/backend.js';
import { type FakeAnswers, fakeComposio } from './support/fake-composio.js';

const { createHandler, emulator } = await startBackend();

test('auth configs are returned in the requested order, without unknown ones', async () => {
  const { status, json } = await createHandler().send(
    'GET',
    '/auth-configs?ids=ac_notion,ac_nope,ac_firecrawl&userId=user_ada',
  );
  assert.equal(status, 200);
  assert.deepEqual(json, {
    items: [
      {
        id: 'ac_notion',
        authScheme: 'OAUTH2',
        isComposioManaged: true,
        isDisabled: false,
        toolkit: { slug: 'notion', name: 'Notion', logo: 'https://logos.composio.dev/api/notion' },
        authHintUrl: null,
        fields: [],
      },
      {
        id: 'ac_firecrawl',
        authScheme: 'API_KEY',
        isComposioManaged: false,
        isDisabled: false,
        toolkit: { slug: 'firecrawl', name: 'Firecrawl', logo: 'https://logos.composio.dev/api/firecrawl' },
        authHintUrl: 'https://www.firecrawl.dev/app/api-keys',
        fields: [
          {
            name: 'generic_api_key',
            displayName: 'API Key',
            description: 'Begins with fc-.',
            type: 'string',
            required: true,
            default: null,
            isSecret: true,
          },
          {
            name: 'base_url',
            displayName: 'Base URL',
            description: 'Only for a server of your own.',
            type: 'string',
            required: false,
            default: 'https://api.firecrawl.dev',
          },
          {
            name: 'version',
            displayName: 'API version',
            description: 'Version of the API.',
            type: 'string',
            required: false,
            default: 'v2',
            userVisible: false,
          },
        ],
      },
    ],
  });
});

test('auth configs that the handler or the identity does not allow are left out and not requested', async () => {
  const handler = createHandler({
    authConfigIds: ['ac_github', 'ac_slack'],
    identify: () => ({ userId: 'user_ada', authConfigIds: ['ac_slack', 'ac_notion'] }),
  });
  const before = emulator.requests.length;
  const { json } = await handler.send('GET', '/auth-configs?ids=ac_github,ac_slack,ac_notion');
  assert.deepEqual(
    json.items.map(({ id }) => id),
    ['ac_slack'],
  );
  const asked = emulator.requests.slice(before).map(({ path }) => path);
  assert.deepEqual(asked, ['/api/v3.1/auth_configs/ac_slack', '/api/v3.1/toolkits/slack']);
});

test('a disabled auth config is marked as disabled', async () => {
  const authConfig = emulator.authConfigs.get('ac_cloudflare');
  assert.ok(authConfig);
  authConfig.status = 'DISABLED';
  const { json } = await createHandler().send('GET', '/auth-configs?ids=ac_cloudflare');
  assert.equal(json.items[0]?.['isDisabled'], true);
});

test('auth configs and toolkits are read once for many requests, also at the same moment, misses too', async () => {
  const handler = createHandler();
  const before = emulator.requests.length;
  const read = () => handler.send('GET', '/auth-configs?ids=ac_github,ac_unknown');
  await Promise.all(Array.from({ length: 40 }, read));
  await read();
  assert.deepEqual(
    emulator.requests
      .slice(before)
      .map(({ path }) => path)
      .sort(),
    ['/api/v3.1/auth_configs/ac_github', '/api/v3.1/auth_configs/ac_unknown', '/api/v3.1/toolkits/github'],
  );
});

test('an auth config is read again after a minute', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const handler = createHandler();
  await handler.send('GET', '/auth-configs?ids=ac_github');
  const before = emulator.requests.length;
  context.mock.timers.tick(61_000);
  await handler.send('GET', '/auth-configs?ids=ac_github');
  assert.deepEqual(
    emulator.requests.slice(before).map(({ path }) => path),
    ['/api/v3.1/auth_configs/ac_github'],
  );
});

test('a hundred ids are served without a warning of the runtime', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const ids = Array.from({ length: 99 }, (_, index) => `ac_unknown${index}`);
  const { status, json } = await createHandler().send('GET', `/auth-configs?ids=${[...ids, 'ac_github'].join(',')}`);
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  assert.deepEqual([status, json.items.length, warnings], [200, 1, []]);
});

for (const query of [
  '',
  '?ids=',
  `?ids=${Array.from({ length: 101 }, (_, index) => `ac_${index}`).join(',')}`,
  '?ids=ac_a/b',
]) {
  test(`a list of bad ids is 400: ${query.slice(0, 24) || 'none'}`, async () => {
    const before = emulator.requests.length;
    const { status, json } = await createHandler().send('GET', `/auth-configs${query}`);
    assert.deepEqual([status, json.error.code, emulator.requests.length], [400, 'invalid_request', before]);
  });
}

test('a field that is hidden from users is not required, though the auth config expects it', async () => {
  const authConfig = {
    id: 'ac_hidden',
    auth_scheme: 'API_KEY',
    status: 'ENABLED',
    toolkit: { slug: 'hidden' },
    expected_input_fields: [{ name: 'version', type: 'string', required: true, user_visible: false, default: 'v2' }],
  };
  const { send } = createTestHandler({ composio: fakeComposio({ authConfig }) });
  const { json } = await send('GET', '/auth-configs?ids=ac_hidden');
  const [
    {
      fields: [field],
    } = { fields: [] },
  ] = json.items as unknown as { fields: Record<string, unknown>[] }[];
  assert.deepEqual([field?.['required'], field?.['userVisible']], [false, false]);
});

for (const status of [400, 404, 422]) {
  test(`an id that upstream answers with ${status} is left out, and a toolkit is named by its slug`, async () => {
    const refuse = () => Promise.reject(Object.assign(new Error('x'), { status, error: { error: { slug: 'x' } } }));
    const list = async (answers: FakeAnswers) => {
      const handler = createTestHandler({ composio: fakeComposio(answers) });
      return (await handler.send('GET', '/auth-configs?ids=ac_github')).json.items.map(({ toolkit }) => toolkit);
    };
    assert.deepEqual(await list({ authConfig: refuse }), []);
    const [toolkit] = await list({ toolkit: refuse });
    assert.deepEqual(toolkit, { slug: 'github', name: 'github', logo: 'https://logos.composio.dev/api/github' });
  });
}
