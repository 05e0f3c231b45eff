import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { BrowserProfile, BrowserWindow, TestBrowser } from '../support/browser.js';
import { openConnectAccountPage } from '../support/connect-account-page.js';
import { launchBrowser } from '../support/launch-browser.js';
import { authorize, consent, signIn } from '../support/provider-window.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const CALLBACK = '/api/connect/callback';
const ofUser = (userId: string) => `<connect-account user-id="${userId}" auth-config-id="ac_github"></connect-account>`;

interface Link {
  readonly id: string;
  readonly redirectUrl: string;
}

/** Runs in the attacker's page, with the attacker's session of either kind. */
async function requestLink(): Promise<Link> {
  const element = document.querySelector('connect-account') as { sessionToken?: string } | null;
  const token = element?.sessionToken;
  const response = await fetch('/api/connect/connected-accounts/link', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ userId: 'user_ada', authConfigId: 'ac_github' }),
  });
  return response.json();
}

/** Runs in the attacker's page: returns the status of an account, or the error code. */
async function requestStatus(id: string): Promise<string> {
  const element = document.querySelector('connect-account') as { sessionToken?: string } | null;
  const headers = element?.sessionToken ? { authorization: `Bearer ${element.sessionToken}` } : {};
  const answer = await (await fetch(`/api/connect/connected-accounts/${id}`, { headers })).json();
  return answer.status ?? answer.error.code;
}

/** Runs in the attacker's page: posts what the callback page would. Returns the HTTP status. */
async function postCallback(address: string): Promise<number> {
  const element = document.querySelector('connect-account') as { sessionToken?: string } | null;
  const token = element?.sessionToken;
  const parameters = new URL(address).searchParams;
  const { status } = await fetch('/api/connect/callback', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({
      state: parameters.get('state'),
      connectedAccountId: parameters.get('connected_account_id') ?? undefined,
    }),
  });
  return status;
}

/** Runs in the attacker's page: enables or disables an account. Returns the HTTP status. */
async function setEnabled(id: string, enabled: boolean): Promise<number> {
  const element = document.querySelector('connect-account') as { sessionToken?: string } | null;
  const token = element?.sessionToken;
  const { status } = await fetch(`/api/connect/connected-accounts/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ enabled }),
  });
  return status;
}

/** Runs in the attacker's page: returns the number of ACTIVE accounts in the list. */
async function countActive(): Promise<number> {
  const element = document.querySelector('connect-account') as { sessionToken?: string } | null;
  const headers = element?.sessionToken ? { authorization: `Bearer ${element.sessionToken}` } : {};
  const { items } = await (await fetch('/api/connect/connected-accounts?statuses=ACTIVE', { headers })).json();
  return items.length;
}

/** Runs in any page. */
function readBody(): string {
  return document.body?.textContent ?? '';
}

/** Runs in a signed-in page: redeems one session in many requests at once. */
async function redeemAtOnce(sessionUri: string, times: number): Promise<number[]> {
  const redeem = () =>
    fetch('/api/connect/callback', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sessionUri }),
    });
  const answers = await Promise.all(Array.from({ length: times }, redeem));
  return answers.map(({ status }) => status);
}

/** The ways in which a host binds and identifies its users. */
const HOSTS = {
  'by state, with session tokens': { binding: 'state', signedIn: 'framePage' },
  'by state, with cookies': { binding: 'state', signedIn: 'page' },
  'by verifier, with cookies': { binding: 'verifier', signedIn: 'page' },
} as const;

for (const [name, { binding, signedIn }] of Object.entries(HOSTS)) {
  describe(`binding ${name}`, () => {
    let browser: TestBrowser;
    let attacker: BrowserProfile;
    let victim: BrowserProfile;
    let host: TestHost;
    /** Whether the callback page never loads, as when its window was closed half-way. */
    let isClosedHalfway = false;

    before(async () => {
      browser = await launchBrowser();
    });
    after(() => browser?.close());

    beforeEach(async () => {
      isClosedHalfway = false;
      host = await startTestHost({
        binding,
        intercept: (request, handle) =>
          isClosedHalfway && new URL(request.url).pathname === CALLBACK && request.method === 'GET'
            ? new Response('Never loaded.')
            : handle(request),
      });
      attacker = await browser.newProfile();
      victim = await browser.newProfile();
    });
    afterEach(async () => {
      await attacker?.close();
      await victim?.close();
      await host?.close();
    });

    const findReport = () => host.requests.find(({ method, path }) => method === 'POST' && path === CALLBACK);
    /** Waits until the account is deleted, and the report that led to it has its response. */
    const isTakenAway = (id: string) =>
      waitUntil(() => {
        const isRefused = host.requests.some(({ path, status }) => path === CALLBACK && status === 403);
        return isRefused && host.emulator.accounts.get(id) === undefined;
      }, 'the account is taken away');
    const activeUsers = () =>
      host.emulator.accounts
        .all()
        .filter(({ status }) => status === 'ACTIVE')
        .map(({ userId }) => userId);
    const pageOf = (userId: string) => host[signedIn](ofUser(userId), userId);

    /** Waits until a window shows the callback page. Its request comes before the window has left the provider's page. */
    const callbackAddress = (window: BrowserWindow) =>
      waitUntil(async () => {
        const url = await window.url();
        return url.includes(`${CALLBACK}?`) && url;
      }, 'the window is on the callback page');

    /** Ada makes a link and gets Grace to finish it. Returns how Ada's session sees the account. */
    async function attack() {
      const { window } = await openConnectAccountPage(attacker, pageOf('user_ada'));
      const link = await window.read(requestLink);
      const { window: victimWindow } = await openConnectAccountPage(victim, pageOf('user_grace'));
      await victimWindow.goto(link.redirectUrl);
      await authorize(victimWindow, 'hubot');
      await waitUntil(() => host.requests.some(({ path }) => path === CALLBACK), 'the victim comes back');
      return { window, victimWindow, ...link };
    }

    it(`an attacker never gets the account of a victim (${name})`, async () => {
      const { window, id } = await attack();
      const answer = await waitUntil(
        () => host.requests.find(({ method, path }) => method === 'POST' && path === CALLBACK),
        'the callback page tells the backend',
      );
      assert.equal(answer.status, 403);
      assert.match(await window.read(requestStatus, id), /^(not_found|FAILED)$/);
      assert.deepEqual(
        host.emulator.accounts.all().filter(({ status }) => status === 'ACTIVE'),
        [],
      );
    });

    it(`an attacker never gets the account of a victim who closes the window half-way (${name})`, async () => {
      isClosedHalfway = true;
      const { window, victimWindow, id } = await attack();
      await victimWindow.close();
      assert.equal(await window.read(requestStatus, id), 'INITIATED');
      assert.equal(await window.read(countActive), 0);
      const page = await openConnectAccountPage(attacker, pageOf('user_ada'));
      await page.reaches('awaiting-authorization');
    });

    it(`an honest user gets the account (${name})`, async () => {
      const page = await openConnectAccountPage(victim, pageOf('user_grace'));
      await page.clickTrigger();
      await authorize(await page.popup(), 'hubot');
      await page.reaches('connected');
      assert.deepEqual(
        host.emulator.accounts.all().map(({ userId, status }) => [userId, status]),
        [['user_grace', 'ACTIVE']],
      );
    });

    it(`an honest user who begins on one device and again on another connects there (${name})`, async () => {
      const laptop = await openConnectAccountPage(attacker, pageOf('user_ada'));
      await laptop.clickTrigger();
      await laptop.popup();
      const phone = await openConnectAccountPage(victim, pageOf('user_ada'));
      // The phone finds the pending account and offers to finish it.
      await phone.reaches('awaiting-authorization');
      await phone.clickPart('reopen');
      await authorize(await phone.popup(), 'hubot');
      await phone.reaches('connected');
      assert.deepEqual(
        host.emulator.accounts
          .all()
          .filter(({ status }) => status === 'ACTIVE')
          .map(({ userId }) => userId),
        ['user_ada'],
      );
    });

    it(`an attacker never gets the account of a victim who returns after a restart of the server (${name})`, async () => {
      const { window } = await openConnectAccountPage(attacker, pageOf('user_ada'));
      const link = await window.read(requestLink);
      const { window: victimWindow } = await openConnectAccountPage(victim, pageOf('user_grace'));
      await victimWindow.goto(link.redirectUrl);
      await signIn(victimWindow, 'hubot');
      // The notes of links are lost with the memory that they were in.
      host.restart();
      await consent(victimWindow);
      const report = await waitUntil(findReport, 'the callback page tells the backend');
      assert.equal(report.status, 403);
      assert.match(await window.read(requestStatus, link.id), /^(not_found|FAILED)$/);
      assert.equal(await window.read(countActive), 0);
      assert.deepEqual(activeUsers(), []);
    });

    it(`an honest user who returns after a restart of the server gets the account (${name})`, async () => {
      const page = await openConnectAccountPage(victim, pageOf('user_grace'));
      await page.clickTrigger();
      const popup = await page.popup();
      await signIn(popup, 'hubot');
      host.restart();
      await consent(popup);
      await page.reaches('connected');
      assert.deepEqual(activeUsers(), ['user_grace']);
    });

    // With session tokens, the callback page knows nobody: whoever holds the browser is the one who began.
    if (signedIn === 'page') {
      it(`a flow that ends with another user signed in at the same browser connects nobody (${name})`, async () => {
        const page = await openConnectAccountPage(victim, pageOf('user_ada'));
        await page.clickTrigger();
        const popup = await page.popup();
        await signIn(popup, 'hubot');
        // Ada leaves the shared computer, and Grace signs in to the app in another tab.
        await (await victim.open(host.page('', 'user_grace'))).close();
        await consent(popup);
        assert.equal((await waitUntil(findReport, 'the callback page tells the backend')).status, 403);
        await waitUntil(async () => /another user/.test(await popup.read(readBody)), 'the window says so');
        assert.deepEqual(activeUsers(), []);
      });
    }

    if (binding === 'state') {
      it(`an attacker who is first at the callback loses the account when the victim returns (${name})`, async () => {
        isClosedHalfway = true;
        const { window, victimWindow, id } = await attack();
        const address = await callbackAddress(victimWindow);
        // The attacker has learned the whole address, as from the page of the used link.
        assert.equal(await window.read(postCallback, address), 200);
        assert.equal(await window.read(requestStatus, id), 'ACTIVE');
        isClosedHalfway = false;
        await victimWindow.goto(address);
        await isTakenAway(id);
        assert.equal(await window.read(requestStatus, id), 'not_found');
        assert.equal(await window.read(postCallback, address), 404);
        assert.equal(await window.read(countActive), 0);
      });

      it(`an attacker who reads the page of the used link loses the account when the victim returns (${name})`, async () => {
        isClosedHalfway = true;
        host.emulator.knobs.usedLinkShowsCallback = true;
        const { window, victimWindow, redirectUrl, id } = await attack();
        const returnAddress = await callbackAddress(victimWindow);
        const reading = await attacker.open(redirectUrl);
        const address = await waitUntil(
          async () => /It led to (\S+)\.(?:\s|$)/.exec(await reading.read(readBody))?.[1],
          'the page of the used link tells the attacker',
        );
        assert.equal(await window.read(postCallback, address), 200);
        isClosedHalfway = false;
        await victimWindow.goto(returnAddress);
        await isTakenAway(id);
        assert.equal(await window.read(postCallback, address), 404);
        assert.equal(await window.read(countActive), 0);
      });

      it(`an attacker cannot revive an account that was taken away (${name})`, async () => {
        host.emulator.knobs.failures = [{ route: 'accounts.delete', kind: 'server_error', times: 1 }];
        const { window, id } = await attack();
        await waitUntil(
          () => host.requests.some(({ method, path }) => method === 'POST' && path === CALLBACK),
          'the callback page tells the backend',
        );
        for (const enabled of [false, true]) assert.equal(await window.read(setEnabled, id, enabled), 404);
        assert.equal(await window.read(requestStatus, id), 'not_found');
      });
    }

    if (binding !== 'verifier') return;

    it(`a session is redeemed once when many requests send it at the same time (${name})`, async () => {
      isClosedHalfway = true;
      const { window } = await openConnectAccountPage(attacker, pageOf('user_ada'));
      const { id, redirectUrl } = await window.read(requestLink);
      await window.goto(redirectUrl);
      await authorize(window);
      await waitUntil(async () => (await window.url()).includes('session_uri='), 'the browser comes back');
      const sessionUri = new URL(await window.url()).searchParams.get('session_uri') ?? '';
      const statuses = await window.read(redeemAtOnce, sessionUri, 20);
      assert.deepEqual(statuses.sort(), [200, ...Array(19).fill(400)]);
      assert.equal(host.emulator.accounts.get(id)?.status, 'ACTIVE');
    });
  });
}
