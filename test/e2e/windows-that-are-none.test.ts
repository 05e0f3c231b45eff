import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserWindow } from '../support/browser.js';
import { connectSuite } from '../support/connect-suite.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const PAGE =
  '<h1>Settings</h1><textarea>half</textarea><connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';

/** Runs in the page: replaces `window.open`, as embedded browsers and popup blockers do. */
function replaceOpen(kind: string): void {
  const real = window.open.bind(window);
  const kinds: Record<string, (...given: Parameters<typeof window.open>) => unknown> = {
    object: () => ({ closed: false, close() {}, focus() {} }),
    'an object with an address': () => ({
      closed: false,
      close() {},
      focus() {},
      location: { href: '', replace() {} },
    }),
    proxy: () => new Proxy(() => {}, { get: () => () => {} }),
    frozen: () => Object.freeze({ closed: false, close() {}, focus() {}, location: { replace() {} } }),
    'an object that throws': () =>
      new Proxy(
        {},
        {
          get() {
            throw new Error('Blocked.');
          },
        },
      ),
    'a promise': () => Promise.resolve(window),
    'a text': () => 'blocked',
    frame: () => document.body.appendChild(document.createElement('iframe')).contentWindow,
    throws: () => {
      throw new Error('Not supported.');
    },
    nothing: () => undefined,
    'null after opening': (...given) => {
      real(...given);
      return null;
    },
    self: (url) => {
      if (url) location.assign(url);
      return window;
    },
  };
  window.open = (kinds[kind] ?? real) as typeof window.open;
}

/** Runs in the page. */
function readPage() {
  return {
    title: document.title,
    heading: document.querySelector('h1')?.textContent,
    typed: document.querySelector('textarea')?.value,
  };
}

describe('window.open that gives no window', () => {
  const suite = connectSuite();

  /** Returns the window at the provider. A browser may have opened empty ones too. */
  const theirWindow = (own: BrowserWindow) =>
    waitUntil(async () => {
      for (const window of await suite.profile.windows())
        if (window !== own && (await window.url()).startsWith('http')) return window;
      return undefined;
    }, 'the window at the provider');

  const STAND_INS = [
    'object',
    'an object with an address',
    'proxy',
    'frozen',
    'an object that throws',
    'a promise',
    'a text',
    'frame',
  ];

  for (const kind of [...STAND_INS, 'throws', 'nothing', 'null after opening']) {
    it(`the page offers a link, and connects by it, when window.open returns: ${kind}`, async () => {
      const page = await suite.openBody(PAGE, 'user_ada');
      const before_ = await page.window.read(readPage);
      await page.window.read(replaceOpen, kind);
      await page.clickTrigger();
      await page.reaches('popup-blocked');
      assert.match(await page.text(), /blocked the window.*Continue to GitHub/);
      assert.deepEqual(await page.window.read(readPage), before_);
      await page.clickPart('link');
      await authorize(await theirWindow(page.window));
      await page.reaches('connected');
      assert.deepEqual(await page.window.read(readPage), before_);
    });
  }

  it('a web view of one window goes to the provider and comes back, and its page is never written over', async () => {
    const page = await suite.openBody(PAGE, 'user_ada');
    const { title } = await page.window.read(readPage);
    await page.window.read(replaceOpen, 'self');
    const url = await page.window.url();
    await page.clickTrigger();
    await waitUntil(async () => !(await page.window.url()).startsWith(suite.host.origin), 'the provider');
    await authorize(page.window);
    await waitUntil(async () => (await page.window.url()) === url, 'the page again');
    await page.reaches('connected');
    const now = await page.window.read(readPage);
    assert.deepEqual([now.title, now.heading], [title, 'Settings']);
    assert.deepEqual(await page.ends(), ['account-connected']);
  });
});
