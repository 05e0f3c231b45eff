import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { openAccountsListPage } from '../support/accounts-list-page.js';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { openConnectAccountPage } from '../support/connect-account-page.js';
import { launchBrowser } from '../support/launch-browser.js';
import { authorize } from '../support/provider-window.js';
import { CALLBACK_PATH, type PageSite, startPageSite } from '../support/start-page-site.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

interface Link {
  readonly id: string;
  readonly redirectUrl: string;
}

/** Runs in the page: calls the backend as the element would and returns its response. */
async function askBackend<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const element = document.querySelector('connect-account') as { endpoint?: string } | null;
  const token = await (await fetch('/token')).text();
  const answer = await fetch(`${element?.endpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

describe('a page on another site than the backend', () => {
  let browser: TestBrowser;
  let site: PageSite;
  let host: TestHost;
  let ada: BrowserProfile;
  let grace: BrowserProfile;
  /** Lifetime of the first token, in seconds. Later ones live for ten minutes. */
  let firstTokenLife: number;
  let firstTokenGivenAt: number;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  beforeEach(async () => {
    firstTokenLife = 600;
    site = await startPageSite({
      endpoint: () => `${host.origin}/api/connect`,
      createToken: (userId, given) => {
        if (given === 0) firstTokenGivenAt = Date.now();
        return host.createToken({ userId, origin: site.origin, expiresIn: `${given === 0 ? firstTokenLife : 600}s` });
      },
    });
    const callbackUrls = [`${site.origin}${CALLBACK_PATH}`];
    host = await startTestHost({ handler: { allowedOrigins: [site.origin], callbackUrls } });
    ada = await browser.newProfile();
    grace = await browser.newProfile();
  });
  afterEach(async () => {
    await Promise.all([ada?.close(), grace?.close()]);
    await Promise.all([site?.close(), host?.close()]);
  });

  const connected = () =>
    host.emulator.accounts
      .all()
      .filter(({ status }) => status === 'ACTIVE')
      .map(({ userId }) => userId);
  const report = () =>
    waitUntil(
      () => host.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/callback')),
      'the callback page tells the backend',
    );

  /** Ada makes a link and gets Grace to finish it. Returns how Ada's session sees the account. */
  async function attack() {
    const { window } = await openConnectAccountPage(ada, site.page('user_ada'));
    const callbackUrl = `${site.origin}${CALLBACK_PATH}`;
    const asked = { authConfigId: 'ac_github', callbackUrl };
    const link = await window.read(askBackend<Link>, 'POST', '/connected-accounts/link', asked);
    const victim = await openConnectAccountPage(grace, site.page('user_grace'));
    await victim.window.goto(link.redirectUrl);
    await authorize(victim.window, 'hubot');
    await waitUntil(async () => (await victim.window.url()).includes(CALLBACK_PATH), 'the victim comes back');
    return { window, victim, id: link.id };
  }

  const asAda = (window: Awaited<ReturnType<typeof attack>>['window'], method: string, path: string, body?: object) =>
    window.read(askBackend<{ status?: string; error?: { code: string } }>, method, path, body);

  it('a page of another site connects by a session token, bound by its own callback page', async () => {
    const page = await openConnectAccountPage(ada, site.page('user_ada'));
    await page.clickTrigger();
    await authorize(await page.popup());
    await page.reaches('connected');
    assert.deepEqual(connected(), ['user_ada']);
    assert.equal((await report()).status, 200);
    assert.equal(site.tokensGiven, 1);
    assert.deepEqual(await page.problems(), []);
  });

  it('Reconnect in a list of another site replaces the account, which stays connected', async () => {
    const { accounts } = host.emulator;
    const old = accounts.add({
      userId: 'user_ada',
      authConfigId: 'ac_github',
      status: 'EXPIRED',
      displayName: 'octocat',
    });
    const page = await openAccountsListPage(ada, site.listPage('user_ada'));
    await page.act(old.id, 'reconnect');
    await authorize(await page.popup());
    await page.rowsThat('the new account alone', (rows) => rows.length === 1 && rows[0]?.badge === 'Connected');
    assert.equal((await report()).status, 200);
    assert.equal(accounts.get(old.id), undefined);
    assert.deepEqual(connected(), ['user_ada']);
    assert.deepEqual(
      (await page.events()).map(({ type }) => type).filter((type) => type.startsWith('account-')),
      ['account-connected', 'account-updated'],
    );
    assert.deepEqual(await page.problems(), []);
  });

  it('the page is asked once for a new token when the first one expires during an attempt', async () => {
    firstTokenLife = 4;
    const page = await openConnectAccountPage(ada, site.page('user_ada'));
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => Date.now() > firstTokenGivenAt + 4000, 'the token has run out');
    await authorize(popup);
    await page.reaches('connected');
    assert.deepEqual(connected(), ['user_ada']);
    assert.equal(site.tokensGiven, 2);
    assert.ok(host.requests.some(({ status }) => status === 401));
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  it('a page of another site never gives the account of a victim to an attacker', async () => {
    const { window, victim, id } = await attack();
    assert.equal((await report()).status, 403);
    const status = await asAda(window, 'GET', `/connected-accounts/${id}`);
    assert.equal(status.error?.code, 'not_found');
    assert.deepEqual(connected(), []);

    await victim.window.goto(site.page('user_grace'));
    await victim.reaches('ready');
    await victim.clickTrigger();
    await authorize(await victim.popup(), 'hubot');
    await victim.reaches('connected');
    assert.deepEqual(connected(), ['user_grace']);
  });

  it('a page of another site gives an attacker nothing when the victim closes the window half-way', async () => {
    site.isClosedHalfway = true;
    const { window, victim, id } = await attack();
    await victim.window.close();
    assert.equal((await asAda(window, 'GET', `/connected-accounts/${id}`)).status, 'INITIATED');
    const enabled = await asAda(window, 'PATCH', `/connected-accounts/${id}`, { enabled: true });
    assert.equal(enabled.error?.code, 'invalid_request');
    const page = await openConnectAccountPage(ada, site.page('user_ada'));
    assert.equal(await page.phase(), 'awaiting-authorization');
  });
});
