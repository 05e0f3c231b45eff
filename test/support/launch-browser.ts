import { ENGINES, type Engine, type TestBrowser } from './browser.js';
import { ensureChromium } from './chromium.js';
import { launchChromium } from './launch-chromium.js';
import { ensureFirefox, launchFirefox } from './launch-firefox.js';
import { ensureWebKit, launchWebKit } from './launch-webkit.js';

const LAUNCHERS: Readonly<Record<Engine, () => Promise<TestBrowser>>> = {
  chromium: launchChromium,
  firefox: launchFirefox,
  webkit: launchWebKit,
};

const INSTALLERS: Readonly<Record<Engine, () => void>> = {
  chromium: ensureChromium,
  firefox: ensureFirefox,
  webkit: ensureWebKit,
};

/**
 * Sees to it that an engine is there, and installs it if we may.
 * @throws Error that says how to install it.
 */
export function ensureEngine(engine: Engine): void {
  INSTALLERS[engine]();
}

/**
 * The engine that the variable `BROWSER` names; Chromium unless set.
 * @throws Error when it names another one.
 */
export function engineUnderTest(): Engine {
  const { BROWSER = 'chromium' } = process.env;
  const engine = ENGINES.find((known) => known === BROWSER);
  if (engine === undefined) throw new Error(`BROWSER is "${BROWSER}": use one of ${ENGINES.join(', ')}.`);
  return engine;
}

/** Starts the engine under test, with its popup blocker on. */
export function launchBrowser(): Promise<TestBrowser> {
  return LAUNCHERS[engineUnderTest()]();
}
