import { ensureProgram, type Program } from './ensure-program.js';

/** Flags for a quiet browser without calls to the outside, which can run as root in a container. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // With each window, Chromium starts processes for the list below its address bar, and one in reserve. No test needs them,
  // and a start is the most expensive part of a short test.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess',
];

const CHROMIUM: Program = {
  title: 'Chromium',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROME_PATH',
  debianPackage: 'chromium',
};

/**
 * Returns the path of the Chromium to test with: `CHROME_PATH`, the first on `PATH`, or Debian's, installed if
 * permitted.
 * @throws Error that says how to install one.
 */
export function ensureChromium(): string {
  return ensureProgram(CHROMIUM);
}
