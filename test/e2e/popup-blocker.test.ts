import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startHttpServer } from '../../demo/start-http-server.js';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { launchBrowser } from '../support/launch-browser.js';
import { waitUntil } from '../support/wait-until.js';

const PAGE = '<!doctype html><title>Test</title><button onclick="opened = window.open(\'about:blank\')">Open</button>';

describe('the browser of these tests', () => {
  let browser: TestBrowser;
  let profile: BrowserProfile;
  let server: Awaited<ReturnType<typeof startHttpServer>>;

  before(async () => {
    server = await startHttpServer(
      () => (_request, response) => response.setHeader('content-type', 'text/html').end(PAGE),
      {
        host: 'localhost',
      },
    );
    browser = await launchBrowser();
    profile = await browser.newProfile();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it('the browser blocks a window that no user gesture asked for', async () => {
    const window = await profile.open(server.origin);
    assert.equal(await window.read(() => open('about:blank') === null), true);
  });

  it('the browser opens a window in a click', async () => {
    const window = await profile.open(server.origin);
    const before = (await profile.windows()).length;
    await window.click('button');
    await waitUntil(async () => (await profile.windows()).length === before + 1, 'the window');
    assert.equal(await window.read(() => (globalThis as { opened?: unknown }).opened === null), false);
  });
});
