import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectStore } from '../../src/server.js';
import { type Answer, startBackend, type TestHandler } from './support/backend.js';

const { createHandler, emulator } = await startBackend();

/** A link that equals no other one. */
const link = (handler: TestHandler, name: string, as = 'user_ada') =>
  handler.send('POST', '/connected-accounts/link', { as, body: { authConfigId: 'ac_github', alias: name } });

const codes = (answers: readonly Answer[]) => answers.map(({ status, json }) => json.error?.code ?? status);

/** Answers what it held when it was asked, a while later, as one behind a network does. */
function slowStore(): ConnectStore {
  const values = new Map<string, unknown>();
  return {
    get: (key) => delay(5, values.get(key)),
    set: (key, value) => delay(5).then(() => values.set(key, value)),
    delete: (key) => values.delete(key),
  };
}

test('the 31st link of a minute is 429 with Retry-After and makes no upstream call', async () => {
  const handler = createHandler();
  const answers: Answer[] = [];
  for (let number = 1; number <= 30; number += 1) answers.push(await link(handler, `link ${number}`));
  assert.deepEqual(codes(answers), Array(30).fill(201));
  const made = emulator.accounts.all().length;
  const refused = await link(handler, 'link 31');
  assert.deepEqual([refused.status, refused.json.error.code], [429, 'rate_limited']);
  assert.match(refused.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
  assert.equal(emulator.accounts.all().length, made);
});

test('simultaneous requests do not exceed the limit', async () => {
  const handler = createHandler({ linksPerMinute: 5, store: slowStore() });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => link(handler, `race ${number}`)));
  assert.deepEqual(codes(answers).sort(), [...Array(5).fill(201), ...Array(15).fill('rate_limited')]);
});

test('a user can start links again after a minute and not before', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const handler = createHandler({ linksPerMinute: 2 });
  await link(handler, 'room 1');
  context.mock.timers.tick(20_000);
  await link(handler, 'room 2');
  const refused = await link(handler, 'room 3');
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '40']);
  context.mock.timers.tick(39_000);
  assert.equal((await link(handler, 'room 3')).status, 429);
  context.mock.timers.tick(1_000);
  assert.equal((await link(handler, 'room 3')).status, 201);
  assert.equal((await link(handler, 'room 4')).status, 429);
});

test('one user does not use up the links of another', async () => {
  const handler = createHandler({ linksPerMinute: 1 });
  assert.equal((await link(handler, 'ada 1')).status, 201);
  assert.equal((await link(handler, 'ada 2')).status, 429);
  assert.equal((await link(handler, 'grace 1', 'user_grace')).status, 201);
});

test('a shared link is counted once', async () => {
  const handler = createHandler({ linksPerMinute: 1 });
  const answers = [await link(handler, 'shared'), await link(handler, 'shared'), await link(handler, 'shared')];
  assert.deepEqual(codes(answers), [201, 201, 201]);
});

test('accounts created from credentials are counted like links', async () => {
  emulator.knobs.rejectedCredentials.add('guess');
  const handler = createHandler({ linksPerMinute: 2 });
  const guess = () =>
    handler.send('POST', '/connected-accounts', {
      body: { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'guess' } },
    });
  assert.deepEqual(codes([await guess(), await guess(), await guess()]), [
    'invalid_credentials',
    'invalid_credentials',
    'rate_limited',
  ]);
});

test("a refresh that needs its user counts like a link, and upstream's own limit is passed on", async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'EXPIRED' });
  const handler = createHandler({ linksPerMinute: 1 });
  const refresh = () => handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} });
  assert.equal((await refresh()).status, 200);
  assert.equal((await link(handler, 'another')).status, 429);
  emulator.knobs.failures.push({ route: 'link.create', kind: 'rate_limited', times: 1, retryAfter: '17' });
  const limited = await link(createHandler(), 'upstream');
  assert.deepEqual(
    [limited.status, limited.json.error.code, limited.headers.get('retry-after')],
    [429, 'rate_limited', '17'],
  );
});
