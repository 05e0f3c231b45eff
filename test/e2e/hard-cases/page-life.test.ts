import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

const isLinkRequest = (request: Request): boolean => request.method === 'POST' && request.url.endsWith('/link');
const isStatusRequest = (request: Request): boolean =>
  request.method === 'GET' && /\/connected-accounts\/ca_/.test(request.url);
const isAtProvider = () => document.querySelector('[name="login"]') !== null;

describe('the page during an attempt', () => {
  const suite = connectSuite();

  hardCase(6, 'a reload before the provider leaves nothing half-done, and the next click connects', async () => {
    await suite.startHost({
      intercept: async (request, handle) => {
        if (isLinkRequest(request)) await delay(2000);
        return handle(request);
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('preparing');
    await page.window.reload();
    await waitUntil(
      async () => ['ready', 'awaiting-authorization'].includes(await page.phase()),
      'a phase to go on from',
    );
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  hardCase(6, 'an attempt survives a reload while the user is at the provider', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    await page.window.reload();
    await page.reaches('awaiting-authorization');
    await authorize(popup);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
    assert.equal(suite.host.emulator.accounts.all().length, 1);
  });

  hardCase(6, 'a reload reports an account that became ACTIVE before the page knew', async () => {
    let isReloading = false;
    let isHeldBack = true;
    await suite.startHost({
      intercept: (request, handle) => {
        // This is a page's first request: the previous page is gone by then and cannot receive anything.
        if (isReloading && request.url.includes('/auth-configs')) isHeldBack = false;
        return isHeldBack && isStatusRequest(request) ? new Response(null, { status: 503 }) : handle(request);
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await suite.finish(page);
    await waitUntil(() => popup.isClosed(), 'the callback page closes its window');
    isReloading = true;
    await page.window.reload();
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  hardCase(25, 'an attempt continues when the user leaves the page and comes back by the back button', async (test) => {
    await suite.startHost({ pageHeaders: { 'cache-control': 'no-cache' } });
    const page = await suite.open();
    await page.window.read(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })));
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    await page.window.goto(suite.host.page('<p>Another page</p>', 'user_ada'));
    await authorize(popup);
    await page.window.goBack();
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
    const persisted = await page.window.read(() => (window as { persisted?: boolean }).persisted === true);
    test.diagnostic(persisted ? 'The engine had kept the page.' : 'The engine loaded the page again.');
  });

  // In a task of the page: WebKitGTK runs microtasks in the midst of a script of WebDriver.
  for (const [what, move] of [
    [
      'moved within the page',
      () => void setTimeout(() => document.body.append(document.querySelector('connect-account') ?? '')),
    ],
    [
      'put into another element',
      () =>
        void setTimeout(() => {
          const section = document.createElement('section');
          section.append(document.querySelector('connect-account') ?? '');
          document.body.append(section);
        }),
    ],
  ] as const) {
    hardCase(58, `an attempt continues when the element is ${what}`, async () => {
      const page = await suite.open();
      await page.clickTrigger();
      await page.reaches('awaiting-authorization');
      await page.window.read(move);
      await suite.finish(page);
      await page.event('account-connected');
      assert.deepEqual(await page.ends(), ['account-connected']);
    });
  }

  hardCase(58, 'removing the element cancels once, and putting it back continues with the same link', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('awaiting-authorization');
    await page.window.read(() => {
      const element = document.querySelector('connect-account');
      element?.addEventListener('account-connect-cancel', ({ detail }) =>
        Object.assign(window, { reason: detail.reason }),
      );
      Object.assign(window, { element });
      element?.remove();
    });
    await waitUntil(() => page.window.read(() => (window as { reason?: string }).reason === 'removed'), 'its cancel');
    const asked = suite.host.requests.length;
    const popup = await suite.finish(page);
    await waitUntil(() => popup.isClosed(), 'the callback page closes its window');
    const looks = suite.host.requests.slice(asked).filter(({ path }) => /\/ca_/.test(path));
    assert.deepEqual(looks, [], 'nobody asks while it is gone');
    await page.window.read(() => document.body.append((window as unknown as { element: Element }).element));
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connect-cancel', 'account-connected']);
    assert.equal(suite.host.emulator.accounts.all().length, 1);
  });

  hardCase(58, 'an element that was inserted and removed 200 times sends no further request', async () => {
    const page = await suite.open();
    await page.window.read(async () => {
      document.querySelector('connect-account')?.remove();
      for (let round = 1; round <= 200; round += 1) {
        const element = document.createElement('connect-account');
        element.setAttribute('user-id', 'user_ada');
        element.setAttribute('auth-config-id', 'ac_github');
        document.body.append(element);
        await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
        element.remove();
      }
    });
    // Every pending request has its response by then.
    await delay(1500);
    const asked = suite.host.requests.length;
    await delay(1500);
    assert.equal(suite.host.requests.length, asked);
    assert.deepEqual(await page.problems(), []);
  });

  hardCase(6, 'the first window can finish when reopening after a reload fails to get a link', async () => {
    let isBroken = false;
    await suite.startHost({
      intercept: (request, handle) =>
        isBroken && isLinkRequest(request) ? new Response(null, { status: 500 }) : handle(request),
    });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    await page.window.reload();
    await page.reaches('awaiting-authorization');
    isBroken = true;
    await page.clickPart('reopen');
    await waitUntil(async () => /having problems/.test(await page.text()), 'the words');
    assert.equal(await page.phase(), 'awaiting-authorization');
    await authorize(popup);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
  });
});
