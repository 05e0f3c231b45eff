import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import type { EndpointRequest } from '../../support/start-test-host.js';
import { waitUntil } from '../../support/wait-until.js';

const isLook = ({ method, path }: Pick<EndpointRequest, 'method' | 'path'>): boolean =>
  method === 'GET' && /\/connected-accounts\/ca_/.test(path);
const isAtProvider = () => document.querySelector('[name="login"]') !== null;

/** Runs in the page: returns the gaps between status reads, in ms. The server sees them with network delays. */
function smallestGap(): number {
  const looks = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/connected-accounts/ca_'));
  const starts = looks.map(({ startTime }) => startTime);
  return Math.min(...starts.slice(1).map((start, index) => start - (starts[index] ?? 0)));
}

/** Runs in the page. */
function tellVisibility(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('asking the server', () => {
  const suite = connectSuite();
  const looks = () => suite.host.requests.filter(isLook);

  hardCase(29, 'a flood of 1000 messages causes no flood of requests and changes nothing', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const { detail } = await page.event('account-connect-start');
    const { attempt } = detail as { attempt: string };
    const popup = await page.popup();
    await page.reaches('awaiting-authorization');
    const other = await suite.profile.open(suite.host.page('<p>Another tab</p>', 'user_ada'));
    const before = looks().length;
    const began = performance.now();
    await other.read(async (name) => {
      const channel = new BroadcastChannel('connect-account');
      const shapes = [
        { type: 'connect-account:callback', attempt: name },
        { type: 'connect-account:callback' },
        { type: 'connect-account:callback', attempt: 'x'.repeat(100_000) },
        { type: 'connect-account:callback', attempt: { toString: 1 } },
        { type: 'account-connected', status: 'ACTIVE', connectedAccountId: 'ca_evil' },
        JSON.parse('{"__proto__":{"type":"connect-account:callback"},"constructor":{"prototype":{"polluted":1}}}'),
        null,
        'connect-account:callback',
        [],
        new Date(),
      ];
      for (let count = 0; count < 1000; count += 1) {
        channel.postMessage(shapes[count % shapes.length]);
        if (count % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }, attempt);
    await delay(30_000 - (performance.now() - began));
    const asked = looks().length - before;
    assert.ok(asked <= 14, `${asked} requests in 30 s`);
    const gap = await page.window.read(smallestGap);
    assert.ok(gap >= 490, `${gap} ms apart`);
    assert.deepEqual(await page.ends(), []);
    assert.equal(await page.window.read(() => 'polluted' in {}), false);

    await authorize(popup);
    await page.event('account-connected');
    assert.deepEqual(await page.problems(), []);
  });

  hardCase(49, 'a hidden page rarely polls, and polls at once when it is shown again', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    await page.window.read(tellVisibility, 'hidden' as const);
    await delay(1000);
    const before = looks().length;
    await delay(8000);
    assert.equal(looks().length, before);
    const [account] = suite.host.emulator.accounts.all();
    suite.host.emulator.accounts.setStatus(account?.id ?? '', 'FAILED');
    await page.window.read(tellVisibility, 'visible' as const);
    await page.event('account-connect-error');
  });

  for (const [what, hours] of [
    ['forward by two hours', 2],
    ['back by two hours', -2],
  ] as const) {
    hardCase(50, `no attempt ends when the wall clock jumps ${what}`, async () => {
      const page = await suite.open();
      await page.clickTrigger();
      const popup = await page.popup();
      await waitUntil(() => popup.read(isAtProvider), 'the provider');
      await page.window.read((milliseconds) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + milliseconds;
      }, hours * 3_600_000);
      const before = looks().length;
      await waitUntil(() => looks().length >= before + 2, 'two more looks');
      assert.deepEqual(await page.ends(), []);
      await authorize(popup);
      await page.event('account-connected');
    });
  }

  hardCase(50, 'a user who had finished is connected after the computer slept past the end of the link', async () => {
    let isAsleep = true;
    await suite.startHost({
      intercept: (request, handle) =>
        isAsleep && isLook({ method: request.method, path: new URL(request.url).pathname })
          ? new Response(null, { status: 503 })
          : handle(request),
    });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await suite.finish(page);
    await waitUntil(() => popup.isClosed(), 'the callback page closes its window');
    isAsleep = false;
    await page.window.read(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 3_600_000;
      dispatchEvent(new Event('focus'));
    });
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  const NO_FREEZER = 'WebDriver has no command that freezes a page';
  hardCase(
    50,
    'a page that is frozen while the user finishes connects when it resumes',
    async () => {
      const page = await suite.open();
      await page.clickTrigger();
      const popup = await page.popup();
      await waitUntil(() => popup.read(isAtProvider), 'the provider');
      await page.window.setLifecycle?.('frozen');
      await authorize(popup);
      await delay(4000);
      await page.window.setLifecycle?.('active');
      await page.event('account-connected');
      assert.deepEqual(await page.ends(), ['account-connected']);
    },
    { firefox: NO_FREEZER, webkit: NO_FREEZER },
  );

  hardCase(51, 'polling obeys Retry-After', async () => {
    let asked = 0;
    await suite.startHost({
      intercept: (request, handle) => {
        if (!isLook({ method: request.method, path: new URL(request.url).pathname })) return handle(request);
        asked += 1;
        if (asked > 1) return handle(request);
        return new Response(null, { status: 429, headers: { 'retry-after': '4' } });
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    await waitUntil(() => looks().length === 2, 'the second look');
    const [first, second] = looks();
    const gap = (second?.at ?? 0) - (first?.at ?? 0);
    assert.ok(gap >= 3900, `${gap} ms`);
  });

  hardCase(56, 'an attempt continues after the server could not be reached for a while', async () => {
    let isDown = false;
    await suite.startHost({ intercept: (request, handle) => (isDown ? Response.error() : handle(request)) });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(isAtProvider), 'the provider');
    isDown = true;
    await waitUntil(async () => /server is slow\. Still trying/.test(await page.text()), 'the words', 30_000);
    assert.deepEqual(await page.ends(), []);
    isDown = false;
    await page.window.read(() => void dispatchEvent(new Event('online')));
    await authorize(popup);
    await page.event('account-connected');
  });

  hardCase(56, 'an offline page rarely polls, and polls at once when it is online again', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('awaiting-authorization');
    await page.window.read(() => void dispatchEvent(new Event('offline')));
    await delay(1000);
    const before = looks().length;
    await delay(6000);
    assert.equal(looks().length, before);
    const [account] = suite.host.emulator.accounts.all();
    suite.host.emulator.accounts.setStatus(account?.id ?? '', 'FAILED');
    await page.window.read(() => void dispatchEvent(new Event('online')));
    await page.event('account-connect-error');
  });

  hardCase(57, 'waiting costs few requests, never two at once, and holds no connection open', async () => {
    let open = 0;
    let most = 0;
    await suite.startHost({
      intercept: async (request, handle) => {
        if (!isLook({ method: request.method, path: new URL(request.url).pathname })) return handle(request);
        open += 1;
        most = Math.max(most, open);
        await delay(700);
        open -= 1;
        return handle(request);
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('awaiting-authorization');
    await delay(6000);
    assert.ok(looks().length <= 4, `${looks().length} requests in 6 s`);
    assert.equal(most, 1);
    await suite.finish(page);
    await page.event('account-connected');
  });
});
