import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SendOptions, startBackend } from './support/backend.js';

const { createHandler, emulator } = await startBackend();
const { id } = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github' });

/** A request that is wrong in every way and is fixed step by step. Each response is about the first remaining mistake. */
const STEPS: readonly [fixed: string, options: SendOptions, status: number, code: string][] = [
  [
    'nothing',
    { as: null, body: '{', headers: { origin: 'https://evil.example', 'content-type': 'text/plain' } },
    403,
    'csrf_rejected',
  ],
  ['its page', { as: null, body: '{', headers: { 'content-type': 'text/plain' } }, 403, 'csrf_rejected'],
  ['its content type', { as: null, body: '{' }, 401, 'unauthorized'],
  ['its session', { body: '{' }, 400, 'invalid_request'],
  ['its JSON', { body: { userId: 'user_grace', enabled: 'yes' } }, 403, 'forbidden'],
  ['its user', { body: { userId: 'user_ada', enabled: 'yes' } }, 400, 'invalid_request'],
  ['its fields', { body: { userId: 'user_ada', enabled: false } }, 404, 'not_found'],
];

test('the sender is checked before the body, and upstream is called last', async () => {
  const handler = createHandler();
  const asked: [string, number, string, number][] = [];
  for (const [fixed, options] of STEPS) {
    const before = emulator.requests.length;
    const { status, json } = await handler.send('PATCH', `/connected-accounts/${id}`, options);
    asked.push([fixed, status, json.error.code, emulator.requests.length - before]);
  }
  const expected = STEPS.map(([fixed, , status, code]) => [fixed, status, code, code === 'not_found' ? 1 : 0]);
  assert.deepEqual(asked, expected);
});
