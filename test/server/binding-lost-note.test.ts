import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { startBackend, type TestHandler } from './support/backend.js';
import { finish, startLink } from './support/started-link.js';

const backend = await startBackend();
const { createHandler, emulator } = backend;

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
  for (const { id } of emulator.accounts.all()) emulator.accounts.delete(id);
});

const read = (handler: TestHandler, id: string) => handler.send('GET', `/connected-accounts/${id}`);
const comeBack = (handler: TestHandler, body: object, as: string | null) =>
  handler.send('POST', '/callback', { body, as });

/** A link of Ada's that somebody finished, and a handler that started since, with another store. */
async function restart() {
  const before = createHandler();
  const { id, redirectUrl, verifier } = await startLink(before);
  const state = await finish(backend, redirectUrl);
  return { before, id, state, verifier, handler: createHandler() };
}

test('a browser without proof takes the account away although the note of its link was lost', async () => {
  const { handler, id, state } = await restart();
  const { status, json } = await comeBack(handler, { state, connectedAccountId: id }, 'user_grace');
  assert.deepEqual([status, json.error.code], [403, 'browser_mismatch']);
  assert.equal(emulator.accounts.get(id), undefined);
  assert.equal(await handler.isBound(id), false);
  assert.equal((await comeBack(handler, { state, connectedAccountId: id }, 'user_ada')).status, 404);
});

test('a browser with proof is bound although the note was lost, and the account can still be undone', async () => {
  const { handler, id, state, verifier } = await restart();
  const bound = await comeBack(handler, { state, connectedAccountId: id, bindingVerifier: verifier }, null);
  assert.deepEqual([bound.status, bound.json], [200, { connectedAccountId: id, status: 'ACTIVE' }]);
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
  assert.equal((await comeBack(handler, { state, connectedAccountId: id }, 'user_grace')).status, 403);
  assert.equal(emulator.accounts.get(id), undefined);
});

test('an early proof is noted although the note was lost', async () => {
  emulator.knobs.activationDelay = 60_000;
  const { handler, id, state, verifier } = await restart();
  const early = await comeBack(handler, { state, connectedAccountId: id, bindingVerifier: verifier }, null);
  assert.equal(early.json.status, 'INITIATED');
  assert.equal(await handler.isBound(id), false);
  emulator.accounts.setStatus(id, 'ACTIVE');
  assert.equal((await read(handler, id)).json.status, 'ACTIVE');
});

test('a link whose note is there protects its account from the state of another', async () => {
  const { handler, state } = await restart();
  const noted = await startLink(handler, { allowMultiple: true });
  await finish(backend, noted.redirectUrl);
  assert.equal((await comeBack(handler, { state, connectedAccountId: noted.id }, 'user_grace')).status, 403);
  assert.equal(emulator.accounts.get(noted.id)?.status, 'ACTIVE');
});

for (const [what, add] of [
  ['of another user', () => emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github' })],
  ['of another auth config', () => emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' })],
  [
    'that is more than 30 s older than the state',
    () => emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', age: 60_000 }),
  ],
] as const) {
  test(`a state whose note was lost neither takes away nor binds an account ${what}`, async () => {
    const { handler, state } = await restart();
    const { id: connectedAccountId } = add();
    assert.equal((await comeBack(handler, { state, connectedAccountId }, 'user_grace')).status, 403);
    assert.equal((await comeBack(handler, { state, connectedAccountId }, 'user_ada')).status, 404);
    assert.equal(emulator.accounts.get(connectedAccountId)?.status, 'ACTIVE');
  });
}

for (const [name, choose] of [
  ['her own state with its account', ({ own, sent }) => [own.state, sent.id]],
  ['its state with her own account', ({ own, sent }) => [sent.state, own.id]],
] as const satisfies readonly [string, (links: Record<'own' | 'sent', { id: string; state: string }>) => unknown][]) {
  test(`the owner of two lost links cannot protect one that a victim finishes by ${name}`, async () => {
    const before = createHandler();
    const links = { own: await startLink(before), sent: await startLink(before, { alias: 'sent' }) };
    const [ownState, sentState] = [
      await finish(backend, links.own.redirectUrl),
      await finish(backend, links.sent.redirectUrl),
    ];
    const own = { id: links.own.id, state: ownState };
    const sent = { id: links.sent.id, state: sentState };
    const handler = createHandler();
    const [state, connectedAccountId] = choose({ own, sent });
    await comeBack(handler, { state, connectedAccountId }, 'user_ada');
    const { status } = await comeBack(handler, { state: sent.state, connectedAccountId: sent.id }, 'user_grace');
    assert.equal(status, 403);
    assert.equal((await read(handler, sent.id)).status, 404);
    assert.equal(await handler.isBound(sent.id), false);
  });
}

test('a state without a note and without an account is refused, and removes nothing', async () => {
  const { handler, id, state } = await restart();
  assert.equal((await comeBack(handler, { state }, 'user_grace')).status, 403);
  assert.equal((await comeBack(handler, { state }, 'user_ada')).status, 404);
  assert.equal(emulator.accounts.get(id)?.status, 'ACTIVE');
});

test('an upstream that fails while a lost link is looked up is an error that the page repeats', async () => {
  const { handler, id, state } = await restart();
  emulator.knobs.failures = [{ route: 'accounts.list', kind: 'server_error' }];
  assert.equal((await comeBack(handler, { state, connectedAccountId: id }, 'user_grace')).status, 502);
  emulator.knobs.failures = [];
  assert.equal((await comeBack(handler, { state, connectedAccountId: id }, 'user_grace')).status, 403);
  assert.equal(emulator.accounts.get(id), undefined);
});
