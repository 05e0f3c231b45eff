import { once } from 'node:events';
import { launch } from 'puppeteer-core';
import type { Client, remote } from 'webdriver';
import { type BrowserWindow, isHeaded, type TestBrowser } from './browser.js';
import { createProfile } from './create-profile.js';
import { ensureProgram, type Program } from './ensure-program.js';
import { waitUntil } from './wait-until.js';
import { createWebDriverInput, loadWebDriver } from './webdriver-page.js';

const FIREFOX: Program = {
  title: 'Firefox',
  names: ['firefox-esr', 'firefox'],
  variable: 'FIREFOX_PATH',
  debianPackage: 'firefox-esr',
};

/** The longest command loads a page. */
const MAX_ANSWER_MS = 60_000;

/**
 * Path of the Firefox to test with: `FIREFOX_PATH`, else the first on `PATH`, else that of Debian, installed if we may.
 * @throws Error that says how to install one.
 */
export function ensureFirefox(): string {
  return ensureProgram(FIREFOX);
}

/** Starts a headless Firefox, driven by WebDriver BiDi, with its popup blocker on unless told otherwise. */
export async function launchFirefox({ blocksPopups = true } = {}): Promise<TestBrowser> {
  const { endpoint, exit } = await startFirefox(blocksPopups);
  const client = await connectTo(endpoint);
  return {
    newProfile: async () => {
      const { userContext } = await client.browserCreateUserContext({});
      return createProfile({
        openTab: async () => (await client.browsingContextCreate({ type: 'tab', userContext })).context,
        listOpen: async () => {
          const { contexts } = await client.browsingContextGetTree({ maxDepth: 0 });
          return contexts.filter((tab) => tab.userContext === userContext).map(({ context }) => context);
        },
        createWindow: (context) => createFirefoxWindow(context, client),
        close: async () => void (await client.browserRemoveUserContext({ userContext })),
      });
    },
    close: async () => {
      await client.browserClose({});
      await exit;
    },
  };
}

/**
 * Starts a Firefox that nothing drives yet. Puppeteer makes its profile, and removes it afterwards. It does no more here:
 * it runs every script with the claim of a user gesture, after which no popup is blocked, and Firefox has one session.
 */
async function startFirefox(
  blocksPopups: boolean,
): Promise<{ readonly endpoint: string; readonly exit: Promise<unknown> }> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: ensureFirefox(),
    headless: !isHeaded(),
    // Puppeteer switches the popup blocker off. Our users have it.
    extraPrefsFirefox: { 'dom.disable_open_during_load': blocksPopups },
    defaultViewport: null,
  });
  const process = browser.process();
  if (process === null) throw new Error('Puppeteer started no process.');
  const endpoint = browser.wsEndpoint();
  await browser.disconnect();
  return { endpoint, exit: once(process, 'exit') };
}

/** Opens a session without a driver between: Firefox speaks BiDi itself. */
async function connectTo(endpoint: string): Promise<Client> {
  const WebDriver = await loadWebDriver();
  const client = WebDriver.attachToSession({
    // It gets its id from `session.new`, which is sent by the socket and needs none.
    sessionId: '',
    // As `object`: the types know the boolean of a request only.
    capabilities: { webSocketUrl: endpoint } as object,
    bidiResponseTimeout: MAX_ANSWER_MS,
  });
  await waitUntil(() => client.isBidi, 'Firefox takes the connection');
  await client.sessionNew({ capabilities: {} });
  return client;
}

function createFirefoxWindow(context: string, client: Client): BrowserWindow {
  const perform = async (actions: remote.InputSourceActions[]) =>
    void (await client.inputPerformActions({ context, actions }));
  const input = createWebDriverInput({
    evaluate: async (expression) => {
      const answer = await client.scriptEvaluate({
        expression,
        target: { context },
        awaitPromise: true,
        userActivation: false,
      });
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
      return 'value' in answer.result ? answer.result.value : undefined;
    },
    perform,
  });
  return {
    ...input,
    perform,
    resize: async (width, height) =>
      void (await client.browsingContextSetViewport({ context, viewport: { width, height } })),
    isClosed: async () => {
      const { contexts } = await client.browsingContextGetTree({ maxDepth: 0 });
      return !contexts.some((tab) => tab.context === context);
    },
    url: async () => {
      const { contexts } = await client.browsingContextGetTree({ root: context, maxDepth: 0 });
      return contexts[0]?.url ?? '';
    },
    goto: async (url) => void (await client.browsingContextNavigate({ context, url, wait: 'complete' })),
    reload: async () => void (await client.browsingContextReload({ context, wait: 'complete' })),
    goBack: async () => void (await client.browsingContextTraverseHistory({ context, delta: -1 })),
    focus: async () => void (await client.browsingContextActivate({ context })),
    close: async () => void (await client.browsingContextClose({ context })),
  };
}
