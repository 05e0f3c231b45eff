import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize, consent, signIn } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

const isLinkRequest = (request: Request): boolean => request.method === 'POST' && request.url.endsWith('/link');

describe('the window', () => {
  const suite = connectSuite();

  for (const seconds of [0, 1.5, 6, 9]) {
    hardCase(1, `the window opens in the click when the link takes ${seconds} s`, async () => {
      await suite.startHost({
        intercept: async (request, handle) => {
          if (isLinkRequest(request)) await delay(seconds * 1000);
          return handle(request);
        },
      });
      const page = await suite.open();
      await page.clickTrigger();
      const popup = await page.popup();
      if (seconds > 0) assert.equal((await page.events()).length, 1);
      await waitUntil(async () => (await popup.url()).startsWith(suite.host.provider.origin), 'the provider', 15_000);
      await suite.finish(page);
      await page.event('account-connected');
      assert.deepEqual(await page.problems(), []);
    });
  }

  hardCase(2, 'the window shows a loading text and closes when no link can be made', async () => {
    await suite.startHost({
      intercept: async (request, handle) => {
        if (!isLinkRequest(request)) return handle(request);
        await delay(1000);
        return new Response(null, { status: 500 });
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    assert.match(await popup.read(() => document.body.textContent ?? ''), /Opening GitHub/);
    await waitUntil(() => popup.isClosed(), 'the window is closed');
    const { detail } = await page.event('account-connect-error');
    assert.equal((detail as { error: { code: string } }).error.code, 'upstream_error');
  });

  hardCase(3, 'a blocked window is replaced by a real link and is not tried again', async () => {
    const page = await suite.open();
    await page.window.read(() => {
      const counter = window as unknown as { opened: number };
      const open = window.open.bind(window);
      counter.opened = 0;
      window.open = (...args) => {
        counter.opened += 1;
        return open(...args);
      };
    });
    await page.window.read(
      () => void (document.querySelector('connect-account') as HTMLElement & { connect(): void }).connect(),
    );
    await page.reaches('popup-blocked');
    const requests = suite.host.requests.length;
    await waitUntil(() => suite.host.requests.length >= requests + 2, 'two more looks at the server');
    assert.equal(await page.window.read(() => (window as unknown as { opened: number }).opened), 1);
    assert.deepEqual(await suite.profile.windows(), [page.window]);
    assert.match(await page.text(), /Your browser blocked the window/);

    await page.clickPart('link');
    await suite.finish(page);
    await page.event('account-connected');
    assert.deepEqual(await page.problems(), []);
  });

  for (const clicks of [2, 10]) {
    hardCase(4, `${clicks} clicks begin one attempt with one link in one window`, async () => {
      const page = await suite.open();
      const { x, y } = await page.window.read(() => {
        const trigger = document.querySelector('connect-account')?.shadowRoot?.querySelector('.trigger');
        const box = trigger?.getBoundingClientRect() ?? new DOMRect();
        return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
      });
      await page.window.clickAt(x, y, clicks);
      await page.reaches('awaiting-authorization');
      await waitUntil(async () => (await suite.profile.windows()).length > 1, 'the window');
      assert.equal((await suite.profile.windows()).length, 2);
      assert.deepEqual(
        (await page.events()).map(({ type }) => type),
        ['account-connect-start'],
      );
      assert.equal(suite.host.emulator.accounts.all().length, 1);
    });
  }

  hardCase(4, 'a click on another app during an attempt begins a second attempt', async () => {
    const element = (app: string) => `<connect-account id="${app}" user-id="user_ada" auth-config-id="ac_${app}">`;
    const window = await suite.profile.open(
      suite.host.page(`${element('github')}</connect-account>${element('slack')}</connect-account>`, 'user_ada'),
    );
    for (const app of ['github', 'slack']) {
      const before = await suite.profile.windows();
      await window.click(`#${app}`, '.trigger');
      await waitUntil(async () => (await suite.profile.windows()).length === before.length + 1, 'a window');
    }
    const [, first, second] = await suite.profile.windows();
    assert.ok(first && second);
    await authorize(first);
    // This window was opened before the provider knew this browser.
    await second.reload();
    await authorize(second);
    const connected = () =>
      window.read(() => globalThis.pageRecord.events.filter(({ type }) => type === 'account-connected').length);
    await waitUntil(async () => (await connected()) === 2, 'both are connected');
  });

  hardCase(5, 'the name of the window cannot be guessed, and the first of two windows to finish wins', async () => {
    suite.host.provider.knobs.crossOriginOpenerPolicy = { login: 'same-origin' };
    const page = await suite.open();
    await page.clickTrigger();
    const first = await page.popup();
    await waitUntil(() => first.read(() => document.querySelector('[name="login"]') !== null), 'the provider');
    await page.window.read(() => {
      const names: string[] = [];
      Object.assign(window, { names });
      const open = window.open.bind(window);
      window.open = (url, name, features) => {
        names.push(name ?? '');
        return open(url, name, features);
      };
    });
    // The policy makes it read as closed.
    await page.window.focus();
    await waitUntil(async () => /Window closed\?/.test(await page.text()), 'the question');
    await page.clickPart('reopen');
    await page.popup();
    assert.equal((await suite.profile.windows()).length, 3);
    const [name] = await page.window.read(() => (window as unknown as { names: string[] }).names);
    assert.match(name ?? '', /^[\w-]{22}/);

    await signIn(first);
    await consent(first);
    await page.event('account-connected');
  });

  hardCase(10, 'an in-app browser shows an explanation and the address of the page to copy', async () => {
    const page = await suite.open();
    const address = await page.window.read(() => {
      const userAgent =
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram';
      Object.defineProperty(navigator, 'userAgent', { value: userAgent });
      window.open = () => null;
      return location.href;
    });
    await page.clickTrigger();
    await page.reaches('popup-blocked');
    assert.match(await page.text(), /GitHub may not let you sign in inside this app/);
    const copyable = await page.window.read(
      () =>
        document.querySelector('connect-account')?.shadowRoot?.querySelector<HTMLInputElement>('input[readonly]')
          ?.value,
    );
    assert.equal(copyable, address);
  });

  hardCase(34, 'a key that is held down does not begin an attempt', async () => {
    const page = await suite.open();
    const taken = await page.window.read(() => {
      const trigger = document.querySelector('connect-account')?.shadowRoot?.querySelector('.trigger');
      return [true, false].map((repeat) =>
        trigger?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat, cancelable: true, bubbles: true })),
      );
    });
    assert.deepEqual(taken, [false, true]);
  });
});
