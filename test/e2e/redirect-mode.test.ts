import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectAccountPage } from '../support/connect-account-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { authorize, deny, signIn } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const REDIRECT = 'user-id="user_ada" auth-config-id="ac_github" mode="redirect"';
const LOGIN = '[name="login"]';

/** Runs in the page: returns what would differ if the user came back to another address or tab. */
const whereAmI = () => ({ address: location.href, windows: 1 });

describe('connecting in the same tab', () => {
  const suite = connectSuite();

  async function leave(page: ConnectAccountPage): Promise<void> {
    await page.clickTrigger();
    await waitUntil(() => page.window.read((login) => document.querySelector(login) !== null, LOGIN), 'the provider');
    assert.deepEqual(await suite.profile.windows(), [page.window]);
  }

  it('the user returns to the same page, where the attempt ends ACTIVE with its alias', async () => {
    const page = await suite.open(REDIRECT);
    await page.window.read(() => history.replaceState(null, '', `${location.href}&tab=2#apps`));
    const before = await page.window.read(whereAmI);
    await page.window.read(() =>
      document.addEventListener('account-connect-start', ({ detail }) =>
        sessionStorage.setItem('began', detail.attempt),
      ),
    );
    await leave(page);
    await authorize(page.window);

    const { detail } = await page.event('account-connected');
    assert.deepEqual(await page.window.read(whereAmI), before);
    assert.equal(
      (detail as { attempt: string }).attempt,
      await page.window.read(() => sessionStorage.getItem('began')),
    );
    await page.reaches('connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
    assert.deepEqual(await page.problems(), []);
  });

  it('the page reports that the user denied', async () => {
    const page = await suite.open(REDIRECT);
    await leave(page);
    await signIn(page.window);
    await deny(page.window);
    const { detail } = await page.event('account-connect-error');
    assert.equal((detail as { error: { code: string } }).error.code, 'connection_failed');
    await page.reaches('failed');
  });

  it('a user who comes back early can continue', async () => {
    const page = await suite.open(REDIRECT);
    await leave(page);
    await page.window.goBack();
    await page.reaches('awaiting-authorization');
    const said = /Finish signing in to GitHub\. You’ll return to this page afterwards\./;
    await waitUntil(async () => said.test(await page.text()), 'what the user can do');
    await page.clickPart('reopen');
    await authorize(page.window);
    await page.event('account-connected');
    assert.equal(suite.host.emulator.requests.filter(({ route }) => route === 'link.create').length, 1);
  });

  it('the element asks for connection fields before it leaves the page', async () => {
    const page = await suite.open('user-id="user_ada" auth-config-id="ac_zendesk" mode="redirect"');
    await page.clickTrigger();
    await page.window.click('connect-account', '[data-field="subdomain"]');
    await page.window.type('acme');
    await page.window.press('Enter');
    await authorize(page.window);
    await page.event('account-connected');
  });

  for (const where of ['login', 'consent', 'authorize'] as const) {
    it(`redirect mode survives a Cross-Origin-Opener-Policy of the provider (${where})`, async () => {
      suite.host.provider.knobs.crossOriginOpenerPolicy = { [where]: 'same-origin' };
      const page = await suite.open(REDIRECT);
      await leave(page);
      await authorize(page.window);
      await page.event('account-connected');
      assert.deepEqual(await page.ends(), ['account-connected']);
    });
  }

  it('an app on the iOS home screen uses redirect mode and explains it', async () => {
    const page = await suite.open();
    await page.window.read(() => {
      Object.defineProperty(navigator, 'standalone', { value: true });
      document.querySelector('connect-account')?.requestUpdate();
    });
    await waitUntil(async () => /Home screen apps can’t open a second window/.test(await page.text()), 'why');
    await leave(page);
    await authorize(page.window);
    await page.event('account-connected');
  });
});
