import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { openConnectAccountPage } from '../support/connect-account-page.js';
import { launchChromium } from '../support/launch-chromium.js';
import { consent, signIn } from '../support/provider-window.js';
import { startTestHost, type TestHost, type TestHostOptions } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const CONNECT_GITHUB = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';
const SAME_ORIGIN = { 'cross-origin-opener-policy': 'same-origin' };

interface Case {
  readonly where: string;
  readonly options?: TestHostOptions;
  readonly provider?: TestHost['provider']['knobs']['crossOriginOpenerPolicy'];
  readonly hosted?: string;
}

const CASES: readonly Case[] = [
  { where: 'the sign-in page', provider: { login: 'same-origin' } },
  { where: 'the consent page', provider: { consent: 'same-origin' } },
  { where: 'a redirect of the provider', provider: { authorize: 'same-origin' } },
  { where: 'the hosted link page', hosted: 'same-origin' },
  { where: 'the page of the host', options: { pageHeaders: SAME_ORIGIN } },
  { where: 'the callback page', options: { callbackHeaders: SAME_ORIGIN } },
];

/** It makes an open window read as closed, for good, and cuts every tie to it. */
describe('a Cross-Origin-Opener-Policy', () => {
  let browser: TestBrowser;
  let host: TestHost | undefined;
  let profile: BrowserProfile;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  beforeEach(async () => {
    profile = await browser.newProfile();
  });
  afterEach(async () => {
    await profile?.close();
    await host?.close();
  });

  for (const { where, options, provider = {}, hosted } of CASES) {
    it(`on ${where} keeps nobody from connecting`, async () => {
      host = await startTestHost(options);
      host.provider.knobs.crossOriginOpenerPolicy = provider;
      host.emulator.knobs.crossOriginOpenerPolicy = hosted;
      const page = await openConnectAccountPage(profile, host.page(CONNECT_GITHUB, 'user_ada'));
      await page.clickTrigger();
      const popup = await page.popup();
      await signIn(popup);
      await consent(popup);
      await page.event('account-connected');
      await waitUntil(() => popup.isClosed, 'the callback page closes its window');
      const ends = (await page.events()).filter(({ type }) => /-(?:connected|error|cancel)$/.test(type));
      assert.equal(ends.length, 1);
      assert.deepEqual(await page.problems(), []);
    });
  }
});
