import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDemo } from '../../demo/start-demo.js';

const demo = await startDemo();
after(() => demo.close());

const PAGE = '/settings/integrations';

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${demo.origin}${path}`, { headers, redirect: 'manual' });
}

/** Signs in and returns the cookie. */
async function signIn(user: string): Promise<string> {
  const headers = { origin: demo.origin };
  const body = new URLSearchParams({ user });
  const response = await fetch(`${demo.origin}/session`, { method: 'POST', headers, body, redirect: 'manual' });
  assert.equal(response.headers.get('location'), PAGE);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

test('the first visit signs Ada in by a Strict cookie and shows eight integrations', async () => {
  assert.equal((await get('/')).headers.get('location'), PAGE);
  const response = await get(PAGE);
  const elements = (await response.text()).match(/<connect-account [^>]+>/g) ?? [];
  assert.equal(elements.length, 8);
  assert.equal(elements[0], '<connect-account user-id="user_ada" auth-config-id="ac_github" label="Connect">');
  assert.match(response.headers.getSetCookie()[0] ?? '', /HttpOnly; SameSite=Strict$/);
});

test('a visit from another site signs nobody in', async () => {
  const response = await get(PAGE, { 'sec-fetch-site': 'cross-site' });
  assert.equal(response.headers.get('location'), '/sign-in');
  assert.deepEqual(response.headers.getSetCookie(), []);
});

test('the page belongs to the signed-in user, and a forged cookie signs nobody in', async () => {
  const cookie = await signIn('user_grace');
  assert.match(await (await get(PAGE, { cookie })).text(), /user-id="user_grace"/);
  const forged = await get(PAGE, { cookie: cookie.replace('user_grace', 'user_ada'), 'sec-fetch-site': 'cross-site' });
  assert.equal(forged.headers.get('location'), '/sign-in');
});

test('another site can neither switch the user nor sign out', async () => {
  for (const path of ['/session', '/session/end']) {
    const body = new URLSearchParams({ user: 'user_grace' });
    const headers = { origin: 'https://evil.example' };
    assert.equal((await fetch(`${demo.origin}${path}`, { method: 'POST', headers, body })).status, 403);
  }
});

test('pages have a strict policy and no inline code', async () => {
  const response = await get(PAGE);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src 'self'; style-src 'self'/);
  assert.match(policy, /require-trusted-types-for 'script'; trusted-types lit-html$/);
  const page = await response.text();
  assert.doesNotMatch(page, /<script(?![^>]* src=)|<style|style=|\son\w+=/);
});

test('every file that the page loads exists', async () => {
  const page = await (await get(PAGE)).text();
  const addresses = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address ?? '');
  assert.ok(addresses.length > 10);
  for (const address of addresses) assert.equal((await get(address)).status, 200, address);
  assert.match(page, new RegExp(`src="${demo.origin}/logos/github.svg"`));
  assert.equal((await get('/logos/github.svg')).headers.get('content-type'), 'image/svg+xml; charset=utf-8');
});

test('the connect handler is mounted and knows the signed-in user', async () => {
  const path = '/api/connect/connected-accounts?authConfigIds=ac_github';
  assert.equal((await get(path)).status, 401);
  demo.emulator?.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github', displayName: "ada's own" });
  const namesFor = async (user: string): Promise<string[]> => {
    const response = await get(path, { cookie: await signIn(user) });
    const { items } = (await response.json()) as { items: { displayName: string }[] };
    return items.map(({ displayName }) => displayName);
  };
  assert.ok((await namesFor('user_ada')).includes("ada's own"));
  assert.ok(!(await namesFor('user_grace')).includes("ada's own"));
});
