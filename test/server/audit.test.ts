import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORIGIN, startBackend } from './support/backend.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
const foreign = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github' });

test('every change is audited with its user, action, account and outcome', async () => {
  const handler = createHandler();
  await handler.send('GET', `/connected-accounts/${id}`);
  await handler.send('PATCH', `/connected-accounts/${id}`, { body: { alias: 'work' } });
  await handler.send('DELETE', `/connected-accounts/${foreign.id}`);
  await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' } });
  await handler.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' }, as: null });
  await handler.send('DELETE', `/connected-accounts/${id}`, { headers: { origin: 'https://evil.example' } });
  const told = handler.events.map(({ requestId, time, ...event }) => {
    assert.match(requestId, /^[\da-f-]{36}$/);
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 10_000);
    return Object.values(event).join(' ');
  });
  assert.deepEqual(told, [
    `update_account success user_ada ${id} ac_github`,
    `delete_account not_found user_ada ${foreign.id} `,
    'create_link already_connected user_ada  ac_github',
    'create_link unauthorized   ',
    'delete_account csrf_rejected   ',
  ]);
});

test('an error and its audit event have the same id', async () => {
  const handler = createHandler();
  const { json } = await handler.send('DELETE', '/connected-accounts/ca_unknown');
  assert.equal(handler.events[0]?.requestId, json.error.requestId);
});

for (const [name, onAudit] of [
  [
    'throws',
    () => {
      throw new Error('log is down');
    },
  ],
  ['rejects', () => Promise.reject(new Error('log is down'))],
] as const) {
  test(`an audit log that ${name} does not change the response`, async () => {
    const { handle } = createHandler({ onAudit });
    const url = `${ORIGIN}/api/connect/connected-accounts/ca_unknown`;
    const headers = { origin: ORIGIN, 'x-test-user': 'user_ada' };
    const response = await handle(new Request(url, { method: 'DELETE', headers }));
    assert.equal(response.status, 404);
  });
}

test('an audit event is frozen', () => {
  const handler = createHandler();
  return handler.send('DELETE', '/connected-accounts/ca_unknown').then(() => {
    assert.ok(Object.isFrozen(handler.events[0]));
  });
});

test('a link finished by another user is audited with that user and the owner of the removed account', async () => {
  const handler = createHandler();
  const { id: linked, redirectUrl } = await startLink(handler, { authConfigId: 'ac_slack' });
  const state = await finish(backend, redirectUrl);
  await handler.send('POST', '/callback', { as: 'user_grace', body: { state } });
  assert.deepEqual(
    handler.events
      .slice(1)
      .map(({ action, outcome, userId, connectedAccountId }) => [action, outcome, userId, connectedAccountId]),
    [
      ['remove_unbound', 'success', 'user_ada', linked],
      ['bind_browser', 'browser_mismatch', 'user_grace', linked],
    ],
  );
});
