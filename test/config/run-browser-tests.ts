import {
  defaultReporter,
  type Reporter,
  startTestRunner,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { type BrowserTestOptions, browserTestConfig } from './browser-test-config.js';
import { sum, type TestCounts } from './test-counts.js';

/** Runs test files of mocha in pages of Chromium. A runner that cannot start prints the reason and exits. */
export function runBrowserTests(files: readonly string[], options: BrowserTestOptions): Promise<TestCounts> {
  return new Promise((resolve, reject) => {
    const countTests: Reporter = { stop: ({ sessions }) => resolve(sum(sessions.map(countSession))) };
    startTestRunner({
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
      config: {
        ...browserTestConfig(options),
        files: [...files],
        reporters: [defaultReporter(), countTests],
        staticLogging: true,
      },
    }).catch(reject);
  });
}

/** Reruns the files at each change, with the menu of web-test-runner, until the user quits. */
export async function watchBrowserTests(files: readonly string[], options: BrowserTestOptions): Promise<void> {
  const config = { ...browserTestConfig(options), files: [...files], watch: true };
  await startTestRunner({ readCliArgs: false, readFileConfig: false, config });
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
