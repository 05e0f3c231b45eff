import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKnobs } from '../../demo/emulator/knobs.js';
import { CALLBACK, startBackend } from './support/backend.js';

const { createHandler, emulator, openBrowser } = await startBackend();
const LINK = '/connected-accounts/link';

beforeEach(() => {
  Object.assign(emulator.knobs, createKnobs());
  for (const { id } of emulator.accounts.all()) emulator.accounts.setStatus(id, 'REVOKED');
});

const linksMade = () =>
  emulator.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/link')).length;

test('a link is returned with its expiry, which the SDK loses', async () => {
  const { status, json } = await createHandler().send('POST', LINK, {
    body: { userId: 'user_ada', authConfigId: 'ac_github', alias: 'work' },
  });
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(json), ['id', 'status', 'redirectUrl', 'expiresAt']);
  assert.equal(json.status, 'INITIATED');
  assert.equal(new URL(json.redirectUrl).origin, emulator.origin);
  const life = Date.parse(json.expiresAt) - Date.now();
  assert.ok(life > 590_000 && life <= 600_000, `${life} ms`);
  const account = emulator.accounts.get(json.id);
  assert.deepEqual([account?.userId, account?.alias], ['user_ada', 'work']);
});

test('a link always has a callback page with a state', async () => {
  const { json } = await createHandler().send('POST', LINK, { body: { authConfigId: 'ac_github' } });
  const { url } = await openBrowser().follow(json.redirectUrl);
  assert.equal(url.origin + url.pathname, CALLBACK);
  assert.ok(url.searchParams.get('state'));
});

test('200 simultaneous equal requests of one browser share one link, whatever their attempt and allowMultiple', async () => {
  const handler = createHandler();
  const before = linksMade();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      handler.send('POST', LINK, {
        body: {
          authConfigId: 'ac_github',
          callbackUrl: `${CALLBACK}?connect_attempt=attempt-${index}`,
          bindingChallenge: 'c'.repeat(43),
          allowMultiple: index % 2 === 0,
        },
      }),
    ),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  assert.equal(linksMade() - before, 1);
});

test('another browser of the user gets a link of its own, and the older one is taken back', async () => {
  const handler = createHandler();
  const sendFrom = (browser: string) =>
    handler.send('POST', LINK, { body: { authConfigId: 'ac_github', bindingChallenge: browser.repeat(43) } });
  const laptop = await sendFrom('l');
  const phone = await sendFrom('p');
  assert.notEqual(phone.json.id, laptop.json.id);
  assert.equal(emulator.accounts.get(laptop.json.id), undefined);
  const [known, unknown] = await Promise.all(
    [laptop.json.id, 'ca_unknown'].map((id) => handler.send('GET', `/connected-accounts/${id}`)),
  );
  assert.equal(known?.status, 404);
  assert.equal(
    known?.text.replace(known.json.error.requestId, ''),
    unknown?.text.replace(unknown.json.error.requestId, ''),
  );
  assert.equal((await sendFrom('p')).json.id, phone.json.id);
  assert.equal(handler.events.find(({ action }) => action === 'take_back_link')?.connectedAccountId, laptop.json.id);
});

test('a link with an alias is taken back before the other browser uses the alias', async () => {
  const handler = createHandler();
  const body = { authConfigId: 'ac_github', alias: 'one name' };
  const first = await handler.send('POST', LINK, { body: { ...body, bindingChallenge: 'l'.repeat(43) } });
  const second = await handler.send('POST', LINK, { body: { ...body, bindingChallenge: 'p'.repeat(43) } });
  assert.deepEqual([first.status, second.status], [201, 201]);
});

test('a later equal request gets the link that is still pending', async () => {
  const handler = createHandler();
  const body = { authConfigId: 'ac_github' };
  const first = await handler.send('POST', LINK, { body });
  const second = await handler.send('POST', LINK, {
    body: { ...body, callbackUrl: `${CALLBACK}?connect_attempt=another1` },
  });
  assert.equal(second.text, first.text);
});

test('a link whose account was taken away is not given out again while upstream still has the account', async (context) => {
  context.mock.method(console, 'error', () => {});
  const handler = createHandler();
  const body = { authConfigId: 'ac_github', alias: 'taken away' };
  const first = await handler.send('POST', LINK, { body });
  const sent = JSON.parse(emulator.requests.findLast(({ route }) => route === 'link.create')?.body ?? '');
  const state = new URL(sent.callback_url).searchParams.get('state');
  emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error' }];
  assert.equal((await handler.send('POST', '/callback', { body: { state }, as: 'user_grace' })).status, 403);
  emulator.knobs.failures = [];
  const second = await handler.send('POST', LINK, { body: { ...body, alias: 'taken away' } });
  assert.equal(second.status, 201);
  assert.notEqual(second.json.id, first.json.id);
});

for (const [difference, body, as] of [
  ['alias', { alias: 'home' }, 'user_ada'],
  ['data', { connectionData: { subdomain: 'globex' } }, 'user_ada'],
  ['callback', { callbackUrl: `${CALLBACK}?theme=dark` }, 'user_ada'],
  ['user', {}, 'user_grace'],
] as const) {
  test(`a request with another ${difference} gets its own link`, async () => {
    const handler = createHandler();
    const common = { authConfigId: 'ac_zendesk', connectionData: { subdomain: 'acme' } };
    const first = await handler.send('POST', LINK, { body: common });
    const second = await handler.send('POST', LINK, { body: { ...common, ...body }, as });
    assert.deepEqual([first.status, second.status], [201, 201]);
    assert.notEqual(second.json.id, first.json.id);
  });
}

for (const status of ['FAILED', 'EXPIRED'] as const) {
  test(`a link whose account is ${status} is not shared`, async () => {
    const handler = createHandler();
    const first = await handler.send('POST', LINK, { body: { authConfigId: 'ac_github' } });
    emulator.accounts.setStatus(first.json.id, status);
    const second = await handler.send('POST', LINK, { body: { authConfigId: 'ac_github' } });
    assert.equal(second.status, 201);
    assert.notEqual(second.json.id, first.json.id);
  });
}

test('an expired link is not shared', async (context) => {
  const handler = createHandler();
  const first = await handler.send('POST', LINK, { body: { authConfigId: 'ac_slack' } });
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse(first.json.expiresAt) });
  const second = await handler.send('POST', LINK, { body: { authConfigId: 'ac_slack' } });
  assert.notEqual(second.json.id, first.json.id);
});

test('a user who is connected gets already_connected, unless several are allowed', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
  const handler = createHandler();
  const before = linksMade();
  const refused = await handler.send('POST', LINK, { body: { authConfigId: 'ac_notion' } });
  assert.deepEqual([refused.status, refused.json.error.code], [409, 'already_connected']);
  assert.equal(refused.json.error.connectedAccountId, id);
  assert.equal(linksMade(), before);
  const second = await handler.send('POST', LINK, { body: { authConfigId: 'ac_notion', allowMultiple: true } });
  assert.equal(second.status, 201);
});

test("another user's account and an EXPIRED one do not block a link", async () => {
  emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_notion' });
  emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion', status: 'EXPIRED' });
  const { status } = await createHandler().send('POST', LINK, { body: { authConfigId: 'ac_notion' } });
  assert.equal(status, 201);
});

test('an alias in use is alias_taken, and an alias of a failed flow is freed', async () => {
  const handler = createHandler();
  emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', status: 'INACTIVE', alias: 'used' });
  const taken = await handler.send('POST', LINK, { body: { authConfigId: 'ac_github', alias: 'used' } });
  assert.deepEqual([taken.status, taken.json.error.code], [409, 'alias_taken']);

  const dead = emulator.accounts.add({
    userId: 'user_ada',
    authConfigId: 'ac_github',
    status: 'FAILED',
    alias: 'free',
  });
  const freed = await handler.send('POST', LINK, { body: { authConfigId: 'ac_github', alias: 'free' } });
  assert.equal(freed.status, 201);
  assert.deepEqual(
    [emulator.accounts.get(dead.id)?.alias, emulator.accounts.get(freed.json.id)?.alias],
    [null, 'free'],
  );
});

test('a user who closed the window after consent can use the name again', async () => {
  const handler = createHandler();
  const body = { authConfigId: 'ac_github', alias: 'again' };
  const left = await handler.send('POST', LINK, { body });
  emulator.accounts.setStatus(left.json.id, 'ACTIVE');
  const next = await handler.send('POST', LINK, { body });
  assert.equal(next.status, 201);
  assert.notEqual(next.json.id, left.json.id);
  assert.deepEqual(
    [emulator.accounts.get(left.json.id)?.alias, emulator.accounts.get(next.json.id)?.alias],
    [null, 'again'],
  );
});

test('a name that a bound account has is not freed', async () => {
  const handler = createHandler({ binding: 'off' });
  const body = { authConfigId: 'ac_github', alias: 'kept', allowMultiple: true };
  const first = await handler.send('POST', LINK, { body });
  emulator.accounts.setStatus(first.json.id, 'ACTIVE');
  const { status, json } = await handler.send('POST', LINK, { body });
  assert.deepEqual([status, json.error.code], [409, 'alias_taken']);
  assert.equal(emulator.accounts.get(first.json.id)?.alias, 'kept');
});

test('connection data for declared fields is passed to upstream', async () => {
  const { json } = await createHandler().send('POST', LINK, {
    body: { authConfigId: 'ac_zendesk', connectionData: { subdomain: 'acme' } },
  });
  assert.equal(emulator.accounts.get(json.id)?.val['subdomain'], 'acme');
});

for (const name of [
  'callback_url',
  'callbackUrl',
  'finalRedirectUri',
  'status',
  'redirectUrl',
  'user_id',
  'toString',
]) {
  test(`connection data may not hold ${name}, which is not a declared field`, async () => {
    const before = linksMade();
    const { status, json } = await createHandler().send('POST', LINK, {
      body: { authConfigId: 'ac_zendesk', connectionData: { subdomain: 'acme', [name]: 'https://evil.example' } },
    });
    assert.deepEqual([status, json.error.code, linksMade()], [400, 'invalid_request', before]);
  });
}

test('an unknown auth config and a forbidden one are the same 404', async () => {
  const handler = createHandler({ authConfigIds: ['ac_github', 'ac_gone'] });
  const answers = [];
  for (const authConfigId of ['ac_gone', 'ac_notion', 'ac_github,ac_notion', '../ac_github']) {
    answers.push(await handler.send('POST', LINK, { body: { authConfigId } }));
  }
  const read = answers.map(({ status, json: { error } }) => [status, error.code, error.message]);
  assert.deepEqual(read, Array(4).fill([404, 'auth_config_not_found', 'There is no such auth config.']));
});

test('a disabled auth config is 409', async () => {
  const authConfig = emulator.authConfigs.get('ac_cloudflare');
  assert.ok(authConfig);
  authConfig.status = 'DISABLED';
  const { status, json } = await createHandler().send('POST', LINK, { body: { authConfigId: 'ac_cloudflare' } });
  assert.deepEqual([status, json.error.code], [409, 'auth_config_disabled']);
});

test('a link that is already expired by our clock lives ten minutes', async (context) => {
  const handler = createHandler();
  const realNow = Date.now();
  emulator.clock.advance(-3600_000);
  context.after(() => emulator.clock.advance(3600_000));
  const { json } = await handler.send('POST', LINK, { body: { authConfigId: 'ac_slack', alias: 'clock' } });
  const life = Date.parse(json.expiresAt) - realNow;
  assert.ok(life >= 600_000 && life < 610_000, `${life} ms`);
  assert.equal((await handler.send('GET', `/connected-accounts/${json.id}`)).json.status, 'INITIATED');
});
