import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

const isAtProvider = () => document.querySelector('[name="login"]') !== null;

/** Runs in the page. */
function deny(...names: readonly string[]): void {
  for (const name of names) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    });
  }
}

describe('what a page may keep and send', () => {
  const suite = connectSuite();

  for (const [what, names] of [
    ['localStorage', ['localStorage']],
    ['sessionStorage', ['sessionStorage']],
    ['all storage', ['localStorage', 'sessionStorage']],
    ['all storage and BroadcastChannel', ['localStorage', 'sessionStorage', 'BroadcastChannel']],
  ] as const) {
    hardCase(24, `the element connects by the session where ${what} throws`, async () => {
      const page = await suite.open();
      await page.window.read(deny, ...names);
      await page.clickTrigger();
      await suite.finish(page);
      await page.event('account-connected');
      assert.deepEqual(await page.problems(), []);
    });
  }

  hardCase(24, 'polling finds the account without storage events and BroadcastChannel', async () => {
    const page = await suite.open();
    await page.window.read(() => {
      Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
      addEventListener('storage', (event) => event.stopImmediatePropagation(), { capture: true });
    });
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
  });

  hardCase(23, 'the callback page sends a SameSite=Strict session that the redirect back did not carry', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    // Without the verifier, only the session identifies this browser.
    await page.window.read(() => localStorage.clear());
    await authorize(popup);
    await page.event('account-connected');
    const answer = suite.host.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/callback'));
    assert.equal(answer?.status, 200);
  });

  hardCase(23, 'the verifier alone identifies the browser when there is no session on the way back', async () => {
    const url = suite.host.framePage(
      '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>',
      'user_ada',
    );
    const page = await suite.openUrl(url);
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    const answer = suite.host.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/callback'));
    assert.equal(answer?.status, 200);
  });
});
