import {
  chromeLauncher,
  defaultReporter,
  type Reporter,
  startTestRunner,
  type TestRunnerConfig,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { CHROMIUM_FLAGS } from '../support/chromium.js';
import { forceColorsPlugin } from './force-colors-plugin.js';
import { sum, type TestCounts } from './test-counts.js';

/** Runs test files of mocha in pages of Chromium. When the runner cannot start, it says why and ends the process. */
export function runBrowserTests(files: string[], executablePath: string): Promise<TestCounts> {
  return new Promise((resolve, reject) => {
    const countTests: Reporter = { stop: ({ sessions }) => resolve(sum(sessions.map(countSession))) };
    startTestRunner({
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
      config: { ...runnerConfig(executablePath), files, reporters: [defaultReporter(), countTests] },
    }).catch(reject);
  });
}

function runnerConfig(executablePath: string): TestRunnerConfig {
  return {
    hostname: 'localhost',
    nodeResolve: true,
    concurrency: 2,
    browsers: [
      chromeLauncher({
        launchOptions: { executablePath, args: [...CHROMIUM_FLAGS] },
        // In one context only the page in front would be visible and drawn, and all would share storage and channels.
        createPage: async ({ context }) => (await context.browser().createBrowserContext()).newPage(),
      }),
    ],
    plugins: [forceColorsPlugin()],
    testFramework: { config: { timeout: 5000, forbidOnly: true } },
    filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
    staticLogging: true,
  };
}

/** A file that broke outside its tests, at import for one, counts as a failed test of its own. */
function countSession({ passed, testResults, errors }: TestSession): TestCounts {
  const counts = testResults === undefined ? sum([]) : countSuite(testResults);
  const broken = errors.length > 0 || (!passed && counts.failed === 0);
  return broken ? { ...counts, failed: counts.failed + 1 } : counts;
}

function countSuite({ tests, suites }: TestSuiteResult): TestCounts {
  const ran = tests.filter(({ skipped }) => !skipped);
  const passed = ran.filter((test) => test.passed).length;
  return sum([{ passed, failed: ran.length - passed }, ...suites.map(countSuite)]);
}
