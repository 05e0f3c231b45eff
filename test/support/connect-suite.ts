import { after, afterEach, before, beforeEach, it, type TestContext } from 'node:test';
import type { BrowserProfile, BrowserWindow, Engine, TestBrowser } from './browser.js';
import { type ConnectAccountPage, openConnectAccountPage } from './connect-account-page.js';
import { engineUnderTest, launchBrowser } from './launch-browser.js';
import { authorize } from './provider-window.js';
import { startTestHost, type TestHost, type TestHostOptions } from './start-test-host.js';

/** The browser, the host and the profile of the test that runs. */
export interface ConnectSuite {
  readonly host: TestHost;
  readonly profile: BrowserProfile;
  /** Replaces the host for this test. */
  startHost(options: TestHostOptions): Promise<TestHost>;
  /** Opens a page with one `<connect-account>` for Ada, who is signed in. The default attributes connect GitHub. */
  open(attributes?: string): Promise<ConnectAccountPage>;
  openUrl(url: string): Promise<ConnectAccountPage>;
  /** Opens a page with this body for a user who is signed in. */
  openBody(body: string, as: string): Promise<ConnectAccountPage>;
  /** Signs in and consents in the window that the page's last click opened. */
  finish(page: ConnectAccountPage): Promise<BrowserWindow>;
}

const GITHUB = 'user-id="user_ada" auth-config-id="ac_github"';

/** Gives each test of the calling `describe` its own host and profile, and all of them one browser. */
export function connectSuite(): ConnectSuite {
  let browser: TestBrowser;
  let host: TestHost;
  let profile: BrowserProfile;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    host = await startTestHost();
    profile = await browser.newProfile();
  });
  afterEach(async () => {
    await profile?.close();
    await host?.close();
  });
  return {
    get host() {
      return host;
    },
    get profile() {
      return profile;
    },
    startHost: async (options) => {
      await host.close();
      host = await startTestHost(options);
      return host;
    },
    open: (attributes = GITHUB) =>
      openConnectAccountPage(profile, host.page(`<connect-account ${attributes}></connect-account>`, 'user_ada')),
    openUrl: (url) => openConnectAccountPage(profile, url),
    openBody: (body, as) => openConnectAccountPage(profile, host.page(body, as)),
    finish: async (page) => {
      const popup = await page.popup();
      await authorize(popup);
      return popup;
    },
  };
}

/**
 * Defines a test of a hard case: a situation that breaks many connect widgets. The report sorts them by number.
 * @param cannotBeShown the reason, for each engine that gives a test no way to cause the case; the report shows it
 */
export function hardCase(
  number: number,
  title: string,
  run: (test: TestContext) => Promise<void>,
  cannotBeShown: Partial<Record<Engine, string>> = {},
): void {
  const why = cannotBeShown[engineUnderTest()];
  it(`${number}. ${title}`, why === undefined ? {} : { skip: why }, (test) => run(test as TestContext));
}
