import { launch, type Page } from 'puppeteer-core';
import type { BrowserWindow, TestBrowser } from './browser.js';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.js';
import { createPuppeteerProfile } from './puppeteer-profile.js';
import { createPuppeteerWindow } from './puppeteer-window.js';

/** Puppeteer switches these protections of the browser off. Our users have them. */
const KEEP_AS_USERS_HAVE_IT = [
  '--disable-popup-blocking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** Starts a headless Chromium with its popup blocker on. */
export async function launchChromium(): Promise<TestBrowser> {
  const browser = await launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_FLAGS],
    ignoreDefaultArgs: KEEP_AS_USERS_HAVE_IT,
    defaultViewport: null,
  });
  return {
    newProfile: async () => createPuppeteerProfile(await browser.createBrowserContext(), createChromiumWindow),
    close: () => browser.close(),
  };
}

async function createChromiumWindow(page: Page): Promise<BrowserWindow> {
  const session = await page.createCDPSession();
  const window = createPuppeteerWindow(page, async (script, ...args) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `(${script})(...${JSON.stringify(args)})`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: false,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  });
  return {
    ...window,
    setLifecycle: async (state) => void (await session.send('Page.setWebLifecycleState', { state })),
  };
}
