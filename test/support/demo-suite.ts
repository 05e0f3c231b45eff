import { after, afterEach, before, beforeEach } from 'node:test';
import { type Demo, startDemo } from '../../demo/start-demo.js';
import type { BrowserProfile, TestBrowser } from './browser.js';
import { launchBrowser } from './launch-browser.js';

/** The demo and a browser, and a profile for each test. */
export interface DemoSuite {
  readonly demo: Demo;
  readonly browser: TestBrowser;
  readonly profile: BrowserProfile;
}

/** Starts the demo and a browser for the tests of the `describe` that calls it. */
export function demoSuite(): DemoSuite {
  const suite = {} as { -readonly [Name in keyof DemoSuite]: DemoSuite[Name] };
  before(async () => {
    suite.demo = await startDemo();
    suite.browser = await launchBrowser();
  });
  after(async () => {
    await suite.browser?.close();
    await suite.demo?.close();
  });
  beforeEach(async () => {
    suite.profile = await suite.browser.newProfile();
  });
  afterEach(() => suite.profile?.close());
  return suite;
}
