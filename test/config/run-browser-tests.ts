import { readFileSync } from 'node:fs';
import {
  defaultReporter,
  type Reporter,
  startTestRunner,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { ensureEngine } from '../support/launch-browser.js';
import { type BrowserTestOptions, browserTestConfig } from './browser-test-config.js';
import { filesToRunAgain, runsAgain } from './run-failing-again.js';
import { enginesToTest } from './run-in-engines.js';
import { sum, type TestCounts } from './test-counts.js';

/** Only Chromium emulates media. */
const EMULATES_MEDIA = /\bemulateMedia\b|\/force-colors\.js/;
/** Firefox's scroll bars take room in a narrow viewport, and WebKitGTK has none of 320 px. */
const NEEDS_NARROW_PAGES = /\bconnected-accounts-list-(?:accessibility|layout)\b/;

/** Returns true if a compiled file of mocha can only run in Chromium. */
export function needsChromium(file: string): boolean {
  return NEEDS_NARROW_PAGES.test(file) || EMULATES_MEDIA.test(readFileSync(file, 'utf8'));
}

/**
 * Runs test files of mocha in pages of each engine under test. A runner that cannot start prints the reason and exits. Files
 * that {@link needsChromium} run there only.
 */
export async function runBrowserTests(files: readonly string[], options: BrowserTestOptions): Promise<TestCounts> {
  const counts: TestCounts[] = [];
  for (const engine of enginesToTest()) {
    const chosen = engine === 'chromium' ? files : files.filter((file) => !needsChromium(file));
    if (chosen.length === 0) continue;
    ensureEngine(engine);
    counts.push(await runInEngine(chosen, { ...options, engine }));
  }
  return sum(counts);
}

async function runInEngine(files: readonly string[], options: BrowserTestOptions): Promise<TestCounts> {
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
