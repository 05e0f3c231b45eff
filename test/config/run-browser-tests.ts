import {
  defaultReporter,
  type Reporter,
  startTestRunner,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { type BrowserTestOptions, browserTestConfig } from './browser-test-config.js';
import { filesToRunAgain, runsAgain } from './run-failing-again.js';
import { sum, type TestCounts } from './test-counts.js';

/** Runs test files of mocha in pages of Chromium. A runner that cannot start prints the reason and exits. */
export async function runBrowserTests(files: readonly string[], options: BrowserTestOptions): Promise<TestCounts> {
  const first = await runSessions(files, options);
  const failing = first.filter((session) => countSession(session).failed > 0).map(({ testFile }) => testFile);
  const again = runsAgain() ? filesToRunAgain(failing) : [];
  if (again.length === 0) return sum(first.map(countSession));
  const second = await runSessions(again, options);
  return sum([...first.filter(({ testFile }) => !again.includes(testFile)), ...second].map(countSession));
}

function runSessions(files: readonly string[], options: BrowserTestOptions): Promise<readonly TestSession[]> {
  return new Promise((resolve, reject) => {
    const takeSessions: Reporter = { stop: ({ sessions }) => resolve([...sessions]) };
    startTestRunner({
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
      config: {
        ...browserTestConfig(options),
        files: [...files],
        reporters: [defaultReporter(), takeSessions],
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
