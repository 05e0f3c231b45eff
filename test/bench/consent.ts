import { type ConnectLatency, measureConnects } from '../support/connect-latency.js';
import { launchBrowser } from '../support/launch-browser.js';
import { startTestHost } from '../support/start-test-host.js';
import type { Figure } from './figure.js';

const RUNS = 10;
const MAX_TIME_MS = 300;
const MAX_STATUS_REQUESTS = 3;

/** The pages: the second one cuts the tie to the window that it opens. */
const PAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an ordinary page': {},
  'a page with COOP': { 'cross-origin-opener-policy': 'same-origin' },
};

/** Measures how long after the consent the element knows, and how many requests for the status that takes. */
export async function measureConsent(): Promise<Figure[]> {
  const browser = await launchBrowser();
  const figures: Figure[] = [];
  try {
    for (const [name, pageHeaders] of Object.entries(PAGES)) {
      const host = await startTestHost({ pageHeaders });
      const profile = await browser.newProfile();
      figures.push(...consentFigures(name, await measureConnects(host, profile, RUNS)));
      await profile.close();
      await host.close();
    }
  } finally {
    await browser.close();
  }
  return figures;
}

function consentFigures(name: string, { time, statusRequests }: ConnectLatency): Figure[] {
  return [
    {
      name: `from the callback page to account-connected, ${name} (median of ${RUNS})`,
      value: `${time.toFixed(0)} ms`,
      bound: `${MAX_TIME_MS} ms`,
      holds: time <= MAX_TIME_MS,
    },
    {
      name: `status requests of that, ${name}`,
      value: `${statusRequests}`,
      bound: `${MAX_STATUS_REQUESTS}`,
      holds: statusRequests <= MAX_STATUS_REQUESTS,
    },
  ];
}
