import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { openConnectAccountPage } from '../support/connect-account-page.js';
import { launchBrowser } from '../support/launch-browser.js';
import { consent, signIn } from '../support/provider-window.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const CONNECT_GITHUB = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';

interface Link {
  readonly id: string;
  readonly redirectUrl: string;
}

/** Runs in the attacker's page, with the attacker's session. */
async function requestLink(): Promise<Link> {
  const response = await fetch('/api/connect/connected-accounts/link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId: 'user_ada', authConfigId: 'ac_github' }),
  });
  return response.json();
}

/** Runs in the attacker's page: returns the status of an account, or the error code. */
async function requestStatus(id: string): Promise<string> {
  const answer = await (await fetch(`/api/connect/connected-accounts/${id}`)).json();
  return answer.status ?? answer.error.code;
}

/**
 * A link is a bearer capability: the person who finishes it attaches their own account to the user who made it.
 * Here Ada makes one and gets Grace to finish it.
 */
describe('a link that another person finishes', () => {
  let browser: TestBrowser;
  let attacker: BrowserProfile;
  let victim: BrowserProfile;
  let host: TestHost;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  beforeEach(async () => {
    attacker = await browser.newProfile();
    victim = await browser.newProfile();
  });
  afterEach(async () => {
    await attacker?.close();
    await victim?.close();
    await host?.close();
  });

  async function finish(link: Link, signedInAs: string): Promise<void> {
    const window = await victim.open(host.page('', signedInAs));
    await window.goto(link.redirectUrl);
    await signIn(window, 'hubot');
    await consent(window);
  }

  for (const [who, signedInAs] of [
    ['signed in as herself', 'user_grace'],
    ['not signed in', ''],
  ] as const) {
    it(`an attacker loses the account when the victim is ${who}`, async () => {
      host = await startTestHost();
      const window = await attacker.open(host.page('', 'user_ada'));
      const link = await window.read(requestLink);
      await finish(link, signedInAs);

      const answer = await waitUntil(
        () => host.requests.find(({ method, path }) => method === 'POST' && path === '/api/connect/callback'),
        'the callback page tells the backend',
      );
      assert.equal(answer.status, 403);
      assert.equal(await window.read(requestStatus, link.id), 'not_found');
      assert.deepEqual(host.emulator.accounts.all(), []);

      const page = await openConnectAccountPage(attacker, host.page(CONNECT_GITHUB, 'user_ada'));
      await page.reaches('ready');
    });
  }

  it('an account stays INITIATED for the attacker when the victim closes the window half-way', async () => {
    host = await startTestHost({
      intercept: (request, handle) =>
        new URL(request.url).pathname === '/api/connect/callback' ? new Response('Never loaded.') : handle(request),
    });
    const window = await attacker.open(host.page('', 'user_ada'));
    const link = await window.read(requestLink);
    await finish(link, 'user_grace');

    await waitUntil(() => host.emulator.accounts.get(link.id)?.status === 'ACTIVE', 'Composio says ACTIVE');
    assert.equal(await window.read(requestStatus, link.id), 'INITIATED');
  });
});
