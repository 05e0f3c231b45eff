import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MENDS =
  'No Chromium was found: install one (Debian: `apt-get install chromium`), or set CHROME_PATH to the program of a Chrome or Chromium.';

/** Path of the Chromium to test with: `CHROME_PATH`, else the first on `PATH`. */
export function findChromium(): string | undefined {
  const { CHROME_PATH, PATH = '' } = process.env;
  if (CHROME_PATH) return CHROME_PATH;
  const candidates = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return candidates.find((candidate) => existsSync(candidate));
}

/**
 * Path of a Chromium, installed from Debian's packages when there is none and we may.
 * @throws Error that says how to install one.
 */
export function ensureChromium(): string {
  const path = findChromium() ?? (installChromium() ? findChromium() : undefined);
  if (path === undefined) throw new Error(MENDS);
  return path;
}

function installChromium(): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
  if (!run([...asRoot, 'apt-get', '--version'])) return false;
  console.log('No Chromium was found: installing that of Debian.');
  const aptGet = [...asRoot, 'apt-get', '--quiet=2'];
  return run([...aptGet, 'update']) && run([...aptGet, 'install', '--yes', '--no-install-recommends', 'chromium']);
}

function run([program = '', ...args]: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}
