import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

const isAtProvider = () => document.querySelector('[name="login"]') !== null;

describe('the end of the window', () => {
  const suite = connectSuite();

  hardCase(7, 'closing the window asks the user, does not fail, and the same link opens again', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const closed = await page.popup();
    await waitUntil(() => closed.read(isAtProvider), 'the provider');
    await closed.close();
    await page.window.focus();
    await waitUntil(async () => /Window closed\?/.test(await page.text()), 'the question');
    assert.deepEqual(await page.ends(), []);
    await page.clickPart('reopen');
    await suite.finish(page);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
    assert.equal(suite.host.emulator.requests.filter(({ route }) => route === 'link.create').length, 1);
  });

  hardCase(7, 'the user closes the window and then cancels', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const closed = await page.popup();
    await waitUntil(() => closed.read(isAtProvider), 'the provider');
    await closed.close();
    await page.clickPart('cancel');
    const { detail } = await page.event('account-connect-cancel');
    assert.equal((detail as { reason: string }).reason, 'user');
    await page.reaches('ready');
  });

  hardCase(8, 'a tab that no script may close shows that the flow is done', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('awaiting-authorization');
    const [account] = suite.host.emulator.accounts.all();
    const tab = await suite.profile.open(suite.host.page(''));
    await tab.goto(suite.host.page(''));
    await tab.goto(account?.redirectUrl ?? '');
    await authorize(tab);
    await page.event('account-connected');
    const said = () => tab.read(() => document.body.textContent?.trim());
    await waitUntil(async () => /^You can close this window\.$/m.test((await said()) ?? ''), 'the words');
    assert.equal(await tab.isClosed(), false);
  });

  hardCase(9, 'polling finds the account of a window without a handle', async () => {
    const page = await suite.open();
    await page.window.read(() => {
      window.open = () => null;
    });
    await page.clickTrigger();
    await page.reaches('popup-blocked');
    const [account] = suite.host.emulator.accounts.all();
    const elsewhere = await suite.profile.open(account?.redirectUrl ?? '');
    await authorize(elsewhere);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  hardCase(13, 'the provider has no opener to steer', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    assert.equal(await popup.read(() => window.opener === null), true);
    const address = await page.window.url();
    await authorize(popup);
    await page.event('account-connected');
    assert.equal(await page.window.url(), address);
  });

  hardCase(15, 'the provider learns the origin of the page at most', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    const referrer = await popup.read(() => document.referrer);
    assert.ok(referrer === '' || referrer === `${suite.host.origin}/`, referrer);
  });

  hardCase(16, "the window connects under form-action 'none'", async () => {
    // Every page of this host is served with `form-action 'none'`.
    const { headers } = await fetch(suite.host.page(''));
    assert.match(headers.get('content-security-policy') ?? '', /form-action 'none'/);
    const page = await suite.open();
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
  });

  hardCase(17, 'the window fits on the screen', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    const fits = await popup.read(
      () => innerWidth > 200 && outerWidth <= screen.availWidth && outerHeight <= screen.availHeight,
    );
    assert.equal(fits, true);
  });

  hardCase(20, 'an instant return of the provider is not missed', async () => {
    suite.host.emulator.knobs.hostedConsentPage = false;
    suite.host.provider.knobs.autoConsent = 'octocat';
    for (const userId of ['user_1', 'user_2', 'user_3']) {
      const body = `<connect-account user-id="${userId}" auth-config-id="ac_github"></connect-account>`;
      const page = await suite.openBody(body, userId);
      await page.clickTrigger();
      await page.event('account-connected');
      await page.window.close();
    }
  });
});
