import { chromeLauncher, type TestRunnerConfig, type TestRunnerGroupConfig } from '@web/test-runner';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { chooseTests, compiledFiles } from './choose-tests.js';
import { forceColorsPlugin } from './force-colors-plugin.js';
import { onlyTitlePlugin } from './only-title-plugin.js';

export interface BrowserTestOptions {
  /** Only tests whose full name has this in it. */
  readonly title?: string | undefined;
  /** In a window that can be seen, with the developer tools open, one file at a time and without a time limit. */
  readonly isHeaded?: boolean;
}

/** ms. */
const TEST_TIMEOUT = 10_000;
/** ms. Time to stop at a breakpoint. */
const HEADED_FILE_TIMEOUT = 60 * 60_000;

/** How web-test-runner runs tests of mocha in pages of Chromium. What it runs is for its caller to say. */
export function browserTestConfig({ title, isHeaded = false }: BrowserTestOptions = {}): TestRunnerConfig {
  return {
    hostname: 'localhost',
    nodeResolve: true,
    concurrency: isHeaded ? 1 : 2,
    browsers: [
      chromeLauncher({
        launchOptions: {
          executablePath: ensureChromium(),
          args: [...CHROMIUM_FLAGS],
          headless: !isHeaded,
          devtools: isHeaded,
        },
        // In one context only the page in front would be visible and drawn, and all would share storage and channels.
        createPage: async ({ context }) => (await context.browser().createBrowserContext()).newPage(),
      }),
    ],
    plugins: [forceColorsPlugin(), ...(title === undefined ? [] : [onlyTitlePlugin(title)])],
    testFramework: { config: { timeout: isHeaded ? 0 : TEST_TIMEOUT, forbidOnly: true } },
    ...(isHeaded && { testsFinishTimeout: HEADED_FILE_TIMEOUT }),
    filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  };
}

/** A group for each suite: `--group elements`. */
export function browserTestGroups(): TestRunnerGroupConfig[] {
  const suites = chooseTests([]).filter(({ place }) => place === 'page');
  return suites.map((suite) => ({ name: suite.name, files: compiledFiles(suite) }));
}
