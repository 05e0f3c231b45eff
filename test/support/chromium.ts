import { ensureProgram, type Program } from './ensure-program.js';

/** Quiet, without a call to the outside, and able to run as root in a container. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

const CHROMIUM: Program = {
  title: 'Chromium',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROME_PATH',
  debianPackage: 'chromium',
};

/**
 * Path of the Chromium to test with: `CHROME_PATH`, else the first on `PATH`, else that of Debian, installed if we may.
 * @throws Error that says how to install one.
 */
export function ensureChromium(): string {
  return ensureProgram(CHROMIUM);
}
