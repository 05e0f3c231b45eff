import type { Page } from 'puppeteer-core';
import type { BrowserWindow } from './browser.js';
import { standingPoint } from './standing-point.js';

/**
 * A window that puppeteer drives, by its own input, which the engine trusts.
 * @param read how the engine runs a script. Not `page.evaluate`, which claims a user gesture, after which no popup is blocked.
 */
export function createPuppeteerWindow(page: Page, read: BrowserWindow['read']): BrowserWindow {
  const clickAt: BrowserWindow['clickAt'] = async (x, y, times = 1) => {
    for (let click = 1; click <= times; click += 1) await page.mouse.click(x, y);
  };
  return {
    isClosed: async () => page.isClosed(),
    url: async () => page.url(),
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Not `page.goBack`, which waits for a page that the browser had kept to load, and that never happens.
    goBack: () => read(() => history.back()),
    click: async (...path) => {
      const { x, y } = await standingPoint(read, path);
      await clickAt(x, y);
    },
    clickAt,
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    focus: () => page.bringToFront(),
    read,
    close: () => page.close(),
  };
}
