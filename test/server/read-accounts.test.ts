import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestHandler, startBackend } from './support/backend.js';
import { fakeComposio, wireAccount } from './support/fake-composio.js';

const { createHandler, emulator } = await startBackend();
const LIST = '/connected-accounts';

test('an account has the fields of the protocol and no others', async () => {
  const { id } = emulator.accounts.add({
    userId: 'user_ada',
    authConfigId: 'ac_github',
    displayName: 'octocat',
    alias: 'work',
  });
  const { status, json } = await createHandler().send('GET', `${LIST}/${id}?userId=user_ada`);
  const { wordId, createdAt, updatedAt, ...rest } = json as unknown as Record<string, string>;
  assert.equal(status, 200);
  assert.match(wordId ?? '', /^github_/);
  for (const time of [createdAt, updatedAt]) assert.match(time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(rest, {
    id,
    toolkit: { slug: 'github' },
    authConfig: { id: 'ac_github', authScheme: 'OAUTH2', isComposioManaged: true, isDisabled: false },
    alias: 'work',
    displayName: 'octocat',
    status: 'ACTIVE',
    statusReason: null,
    isDisabled: false,
    wasActive: true,
  });
});

test('a status read costs one upstream call', async () => {
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
  const before = emulator.requests.length;
  await createHandler().send('GET', `${LIST}/${id}`);
  assert.equal(emulator.requests.length - before, 1);
});

test('the list is paged to its end, with names and logos', async () => {
  for (let index = 0; index < 7; index++) {
    const authConfigId = index % 2 ? 'ac_slack' : 'ac_notion';
    emulator.accounts.add({ userId: 'user_paging', authConfigId, age: index * 1000 });
  }
  const handler = createHandler();
  const pages = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `?limit=3&cursor=${encodeURIComponent(cursor)}`;
    const { json } = await handler.send('GET', LIST + query, { as: 'user_paging' });
    pages.push(json);
    cursor = json.nextCursor;
  }
  assert.deepEqual(
    pages.map(({ items }) => items.length),
    [3, 3, 1],
  );
  assert.deepEqual(
    pages.map((page) => (page as unknown as { totalItems: number }).totalItems),
    [7, 7, 7],
  );
  assert.equal(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size, 7);
  assert.deepEqual(pages[0]?.items[0]?.['toolkit'], {
    slug: 'notion',
    name: 'Notion',
    logo: 'https://logos.composio.dev/api/notion',
  });
});

test('every filter is passed to upstream', async () => {
  const query =
    'authConfigIds=ac_github,ac_slack&toolkitSlugs=slack&statuses=EXPIRED,ACTIVE&limit=5&orderBy=updated_at';
  await createHandler().send('GET', `${LIST}?${query}`);
  assert.deepEqual(emulator.requests.at(-1)?.query, {
    user_ids: ['user_ada'],
    auth_config_ids: ['ac_github,ac_slack'],
    toolkit_slugs: ['slack'],
    statuses: ['EXPIRED,ACTIVE'],
    limit: ['5'],
    order_by: ['updated_at'],
    order_direction: ['desc'],
  });
});

for (const query of [
  'limit=0',
  'limit=101',
  'limit=1.5',
  'limit=all',
  'statuses=ACTIVE,DELETED',
  'statuses=active',
  'orderBy=name',
  'toolkitSlugs=a/b',
  `toolkitSlugs=${Array.from({ length: 101 }, (_, index) => `t_${index}`).join(',')}`,
  `authConfigIds=${Array.from({ length: 101 }, (_, index) => `ac_${index}`).join(',')}`,
  `cursor=${'c'.repeat(1025)}`,
]) {
  test(`a bad filter is 400 and is not passed to upstream: ${query.slice(0, 32)}`, async () => {
    const before = emulator.requests.length;
    const { status, json } = await createHandler().send('GET', `${LIST}?${query}`);
    assert.deepEqual([status, json.error.code, emulator.requests.length], [400, 'invalid_request', before]);
  });
}

for (const name of ['authConfigIds', 'toolkitSlugs']) {
  test(`a filter by a hundred ${name} is passed to upstream`, async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `id_${index}`);
    const { status, json } = await createHandler().send('GET', `${LIST}?${name}=${ids.join(',')}`);
    assert.deepEqual([status, json.items], [200, []]);
  });
}

test('a cursor that upstream does not know is 400', async () => {
  const { status, json } = await createHandler().send('GET', `${LIST}?cursor=nonsense`);
  assert.deepEqual([status, json.error.code], [400, 'invalid_request']);
});

for (const [status, reason, wasActive] of [
  ['INITIATED', null, false],
  ['INITIALIZING', null, false],
  ['ACTIVE', null, true],
  ['INACTIVE', null, true],
  ['REVOKED', 'Revoked via admin tool', true],
  ['EXPIRED', 'Connection initiation did not complete within 10 minutes', false],
  ['EXPIRED', 'INITIATION_TIMEOUT', false],
  ['EXPIRED', 'OAuth refresh token expired', undefined],
  ['EXPIRED', null, undefined],
  ['FAILED', null, undefined],
] as const) {
  test(`${status}, reason "${reason}": wasActive ${wasActive}`, async () => {
    const list = { items: [wireAccount({ status, status_reason: reason })], total_pages: 1 };
    const { json } = await createTestHandler({ composio: fakeComposio({ list }) }).send('GET', `${LIST}/ca_1`);
    const account = json as unknown as Record<string, unknown>;
    assert.deepEqual([account['wasActive'], account['statusReason']], [wasActive, reason]);
  });
}

const LIES: Record<string, object> = {
  'no id': { id: undefined },
  'an id with a comma': { id: 'ca_1,ca_2' },
  'no toolkit': { toolkit: null },
  'no auth config': { auth_config: 'ac_github' },
  'a status that is no text': { status: 1 },
  'no time': { created_at: null },
  'a time that is none': { updated_at: 'yesterday' },
};

for (const [name, lie] of Object.entries(LIES)) {
  test(`an account with ${name} is left out of a list`, async () => {
    const list = { items: [wireAccount(lie), wireAccount({ id: 'ca_2' }), null, 'ca_3'], total_pages: 1 };
    const handler = createTestHandler({ composio: fakeComposio({ list }) });
    const { status, json } = await handler.send('GET', LIST);
    assert.deepEqual([status, json.items.map(({ id }) => id)], [200, ['ca_2']]);
  });
}

test('a read by id of an unreadable account is 502', async (context) => {
  context.mock.method(console, 'error', () => {});
  const list = { items: [wireAccount({ toolkit: null })], total_pages: 1 };
  const { status, json } = await createTestHandler({ composio: fakeComposio({ list }) }).send('GET', `${LIST}/ca_1`);
  assert.deepEqual([status, json.error.code], [502, 'upstream_error']);
});

test('an unknown status is pending, never ACTIVE', async () => {
  const list = { items: [wireAccount({ status: 'SUPER_ACTIVE' })], total_pages: 1 };
  const { json } = await createTestHandler({ composio: fakeComposio({ list }) }).send('GET', `${LIST}/ca_1`);
  assert.equal(json.status, 'INITIATED');
});

test("an account of another user is not shown even if upstream's filter returns it", async () => {
  const list = { items: [wireAccount({ user_id: 'user_grace' })], total_pages: 1 };
  const handler = createTestHandler({ composio: fakeComposio({ list }) });
  assert.equal((await handler.send('GET', `${LIST}/ca_1`)).status, 404);
  assert.deepEqual((await handler.send('GET', LIST)).json.items, []);
});

test('a display name that is not a string is dropped', async () => {
  const val = { status: 'ACTIVE', displayName: { html: '<b>' } };
  const list = { items: [wireAccount({ state: { authScheme: 'OAUTH2', val } })], total_pages: 1 };
  const { json } = await createTestHandler({ composio: fakeComposio({ list }) }).send('GET', `${LIST}/ca_1`);
  assert.equal((json as unknown as Record<string, unknown>)['displayName'], null);
});

test('an upstream response about another account is 404', async () => {
  const list = { items: [wireAccount({ id: 'ca_2' })], total_pages: 1 };
  assert.equal((await createTestHandler({ composio: fakeComposio({ list }) }).send('GET', `${LIST}/ca_1`)).status, 404);
});
