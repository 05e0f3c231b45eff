import {
  type BrowserLauncher,
  chromeLauncher,
  type TestRunnerConfig,
  type TestRunnerGroupConfig,
} from '@web/test-runner';
import type { Engine } from '../support/browser.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { chooseTests, compiledFiles } from './choose-tests.js';
import { engineLauncher } from './engine-launcher.js';
import { forceColorsPlugin } from './force-colors-plugin.js';
import { onlyTitlePlugin } from './only-title-plugin.js';

export interface BrowserTestOptions {
  /** Default: Chromium. */
  readonly engine?: Engine;
  /** Runs only tests with this text in their full name. */
  readonly title?: string | undefined;
  /** Shows the browser with its developer tools, and runs one file at a time without time limits. */
  readonly isHeaded?: boolean;
}

/** Long enough for a slow machine of CI. */
const TEST_TIMEOUT_MS = 20_000;
/** Long enough to stop at breakpoints. */
const HEADED_FILE_TIMEOUT_MS = 60 * 60_000;

/** Returns the configuration of web-test-runner without files: mocha tests in pages of an engine. */
export function browserTestConfig(options: BrowserTestOptions = {}): TestRunnerConfig {
  const { engine = 'chromium', title, isHeaded = false } = options;
  return {
    hostname: 'localhost',
    nodeResolve: true,
    concurrency: isHeaded ? 1 : 2,
    browsers: [engine === 'chromium' ? chromiumLauncher(isHeaded) : engineLauncher(engine)],
    plugins: [forceColorsPlugin(), ...(title === undefined ? [] : [onlyTitlePlugin(title)])],
    testFramework: { config: { timeout: isHeaded ? 0 : TEST_TIMEOUT_MS, forbidOnly: true } },
    ...(isHeaded && { testsFinishTimeout: HEADED_FILE_TIMEOUT_MS }),
    filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  };
}

function chromiumLauncher(isHeaded: boolean): BrowserLauncher {
  return chromeLauncher({
    launchOptions: {
      executablePath: ensureChromium(),
      args: [...CHROMIUM_FLAGS],
      headless: !isHeaded,
      devtools: isHeaded,
    },
    // In one context only the page in front would be visible and drawn, and all would share storage and channels.
    createPage: async ({ context }) => (await context.browser().createBrowserContext()).newPage(),
  });
}

/** Returns a group for each suite that runs in pages: `--group elements`. */
export function browserTestGroups(): TestRunnerGroupConfig[] {
  const suites = chooseTests([]).filter(({ place }) => place === 'page');
  return suites.map((suite) => ({ name: suite.name, files: compiledFiles(suite) }));
}
