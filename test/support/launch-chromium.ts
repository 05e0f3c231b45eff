import { type CDPSession, launch, type Page } from 'puppeteer-core';
import { type BrowserWindow, isHeaded, type TestBrowser } from './browser.js';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.js';
import { createProfile } from './create-profile.js';
import { stablePoint } from './stable-point.js';

/** Puppeteer switches these protections of the browser off. Our users have them. */
const KEEP_AS_USERS_HAVE_IT = [
  '--disable-popup-blocking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/**
 * Starts a headless Chromium with its popup blocker on. With `HEADED=1` its windows are shown, and `SLOW_MO` is how many
 * ms it waits before each command.
 * @param inEachDocument Runs in each document of a tab that a test opens, before its scripts. It must be self-contained.
 */
export async function launchChromium(inEachDocument?: () => void): Promise<TestBrowser> {
  const browser = await launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_FLAGS],
    headless: !isHeaded(),
    slowMo: Number(process.env['SLOW_MO'] ?? 0),
    ignoreDefaultArgs: KEEP_AS_USERS_HAVE_IT,
    defaultViewport: null,
  });
  return {
    newProfile: async () => {
      const context = await browser.createBrowserContext();
      return createProfile({
        openTab: async () => {
          const page = await context.newPage();
          if (inEachDocument) await page.evaluateOnNewDocument(inEachDocument);
          return page;
        },
        listOpen: () => context.pages(),
        createWindow: createChromiumWindow,
        close: () => context.close(),
      });
    },
    close: () => browser.close(),
  };
}

/** A window that puppeteer drives, by its own input, which the engine trusts. */
function createChromiumWindow(page: Page): BrowserWindow {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  let session: Promise<CDPSession> | undefined;
  const protocol = (): Promise<CDPSession> => {
    session ??= page.createCDPSession();
    return session;
  };
  // Not `page.evaluate`, which claims a user gesture, after which no popup is blocked.
  const read: BrowserWindow['read'] = async (script, ...args) => {
    const { result, exceptionDetails } = await (await protocol()).send('Runtime.evaluate', {
      expression: `(${script})(...${JSON.stringify(args)})`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: false,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
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
      const { x, y } = await stablePoint(read, path);
      await clickAt(x, y);
    },
    clickAt,
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    focus: () => page.bringToFront(),
    read,
    setLifecycle: async (state) => void (await (await protocol()).send('Page.setWebLifecycleState', { state })),
    problems: () => problems,
    picture: () => page.screenshot({ fullPage: true }),
    close: () => page.close(),
  };
}
