import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { measureConnects } from '../support/connect-latency.js';
import { launchBrowser } from '../support/launch-browser.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';

const RUNS = 10;

describe('an instant consent', () => {
  let browser: TestBrowser;
  let host: TestHost;
  let profile: BrowserProfile;

  before(async () => {
    browser = await launchBrowser();
    profile = await browser.newProfile();
    host = await startTestHost();
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });

  it(`an instant consent shows within 300 ms after the callback page loads, with 3 status requests at most (${RUNS} runs)`, async (test) => {
    const { time, statusRequests } = await measureConnects(host, profile, RUNS);
    test.diagnostic(
      `from the callback page to account-connected: median ${time.toFixed(0)} ms; status requests: ${statusRequests} at most`,
    );
    assert.ok(time < 300, `${time} ms`);
    assert.ok(statusRequests <= 3, `${statusRequests} status requests`);
  });
});
