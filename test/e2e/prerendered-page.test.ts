import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type Browser, connect, launch, type Page } from 'puppeteer-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { engineUnderTest } from '../support/launch-browser.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const ELEMENT = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';
const inChromium = engineUnderTest() === 'chromium' ? {} : { skip: 'Only Chromium prerenders pages.' };

describe('a page that is prerendered', () => {
  let host: TestHost;
  let browser: Browser;
  afterEach(async () => {
    await browser?.close();
    await host?.close();
  });

  /** The session of a page does not survive its activation, so what follows is seen through another connection. */
  async function pageThat(isSought: (page: Page) => boolean): Promise<Page> {
    const again = await connect({ browserWSEndpoint: browser.wsEndpoint(), defaultViewport: null });
    return waitUntil(async () => (await again.pages()).find(isSought), 'the page');
  }

  it('a prerendered page only reads, and connects once its user has come', inChromium, async () => {
    host = await startTestHost({
      pageHeaders: { 'content-security-policy': "default-src 'self' 'unsafe-inline'; img-src *" },
    });
    const { pathname, search } = new URL(host.page(ELEMENT, 'user_ada'));
    const rules = { prerender: [{ urls: [pathname + search], eagerness: 'immediate' }] };
    const link = `<a href="${pathname + search}">On</a><script type="speculationrules">${JSON.stringify(rules)}</script>`;
    browser = await launch({
      executablePath: ensureChromium(),
      args: [...CHROMIUM_FLAGS],
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      defaultViewport: null,
    });
    const [start] = await browser.pages();
    await start?.goto(host.page(link, 'user_ada'));
    await waitUntil(() => host.requests.length === 2, 'both readings');
    assert.deepEqual(
      host.requests.map(({ method }) => method),
      ['GET', 'GET'],
    );
    await start?.click('a');
    const page = await pageThat((one) => one.url().includes(pathname));
    const activated = () =>
      page.evaluate(
        () => (performance.getEntriesByType('navigation')[0] as { activationStart?: number }).activationStart,
      );
    assert.ok(Number(await activated()) > 0, 'it was prerendered');
    await page.click('connect-account >>> .trigger');
    const popup = await pageThat((one) => one.url().startsWith(host.provider.origin));
    for (const button of ['button[value="octocat"]', 'button[value="allow"]']) {
      await popup.waitForSelector(button);
      await popup.click(button);
    }
    const events = () => page.evaluate(() => globalThis.pageRecord.events.map(({ type }) => type));
    await waitUntil(async () => (await events()).includes('account-connected'), 'connected');
    assert.deepEqual((await events())[0], 'account-connect-start');
  });
});
