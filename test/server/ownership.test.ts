import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Answer, startBackend, type TestHandler } from './support/backend.js';

const { createHandler, emulator } = await startBackend();

const VERBS: Record<string, (handler: TestHandler, id: string) => Promise<Answer>> = {
  get: (handler, id) => handler.send('GET', `/connected-accounts/${id}`),
  enable: (handler, id) => handler.send('PATCH', `/connected-accounts/${id}`, { body: { enabled: true } }),
  rename: (handler, id) => handler.send('PATCH', `/connected-accounts/${id}`, { body: { alias: 'mine' } }),
  refresh: (handler, id) => handler.send('POST', `/connected-accounts/${id}/refresh`, { body: {} }),
  delete: (handler, id) => handler.send('DELETE', `/connected-accounts/${id}`),
};

const foreign = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github', status: 'INACTIVE' });
const notAllowed = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion', status: 'INACTIVE' });
const shared = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github', accountType: 'SHARED' });
const deleted = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
deleted.isDeleted = true;
const own = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'INACTIVE' });

/** Ids that are not an allowed account of Ada's, by why they are not. */
const IDS: Record<string, string> = {
  'of another user': foreign.id,
  'of an auth config that is not allowed': notAllowed.id,
  'of a SHARED account of another user': shared.id,
  deleted: deleted.id,
  'of two accounts': `${own.id},${foreign.id}`,
  'of two accounts, encoded': `${own.id}%2C${foreign.id}`,
  'with a path': `..%2F${foreign.id}`,
  'with a query': `${foreign.id}%3Fuser_ids=user_grace`,
  'with a zero': `${foreign.id}%00`,
  'badly encoded': '%E0%A4%A',
  empty: '%20',
  'too long': 'c'.repeat(4000),
  'of a prototype': '__proto__',
  'of an auth config': 'ac_github',
};

const handler = createHandler({ authConfigIds: ['ac_github'] });
const withoutRequestId = ({ text, json }: Answer) => text.replace(json.error.requestId, '');
const unknown: Record<string, Answer> = {};

before(async () => {
  for (const [verb, send] of Object.entries(VERBS)) unknown[verb] = await send(handler, 'ca_unknown');
});

for (const [verb, send] of Object.entries(VERBS)) {
  for (const [name, id] of Object.entries(IDS)) {
    test(`${verb} of an id ${name} returns byte for byte the 404 of an unknown id`, async () => {
      const before = emulator.accounts.all().map(({ id, status, alias }) => [id, status, alias]);
      const answer = await send(handler, id);
      const model = unknown[verb];
      assert.ok(model);
      assert.equal(answer.status, 404);
      assert.equal(withoutRequestId(answer), withoutRequestId(model));
      assert.equal(answer.text.length, model.text.length);
      assert.deepEqual([...answer.headers], [...model.headers]);
      assert.deepEqual(
        emulator.accounts.all().map(({ id, status, alias }) => [id, status, alias]),
        before,
      );
    });
  }
}

test('no refused id causes a write upstream', () => {
  assert.deepEqual(
    emulator.requests.filter(({ method }) => method !== 'GET'),
    [],
  );
});

test('the list holds only allowed accounts of this user', async () => {
  const { json } = await handler.send('GET', '/connected-accounts');
  assert.deepEqual(
    json.items.map(({ id }) => id),
    [own.id],
  );
});

test('a filter for a forbidden auth config finds nothing', async () => {
  const before = emulator.requests.length;
  const { json } = await handler.send('GET', '/connected-accounts?authConfigIds=ac_notion');
  assert.deepEqual(json, { items: [], nextCursor: null, totalPages: 0, totalItems: 0 });
  assert.equal(emulator.requests.length, before);
});

test('the authConfigIds of an identity limit those of the handler', async () => {
  const narrowed = createHandler({ identify: () => ({ userId: 'user_ada', authConfigIds: ['ac_notion'] }) });
  assert.equal((await narrowed.send('GET', `/connected-accounts/${own.id}`)).status, 404);
  assert.equal((await narrowed.send('GET', `/connected-accounts/${notAllowed.id}`)).status, 200);
  const { json } = await narrowed.send('GET', '/connected-accounts');
  assert.deepEqual(
    json.items.map(({ id }) => id),
    [notAllowed.id],
  );
});

test('every route calls upstream for the user that identify returned', async () => {
  await createHandler().send('GET', `/connected-accounts/${own.id}`);
  assert.deepEqual(emulator.requests.at(-1)?.query, { user_ids: ['user_ada'], connected_account_ids: [own.id] });
});

test('a malformed id is not sent upstream', async () => {
  const impossible = Object.values(IDS).filter((id) => !/^[\w-]{1,128}$/.test(id));
  assert.equal(impossible.length, 8);
  const before = emulator.requests.length;
  for (const id of impossible) await handler.send('GET', `/connected-accounts/${id}`);
  assert.equal(emulator.requests.length, before);
});
