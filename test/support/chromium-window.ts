import type { CDPSession, Page } from 'puppeteer-core';
import type { BrowserWindow } from './browser.js';
import { waitUntil } from './wait-until.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A window of Chromium, read without a user gesture. */
export async function createChromiumWindow(page: Page): Promise<BrowserWindow> {
  // Not `page.evaluate`: it passes `userGesture: true`, after which no popup is blocked.
  const session = await page.createCDPSession();
  const read: BrowserWindow['read'] = (script, ...args) => evaluate(session, `(${script})(...${JSON.stringify(args)})`);
  return {
    get isClosed() {
      return page.isClosed();
    },
    url: () => page.url(),
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    click: async (...path) => {
      const { x, y, width, height } = await standingBox(
        () => read(findBox, path),
        `${path.join(' → ')} in ${page.url()}`,
      );
      await page.mouse.click(x + width / 2, y + height / 2);
    },
    read,
    close: () => page.close(),
  };
}

async function evaluate<Result>(session: CDPSession, expression: string): Promise<Result> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
    userGesture: false,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Waits until the element has the same box twice in a row. */
async function standingBox(measure: () => Promise<Box | null>, what: string): Promise<Box> {
  let last: string | undefined;
  return waitUntil(async () => {
    const box = await measure();
    const now = JSON.stringify(box);
    const stands = now === last;
    last = now;
    return box !== null && stands && box;
  }, what);
}

/** Runs in the page. */
function findBox(path: readonly string[]): Box | null {
  let scope: ParentNode = document;
  let element: Element | null = null;
  for (const selector of path) {
    element = scope.querySelector(selector);
    if (element === null) return null;
    scope = element.shadowRoot ?? element;
  }
  if (element === null || !element.checkVisibility()) return null;
  element.scrollIntoView({ block: 'nearest' });
  const { x, y, width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
