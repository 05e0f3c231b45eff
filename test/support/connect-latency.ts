import type { BrowserProfile } from './browser.js';
import { openConnectAccountPage } from './connect-account-page.js';
import type { TestHost } from './start-test-host.js';

/** How the element learned of a connection whose user consents at once. */
export interface ConnectLatency {
  /** Time from the request for the callback page to `account-connected`, in ms: the median. */
  readonly time: number;
  /** The most requests for the status of the account in one run. */
  readonly statusRequests: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Connects this many new users by popup, one after the other. The provider of the host consents by itself. */
export async function measureConnects(host: TestHost, profile: BrowserProfile, runs: number): Promise<ConnectLatency> {
  host.provider.knobs.autoConsent = 'octocat';
  const measured: ConnectLatency[] = [];
  for (let run = 1; run <= runs; run += 1) measured.push(await connectOnce(host, profile, `user_${run}`));
  return {
    time: median(measured.map(({ time }) => time)),
    statusRequests: Math.max(...measured.map(({ statusRequests }) => statusRequests)),
  };
}

async function connectOnce(host: TestHost, profile: BrowserProfile, userId: string): Promise<ConnectLatency> {
  const body = `<connect-account user-id="${userId}" auth-config-id="ac_github"></connect-account>`;
  const page = await openConnectAccountPage(profile, host.page(body, userId));
  const before = host.requests.length;
  await page.clickTrigger();
  const { at } = await page.event('account-connected');
  const requests = host.requests.slice(before);
  await page.window.close();
  const callback = requests.find(({ method, path }) => method === 'GET' && path === '/api/connect/callback');
  if (!callback) throw new Error('The callback page was not loaded.');
  const looks = requests.filter(({ method, path }) => method === 'GET' && /\/connected-accounts\/ca_/.test(path));
  return { time: at - callback.at, statusRequests: looks.length };
}
