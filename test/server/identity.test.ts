import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConnectHandlerOptions } from '../../src/server.js';
import { type Answer, startBackend, type TestHandler } from './support/backend.js';

const { createHandler, emulator } = await startBackend();
const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });

/** One request of every route that needs a user. */
const ROUTES: readonly ((handler: TestHandler, userId?: unknown) => Promise<Answer>)[] = [
  (handler, userId) => handler.send('GET', `/auth-configs?ids=ac_github${query(userId)}`),
  (handler, userId) => handler.send('POST', '/connected-accounts/link', { body: { userId, authConfigId: 'ac_slack' } }),
  (handler, userId) =>
    handler.send('POST', '/connected-accounts', { body: { userId, authConfigId: 'ac_firecrawl', credentials: {} } }),
  (handler, userId) => handler.send('GET', `/connected-accounts?limit=1${query(userId)}`),
  (handler, userId) => handler.send('GET', `/connected-accounts/${id}?${query(userId)}`),
  (handler, userId) => handler.send('PATCH', `/connected-accounts/${id}`, { body: { userId, alias: 'x' } }),
  (handler, userId) => handler.send('POST', `/connected-accounts/${id}/refresh`, { body: { userId } }),
  (handler, userId) => handler.send('DELETE', `/connected-accounts/${id}?${query(userId)}`),
];

const query = (userId: unknown) => (userId === undefined ? '' : `&userId=${encodeURIComponent(String(userId))}`);

async function askAll(handler: TestHandler, userId?: unknown): Promise<string[]> {
  const before = emulator.requests.length;
  const answers = await Promise.all(ROUTES.map((route) => route(handler, userId)));
  assert.equal(emulator.requests.length, before, 'upstream was asked');
  return [...new Set(answers.map(({ status, json }) => `${status} ${json.error.code}`))];
}

test('a client that is not signed in gets a 401 on every route', async () => {
  assert.deepEqual(await askAll(createHandler({ identify: () => null })), ['401 unauthorized']);
  assert.deepEqual(await askAll(createHandler({ identify: async () => null }), 'user_ada'), ['401 unauthorized']);
});

for (const claim of ['user_grace', 'USER_ADA', 'user_ada ', '*', '']) {
  test(`a page for "${claim}" is 403 while Ada is signed in`, async () => {
    assert.deepEqual(await askAll(createHandler(), claim), ['403 forbidden']);
  });
}

test('a false claim is refused even beside a true one', async () => {
  const handler = createHandler();
  const twice = await handler.send('GET', `/connected-accounts/${id}?userId=user_ada&userId=user_grace`);
  const split = await handler.send('POST', `/connected-accounts/${id}/refresh?userId=user_grace`, {
    body: { userId: 'user_ada' },
  });
  assert.deepEqual([twice.status, split.status], [403, 403]);
});

test('a claim that is not a string is 400', async () => {
  const { status, json } = await createHandler().send('POST', '/connected-accounts/link', {
    body: { userId: ['user_ada'], authConfigId: 'ac_github' },
  });
  assert.deepEqual([status, json.error.code], [400, 'invalid_request']);
});

/** What a careless identify answers, none of which may reach Composio. */
const CARELESS: Record<string, ConnectHandlerOptions['identify']> = {
  'an empty user': () => ({ userId: '' }),
  'a blank user': () => ({ userId: '  ' }),
  'the user of everybody': () => ({ userId: 'default' }),
  'two users': () => ({ userId: 'user_ada,user_grace' }),
  'a number': () => ({ userId: 7 }) as never,
  'a text': () => 'user_ada' as never,
  'a list': () => [] as never,
  'auth configs in one text': () => ({ userId: 'user_ada', authConfigIds: 'ac_github' }) as never,
  'a throw': () => {
    throw new TypeError('CANARY of the session');
  },
  'a rejection': () => Promise.reject(new Error('CANARY of the session')),
};

for (const userId of [null, undefined]) {
  test(`an identity whose user is ${userId} is nobody`, async () => {
    assert.deepEqual(await askAll(createHandler({ identify: () => ({ userId }) })), ['401 unauthorized']);
  });
}

for (const [name, identify] of Object.entries(CARELESS)) {
  test(`an identify that returns ${name} is 500 on every route, and the log says how to fix it`, async (context) => {
    const log = context.mock.method(console, 'error', () => {});
    assert.deepEqual(await askAll(createHandler({ identify })), ['500 internal_error']);
    const lines = log.mock.calls.map(({ arguments: [line] }) => String(line));
    assert.equal(lines.length, ROUTES.length);
    assert.match(lines[0] ?? '', /`identify` /);
    assert.doesNotMatch(lines.join(), /CANARY/);
  });
}

test('an identify that throws is logged with the line that threw, and without its message', async (context) => {
  const log = context.mock.method(console, 'error', () => {});
  const failures = [
    () => new TypeError('CANARY'),
    () => new Error('CANARY\n    at canary (file:///CANARY.js:1:1)'),
    () => new Error(''),
    () => Object.assign(new Error(), { message: 'new', stack: 'Error: old\n    at canary (file:///CANARY.js:1:1)' }),
  ];
  for (const failure of failures) {
    const handler = createHandler({
      identify() {
        throw failure();
      },
    });
    await askAll(handler);
  }
  const lines = log.mock.calls.map(({ arguments: [line] }) => String(line));
  assert.doesNotMatch(lines.join(), /CANARY/);
  assert.match(lines[0] ?? '', /`identify` threw TypeError at \S*identity\.test\.js:\d+:\d+\.$/);
  assert.equal(lines.filter((line) => line === 'connect-account: `identify` threw Error.').length, lines.length / 4);
});

test('identify may read the body because it gets a clone', async () => {
  const bodies: unknown[] = [];
  const handler = createHandler({
    identify: async (request) => {
      bodies.push(await request.json());
      return { userId: 'user_clone' };
    },
  });
  const body = { authConfigId: 'ac_github' };
  const { status } = await handler.send('POST', '/connected-accounts/link', { body });
  assert.deepEqual([status, bodies], [201, [body]]);
});
