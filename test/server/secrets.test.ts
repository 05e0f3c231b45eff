import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Composio } from '@composio/core';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { type AuditEvent, createConnectHandler } from '../../src/server.js';
import { createRequest, ORIGIN, startBackend } from './support/backend.js';

const CANARY = 'CANARY-4f1d0c';
const { emulator } = await startBackend();

/** Names the line, not all of them. */
function assertNoCanary(...lines: readonly string[]): void {
  assert.deepEqual(
    lines.filter((line) => line.includes(CANARY)),
    [],
  );
}

/** All that was answered, logged and audited. */
function watch(context: { mock: { method(object: object, name: string, stub: () => void): unknown } }) {
  const seen: string[] = [];
  const note = (...values: unknown[]) => {
    seen.push(
      values
        .map((value) => (value instanceof Error ? `${value.message} ${value.stack}` : JSON.stringify(value)))
        .join(),
    );
  };
  for (const method of ['log', 'info', 'warn', 'error', 'debug']) context.mock.method(console, method, note);
  const stored = new Map<string, unknown>();
  const handle = createConnectHandler({
    composio: new Composio({
      apiKey: emulator.apiKey,
      baseURL: emulator.origin,
      allowTracking: false,
      disableVersionCheck: true,
    }),
    identify: () => ({ userId: 'user_ada' }),
    secret: `${CANARY} of thirty-two bytes or more`,
    origin: ORIGIN,
    store: stored,
    onAudit: (event: AuditEvent) => note(event),
  });
  const send = async (method: string, path: string, body?: object) => {
    const response = await handle(createRequest(method, path, { body }));
    const text = await response.text();
    note([...response.headers], text);
    return { status: response.status, json: JSON.parse(text) };
  };
  return { seen, stored, send };
}

test('no credential reaches any response, error, log, audit event or store', async (context) => {
  const { seen, stored, send } = watch(context);
  // As bad as it gets: a project that sends credentials unmasked.
  emulator.knobs.maskSecrets = false;
  const val = { access_token: CANARY, refresh_token: CANARY, generic_api_key: CANARY };
  const github = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', val });
  const statuses = [];
  for (const [method, path, body] of [
    ['GET', '/auth-configs?ids=ac_github,ac_firecrawl'],
    ['GET', '/connected-accounts'],
    ['GET', `/connected-accounts/${github.id}`],
    ['PATCH', `/connected-accounts/${github.id}`, { enabled: false }],
    ['PATCH', `/connected-accounts/${github.id}`, { alias: 'work' }],
    ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: CANARY } }],
    ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: CANARY } }],
    ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { [CANARY]: CANARY } }],
    ['POST', '/connected-accounts', { authConfigId: 'ac_twilio', credentials: { username: CANARY, password: '' } }],
    ['POST', '/connected-accounts/link', { authConfigId: 'ac_slack', bindingChallenge: 'c'.repeat(43) }],
    [
      'POST',
      '/connected-accounts/link',
      { authConfigId: 'ac_zendesk', callbackUrl: CANARY, connectionData: { [CANARY]: CANARY } },
    ],
    ['POST', '/callback', { state: CANARY, sessionUri: CANARY, bindingVerifier: CANARY, connectedAccountId: CANARY }],
    ['POST', `/connected-accounts/${github.id}/refresh`, { validateCredentials: true }],
    ['DELETE', `/connected-accounts/${github.id}`],
  ] as const) {
    statuses.push((await send(method, path, body)).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 201, 409, 400, 400, 201, 400, 400, 200, 200]);
  assertNoCanary(...seen, JSON.stringify([...stored]));
});

test("upstream's refusals are not quoted", async (context) => {
  Object.assign(emulator.knobs, createKnobs());
  const { seen, send } = watch(context);
  emulator.knobs.rejectedCredentials.add(CANARY);
  emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'INACTIVE', alias: CANARY });
  const refused = [
    await send('POST', '/connected-accounts', {
      authConfigId: 'ac_firecrawl',
      allowMultiple: true,
      credentials: { generic_api_key: CANARY },
    }),
    // The emulator's text names the alias, as the live one's does.
    await send('POST', '/connected-accounts/link', { authConfigId: 'ac_github', alias: CANARY }),
  ];
  assert.deepEqual(
    refused.map(({ status }) => status),
    [422, 409],
  );
  assertNoCanary(...seen);
});

test('a link is returned only to the page that requested it', async (context) => {
  const { seen, send } = watch(context);
  const { json } = await send('POST', '/connected-accounts/link', { authConfigId: 'ac_notion' });
  const token = new URL(json.redirectUrl).pathname;
  assert.equal(seen.filter((line) => line.includes(token)).length, 1, 'only in the answer itself');
});

test('the API key is in no response and no log', async (context) => {
  const { seen, send } = watch(context);
  emulator.knobs.failures = [{ route: '*', kind: 'forbidden' }];
  await send('GET', '/connected-accounts');
  await send('POST', '/connected-accounts/link', { authConfigId: 'ac_github' });
  assert.match(seen.join(), /APIKey_InsufficientPermissions/);
  assert.doesNotMatch(seen.join(), new RegExp(emulator.apiKey));
});
