import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulatedComposio } from './support/start-emulated-composio.js';

interface Page {
  readonly items: readonly { id: string; user_id: string; params?: unknown }[];
  readonly next_cursor: string | null;
  readonly total_pages: number;
  readonly current_page: number;
  readonly total_items: number;
}

const { composio, emulator, request } = await startEmulatedComposio();
const { accounts } = emulator;

const github = accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', age: 5000 });
const slack = accounts.add({ userId: 'user_ada', authConfigId: 'ac_slack', status: 'EXPIRED', age: 4000 });
const notion = accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion', status: 'INACTIVE', age: 3000 });
const grace = accounts.add({ userId: 'user grace', authConfigId: 'ac_github', age: 2000 });
const shared = accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', accountType: 'SHARED', age: 1000 });

async function ids(query: string): Promise<string[]> {
  const { json } = await request<Page>('GET', `/connected_accounts?${query}`);
  return json.items.map(({ id }) => id);
}

test('a list without filters has every private account, newest first', async () => {
  assert.deepEqual(await ids(''), [grace.id, notion.id, slack.id, github.id]);
});

test('values of a filter may be joined by commas or repeated', async () => {
  const expected = [notion.id, slack.id];
  assert.deepEqual(await ids('toolkit_slugs=slack,notion'), expected);
  assert.deepEqual(await ids('toolkit_slugs=slack%2Cnotion'), expected);
  assert.deepEqual(await ids('toolkit_slugs=slack&toolkit_slugs=notion'), expected);
  assert.deepEqual(await ids('statuses=EXPIRED&statuses=INACTIVE'), expected);
});

test('every filter selects accounts', async () => {
  assert.deepEqual(await ids('user_ids=user%20grace'), [grace.id]);
  assert.deepEqual(await ids('auth_config_ids=ac_slack'), [slack.id]);
  assert.deepEqual(await ids(`connected_account_ids=${github.id},${grace.id}&user_ids=user_ada`), [github.id]);
  assert.deepEqual(await ids('account_type=SHARED'), [shared.id]);
  assert.equal((await ids('account_type=ALL')).length, 5);
  assert.deepEqual(await ids('user_ids=nobody'), []);
});

test('the emulator understands the filters as the SDK sends them', async () => {
  const list = await composio.connectedAccounts.list({
    userIds: ['user_ada', 'user grace'],
    authConfigIds: ['ac_github'],
    toolkitSlugs: ['github'],
    statuses: ['ACTIVE', 'EXPIRED'],
  });
  assert.deepEqual(
    list.items.map(({ id }) => id),
    [grace.id, github.id],
  );
  assert.deepEqual([list.nextCursor, list.totalPages], [null, 1]);
});

test('a list is ordered by creation or change, in both directions', async () => {
  await composio.connectedAccounts.disable(github.id);
  assert.deepEqual((await ids('order_by=updated_at')).slice(0, 2), [github.id, grace.id]);
  assert.deepEqual(await ids('order_direction=asc'), [github.id, slack.id, notion.id, grace.id]);
  await composio.connectedAccounts.enable(github.id);
});

test('a cursor leads through all pages and repeats no account', async () => {
  const first = await composio.connectedAccounts.list({ limit: 3 });
  const second = await composio.connectedAccounts.list({ cursor: first.nextCursor ?? '' });
  assert.equal(first.totalPages, 2);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    [grace.id, notion.id, slack.id, github.id],
  );
  assert.equal(second.nextCursor, null);
  const { json } = await request<Page>('GET', `/connected_accounts?cursor=${first.nextCursor}`);
  assert.deepEqual([json.current_page, json.total_pages, json.total_items], [2, 2, 4]);
});

test('both API prefixes return the accounts', async () => {
  const headers = { 'x-api-key': emulator.apiKey };
  for (const prefix of ['/api/v3', '/api/v3.1']) {
    const response = await fetch(`${emulator.origin}${prefix}/connected_accounts`, { headers });
    assert.equal(((await response.json()) as Page).total_items, 4);
  }
});

test('listed accounts have an owner, which the SDK drops, and no params', async () => {
  const { json } = await request<Page>('GET', `/connected_accounts?connected_account_ids=${grace.id}`);
  assert.equal(json.items[0]?.user_id, 'user grace');
  assert.equal(json.items[0]?.params, undefined);
  const account = await composio.connectedAccounts.get(grace.id);
  assert.equal(Object.hasOwn(account, 'user_id'), false);
});

test('a deleted account is gone from list and get', async () => {
  const { id } = accounts.add({ userId: 'user_gone', authConfigId: 'ac_github' });
  assert.deepEqual(await composio.connectedAccounts.delete(id), { success: true });
  assert.deepEqual(await ids('user_ids=user_gone'), []);
  await assert.rejects(composio.connectedAccounts.get(id), { status: 404 });
  await assert.rejects(composio.connectedAccounts.delete(id), { status: 404 });
});
