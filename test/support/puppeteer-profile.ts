import { type BrowserContext, type Page, TargetType } from 'puppeteer-core';
import type { BrowserProfile, BrowserWindow } from './browser.js';

/** A profile that puppeteer drives. Windows that pages open are adopted as they come. */
export function createPuppeteerProfile(
  context: BrowserContext,
  createWindow: (page: Page) => Promise<BrowserWindow>,
): BrowserProfile {
  const windows = new Map<Page, Promise<BrowserWindow>>();
  const ready = new Map<BrowserWindow, Page>();
  const adopt = (page: Page): Promise<BrowserWindow> => {
    const known = windows.get(page);
    if (known !== undefined) return known;
    const added = createWindow(page).then((window) => {
      ready.set(window, page);
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
    windows: async () => [...ready].filter(([, page]) => !page.isClosed()).map(([window]) => window),
    close: () => context.close(),
  };
}
