import { type BrowserContext, launch, type Page, TargetType } from 'puppeteer-core';
import type { BrowserProfile, BrowserWindow, TestBrowser } from './browser.js';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.js';
import { createChromiumWindow } from './chromium-window.js';

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
    newProfile: async () => createProfile(await browser.createBrowserContext()),
    close: () => browser.close(),
  };
}

function createProfile(context: BrowserContext): BrowserProfile {
  const windows = new Map<Page, Promise<BrowserWindow>>();
  const ready: BrowserWindow[] = [];
  const adopt = (page: Page): Promise<BrowserWindow> => {
    const known = windows.get(page);
    if (known !== undefined) return known;
    const added = createChromiumWindow(page).then((window) => {
      ready.push(window);
      return window;
    });
    windows.set(page, added);
    return added;
  };
  context.on('targetcreated', (target) => {
    if (target.type() !== TargetType.PAGE) return;
    // A window that was closed again before we looked is no failure.
    target
      .page()
      .then((page) => page && adopt(page))
      .catch(() => undefined);
  });
  return {
    open: async (url) => {
      const window = await adopt(await context.newPage());
      await window.goto(url);
      return window;
    },
    windows: () => ready.filter((window) => !window.isClosed),
    close: () => context.close(),
  };
}
