import { type Browser, launch, type Page } from 'puppeteer-core';
import type { BrowserWindow, TestBrowser } from './browser.js';
import { ensureProgram, type Program } from './ensure-program.js';
import { createPuppeteerProfile } from './puppeteer-profile.js';
import { createPuppeteerWindow } from './puppeteer-window.js';

const FIREFOX: Program = {
  title: 'Firefox',
  names: ['firefox-esr', 'firefox'],
  variable: 'FIREFOX_PATH',
  debianPackage: 'firefox-esr',
};

/** Puppeteer switches the popup blocker off. Our users have it. */
const KEEP_AS_USERS_HAVE_IT = { 'dom.disable_open_during_load': true };

/**
 * Path of the Firefox to test with: `FIREFOX_PATH`, else the first on `PATH`, else that of Debian, installed if we may.
 * @throws Error that says how to install one.
 */
export function ensureFirefox(): string {
  return ensureProgram(FIREFOX);
}

/** Starts a headless Firefox, by WebDriver BiDi, with its popup blocker on. */
export async function launchFirefox(): Promise<TestBrowser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: ensureFirefox(),
    extraPrefsFirefox: KEEP_AS_USERS_HAVE_IT,
    defaultViewport: null,
  });
  const { connection } = browser as Browser & BidiBrowser;
  return {
    newProfile: async () =>
      createPuppeteerProfile(await browser.createBrowserContext(), (page) => createFirefoxWindow(page, connection)),
    close: () => browser.close(),
  };
}

/** What puppeteer has and does not show: it offers no way to run a script without the claim of a user gesture. */
interface BidiBrowser {
  readonly connection: BidiConnection;
}

interface BidiConnection {
  send(method: 'script.evaluate', parameters: object): Promise<{ readonly result: EvaluateResult }>;
}

/** @see https://www.w3.org/TR/webdriver-bidi/#type-script-EvaluateResult */
type EvaluateResult =
  | { readonly type: 'success'; readonly result: { readonly type: string; readonly value?: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

async function createFirefoxWindow(page: Page, connection: BidiConnection): Promise<BrowserWindow> {
  const { _id: context } = page.mainFrame() as unknown as { readonly _id: string };
  return createPuppeteerWindow(page, async (script, ...args) => {
    const { result: answer } = await connection.send('script.evaluate', {
      // As text: BiDi writes objects and lists in a form of its own.
      expression: `(async () => JSON.stringify(await (${script})(...${JSON.stringify(args)})))()`,
      target: { context },
      awaitPromise: true,
      userActivation: false,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
  });
}
