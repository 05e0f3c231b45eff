import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { openConnectAccountPage } from '../support/connect-account-page.js';
import { launchBrowser } from '../support/launch-browser.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';

const RUNS = 10;

interface Measured {
  /** Time from the request for the callback page to `account-connected`, in ms. */
  readonly time: number;
  readonly statusRequests: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('an instant consent', () => {
  let browser: TestBrowser;
  let host: TestHost;
  let profile: BrowserProfile;

  before(async () => {
    browser = await launchBrowser();
    profile = await browser.newProfile();
    host = await startTestHost();
    host.emulator.knobs.hostedConsentPage = false;
    host.provider.knobs.autoConsent = 'octocat';
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });

  async function connectOnce(userId: string): Promise<Measured> {
    const body = `<connect-account user-id="${userId}" auth-config-id="ac_github"></connect-account>`;
    const page = await openConnectAccountPage(profile, host.page(body, userId));
    const before = host.requests.length;
    await page.clickTrigger();
    const { at } = await page.event('account-connected');
    const requests = host.requests.slice(before);
    await page.window.close();
    const callback = requests.find(({ method, path }) => method === 'GET' && path === '/api/connect/callback');
    assert.ok(callback, 'the callback page was loaded');
    const looks = requests.filter(({ method, path }) => method === 'GET' && /\/connected-accounts\/ca_/.test(path));
    return { time: at - callback.at, statusRequests: looks.length };
  }

  /** Returns the median time and the highest number of status requests of {@link RUNS} runs. */
  async function connectOften(): Promise<Measured> {
    const runs: Measured[] = [];
    for (let run = 1; run <= RUNS; run += 1) runs.push(await connectOnce(`user_${run}`));
    return {
      time: median(runs.map((run) => run.time)),
      statusRequests: Math.max(...runs.map((run) => run.statusRequests)),
    };
  }

  it(`an instant consent shows within 300 ms after the callback page loads, with 3 status requests at most (${RUNS} runs)`, async (test) => {
    const { time, statusRequests } = await connectOften();
    test.diagnostic(
      `from the callback page to account-connected: median ${time.toFixed(0)} ms; status requests: ${statusRequests} at most`,
    );
    assert.ok(time < 300, `${time} ms`);
    assert.ok(statusRequests <= 3, `${statusRequests} status requests`);
  });
});
