import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { CALLBACK, createTestHandler, startBackend } from './support/backend.js';
import { fakeComposio } from './support/fake-composio.js';
import { createVerifier } from './support/started-link.js';

const { createHandler, emulator, openBrowser } = await startBackend();
const CREATE = '/connected-accounts';

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
  for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
});

for (const [authConfigId, credentials] of [
  ['ac_firecrawl', { generic_api_key: 'fc-key' }],
  ['ac_twilio', { username: 'AC1', password: 'secret' }],
  ['ac_cloudflare', { token: 'bearer' }],
] as const) {
  test(`credentials connect ${authConfigId} at once`, async () => {
    const { status, json } = await createHandler().send('POST', CREATE, {
      body: { authConfigId, credentials, alias: 'main' },
    });
    assert.deepEqual([status, json], [201, { id: json.id, status: 'ACTIVE', redirectUrl: null }]);
    const account = emulator.accounts.get(json.id);
    assert.deepEqual([account?.userId, account?.alias], ['user_ada', 'main']);
    assert.deepEqual({ ...account?.val }, credentials);
  });
}

test('an account without authentication needs no credentials', async () => {
  const noAuth = [...emulator.authConfigs.values()].find(({ authScheme }) => authScheme === 'NO_AUTH');
  const { status, json } = await createHandler().send('POST', CREATE, {
    body: { authConfigId: noAuth?.id, credentials: {} },
  });
  assert.deepEqual([status, json.status], [201, 'ACTIVE']);
});

test('missing required fields are named before any upstream call', async () => {
  const { status, json } = await createHandler().send('POST', CREATE, {
    body: { authConfigId: 'ac_twilio', credentials: { username: '' } },
  });
  assert.deepEqual([status, json.error.code], [400, 'missing_fields']);
  assert.deepEqual(json.error.fieldErrors, {
    username: 'This field is required.',
    password: 'This field is required.',
  });
});

test('a key that the third party refuses is invalid_credentials', async () => {
  emulator.knobs.rejectedCredentials.add('fc-wrong');
  const { status, json } = await createHandler().send('POST', CREATE, {
    body: { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'fc-wrong' } },
  });
  assert.deepEqual([status, json.error.code], [422, 'invalid_credentials']);
});

for (const name of ['status', 'redirectUrl', 'finalRedirectUri', 'access_token', 'toString']) {
  test(`credentials may not hold ${name}, which is not a declared field`, async () => {
    const { status, json } = await createHandler().send('POST', CREATE, {
      body: { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'fc', [name]: 'x' } },
    });
    assert.deepEqual([status, json.error.code], [400, 'invalid_request']);
    assert.match(json.error.message, /It declares: generic_api_key, base_url, version\./);
  });
}

test('a managed OAuth config is refused, because it is connected through a link', async () => {
  const { status, json } = await createHandler().send('POST', CREATE, {
    body: { authConfigId: 'ac_github', credentials: {} },
  });
  assert.deepEqual([status, json.error.code], [400, 'unsupported_scheme']);
});

for (const authScheme of ['OAUTH1', 'OAUTH2', 'DCR_OAUTH', 'CIMD_OAUTH', 'SAML']) {
  test(`a managed ${authScheme} config posted without credentials is refused and makes no account`, async () => {
    const created: unknown[] = [];
    const composio = fakeComposio({
      authConfig: {
        id: 'ac_managed',
        auth_scheme: authScheme,
        is_composio_managed: true,
        status: 'ENABLED',
        toolkit: { slug: 'github' },
      },
      create: () => created.push('account'),
    });
    const { status, json } = await createTestHandler({ composio }).send('POST', CREATE, {
      body: { authConfigId: 'ac_managed', credentials: {} },
    });
    assert.deepEqual([status, json.error.code, created], [400, 'unsupported_scheme', []]);
  });
}

test('a second account of one auth config is already_connected unless several are allowed', async () => {
  const handler = createHandler();
  const body = { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'fc' } };
  const first = await handler.send('POST', CREATE, { body });
  const second = await handler.send('POST', CREATE, { body });
  assert.deepEqual([second.status, second.json.error.connectedAccountId], [409, first.json.id]);
  assert.equal((await handler.send('POST', CREATE, { body: { ...body, allowMultiple: true } })).status, 201);
});

test("a developer's own OAuth app returns a URL, and its account is pending until its browser is bound", async () => {
  const handler = createHandler();
  const { status, json } = await handler.send('POST', CREATE, {
    body: { authConfigId: 'ac_zendesk', credentials: { subdomain: 'acme' } },
  });
  assert.deepEqual([status, json.status], [201, 'INITIATED']);
  const { url } = await openBrowser().follow(json.redirectUrl);
  assert.equal(url.origin + url.pathname, CALLBACK);
  assert.equal((await handler.send('GET', `${CREATE}/${json.id}`)).json.status, 'INITIATED');

  const state = url.searchParams.get('state');
  assert.equal((await handler.send('POST', '/callback', { body: { state } })).status, 200);
  assert.equal((await handler.send('GET', `${CREATE}/${json.id}`)).json.status, 'ACTIVE');
});

test("an account of a developer's own OAuth app ends on the page that was asked for, and is bound by the browser alone", async () => {
  const page = 'https://www.example.com/connected';
  const handler = createHandler({ callbackUrls: [page] });
  const { verifier, challenge } = createVerifier();
  const { status, json } = await handler.send('POST', CREATE, {
    body: {
      authConfigId: 'ac_zendesk',
      credentials: { subdomain: 'acme' },
      callbackUrl: `${page}?connect_attempt=attempt-1`,
      bindingChallenge: challenge,
    },
  });
  assert.equal(status, 201);
  const { url } = await openBrowser().follow(json.redirectUrl);
  assert.equal(url.origin + url.pathname, page);
  assert.equal(url.searchParams.get('connect_attempt'), 'attempt-1');

  const body = { state: url.searchParams.get('state'), bindingVerifier: verifier };
  const bound = await handler.send('POST', '/callback', { as: null, body });
  assert.deepEqual([bound.status, bound.json.status], [200, 'ACTIVE']);
});

test('a callback page that is not allowed is refused before anything is created', async () => {
  const before = emulator.requests.length;
  const { status, json } = await createHandler().send('POST', CREATE, {
    body: { authConfigId: 'ac_zendesk', credentials: { subdomain: 'acme' }, callbackUrl: 'https://evil.example/' },
  });
  assert.deepEqual([status, json.error.code, emulator.requests.length], [400, 'invalid_request', before]);
});

test('an alias in use is alias_taken', async () => {
  emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_twilio', status: 'INACTIVE', alias: 'main' });
  const { status, json } = await createHandler().send('POST', CREATE, {
    body: { authConfigId: 'ac_twilio', alias: 'main', credentials: { username: 'a', password: 'b' } },
  });
  assert.deepEqual([status, json.error.code], [409, 'alias_taken']);
});
