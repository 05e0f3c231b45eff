import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { authorize } from '../../support/provider-window.js';
import type { TestHost, TestHostOptions } from '../../support/start-test-host.js';
import { waitUntil } from '../../support/wait-until.js';

const SAME_ORIGIN = { 'cross-origin-opener-policy': 'same-origin' };

interface Case {
  readonly number: number;
  readonly where: string;
  readonly options?: TestHostOptions;
  readonly provider?: TestHost['provider']['knobs']['crossOriginOpenerPolicy'];
  readonly hosted?: string;
}

const CASES: readonly Case[] = [
  { number: 12, where: 'same-origin on the sign-in page', provider: { login: 'same-origin' } },
  {
    number: 12,
    where: 'same-origin-allow-popups on the sign-in page',
    provider: { login: 'same-origin-allow-popups' },
  },
  { number: 12, where: 'noopener-allow-popups on the sign-in page', provider: { login: 'noopener-allow-popups' } },
  { number: 12, where: 'same-origin on the consent page', provider: { consent: 'same-origin' } },
  { number: 12, where: 'same-origin on a redirect of the provider', provider: { authorize: 'same-origin' } },
  { number: 12, where: 'same-origin on the hosted link page', hosted: 'same-origin' },
  { number: 18, where: 'same-origin on the page of the host', options: { pageHeaders: SAME_ORIGIN } },
  {
    number: 18,
    where: 'same-origin and require-corp on the page of the host',
    options: { pageHeaders: { ...SAME_ORIGIN, 'cross-origin-embedder-policy': 'require-corp' } },
  },
  { number: 19, where: 'same-origin on the callback page', options: { callbackHeaders: SAME_ORIGIN } },
];

/** This header makes an open window read as closed for good and severs its opener. */
describe('a Cross-Origin-Opener-Policy', () => {
  const suite = connectSuite();

  for (const { number, where, options = {}, provider = {}, hosted } of CASES) {
    hardCase(number, `a Cross-Origin-Opener-Policy of ${where} prevents no connection`, async () => {
      const host = await suite.startHost(options);
      host.provider.knobs.crossOriginOpenerPolicy = provider;
      host.emulator.knobs.crossOriginOpenerPolicy = hosted;
      const page = await suite.open();
      await page.clickTrigger();
      const popup = await page.popup();
      await authorize(popup);
      await page.event('account-connected');
      await waitUntil(() => popup.isClosed(), 'the callback page closes its window');
      assert.deepEqual(await page.ends(), ['account-connected']);
      assert.deepEqual(await page.problems(), []);
    });
  }

  hardCase(12, 'a window that only reads as closed ends nothing, and a late ACTIVE still connects', async () => {
    suite.host.provider.knobs.crossOriginOpenerPolicy = { login: 'same-origin' };
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(() => document.querySelector('[name="login"]') !== null), 'the provider');
    await page.window.focus();
    await waitUntil(async () => /Window closed\?/.test(await page.text()), 'the question');
    assert.deepEqual(await page.ends(), []);

    await authorize(popup);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
  });

  hardCase(19, 'the callback page sends no Cross-Origin-Opener-Policy', async () => {
    const { headers } = await fetch(`${suite.host.origin}/api/connect/callback`);
    assert.equal(headers.get('cross-origin-opener-policy'), null);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });
});
