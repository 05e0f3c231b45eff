import type { BrowserLauncher } from '@web/test-runner';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { launchFirefox } from '../support/launch-firefox.js';
import { launchWebKit } from '../support/launch-webkit.js';

const ENGINES = {
  firefox: { name: 'Firefox', launch: launchFirefox },
  webkit: { name: 'WebKitGTK', launch: launchWebKit },
};

/**
 * Runs the pages of web-test-runner in an engine for which it has no launcher, each in a profile of its own. One at a time,
 * because only the tab in front is visible and drawn, and has timers that are on time.
 */
export function engineLauncher(engine: keyof typeof ENGINES): BrowserLauncher {
  const { name, launch } = ENGINES[engine];
  const pages = new Map<string, { readonly url: string; readonly profile: BrowserProfile }>();
  let browser: TestBrowser | undefined;
  const startSession = async (id: string, url: string): Promise<void> => {
    // As in Chromium, where puppeteer switches the blocker off: a test of a page cannot click as a user does.
    browser ??= await launch({ blocksPopups: false });
    const profile = await browser.newProfile();
    pages.set(id, { url, profile });
    await profile.open(url);
  };
  return {
    name,
    type: engine,
    concurrency: 1,
    startSession,
    startDebugSession: startSession,
    isActive: (id) => pages.has(id),
    getBrowserUrl: (id) => pages.get(id)?.url,
    stopSession: async (id) => {
      const page = pages.get(id);
      pages.delete(id);
      await page?.profile.close();
      return {};
    },
    stop: async () => browser?.close(),
  };
}
