import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDemo } from '../../demo/start-demo.js';

const demo = await startDemo();
after(() => demo.close());

/** Signs in as Ada by a first visit and returns the page with her cookie. */
async function visitAccounts(): Promise<{ page: string; cookie: string }> {
  const response = await fetch(`${demo.origin}/settings/accounts`);
  return { page: await response.text(), cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

const accountsOf = (userId: string) =>
  demo.emulator?.accounts.all().filter((account) => account.userId === userId) ?? [];

function expire(headers: Record<string, string>): Promise<Response> {
  return fetch(`${demo.origin}/demo/expire`, { method: 'POST', headers });
}

test('the accounts page shows 45 accounts, with every status and scheme', async () => {
  const { page } = await visitAccounts();
  assert.match(page, /<connected-accounts-list user-id="user_ada" searchable>/);
  await visitAccounts();
  const accounts = accountsOf('user_ada');
  assert.equal(accounts.length, 45);
  assert.deepEqual([...new Set(accounts.map(({ status }) => status))].sort(), [
    'ACTIVE',
    'EXPIRED',
    'FAILED',
    'INACTIVE',
    'INITIALIZING',
    'INITIATED',
    'REVOKED',
  ]);
  assert.equal(new Set(accounts.map(({ authConfigId }) => authConfigId)).size, 10);
  const named = accounts.filter(({ alias }) => alias !== null);
  assert.equal(new Set(named.map(({ toolkitSlug, alias }) => `${toolkitSlug} ${alias}`)).size, named.length);
  assert.deepEqual(accountsOf('user_grace'), []);
});

test('the button expires an account upstream, only for the signed-in user of this site', async () => {
  const { cookie } = await visitAccounts();
  const active = () => accountsOf('user_ada').filter(({ status }) => status === 'ACTIVE').length;
  const before = active();
  assert.equal((await expire({ cookie, origin: 'https://evil.example' })).status, 403);
  assert.equal((await expire({ origin: demo.origin })).status, 401);
  assert.equal(active(), before);
  assert.equal((await expire({ cookie, origin: demo.origin })).status, 200);
  assert.equal(active(), before - 1);
});
