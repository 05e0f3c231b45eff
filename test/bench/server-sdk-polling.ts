import { setTimeout as delay } from 'node:timers/promises';
import { Composio } from '@composio/core';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/**
 * Measures the same waiting without the handler: the SDK's `connectedAccounts.get` polls once a second for each user.
 *
 * @returns the requests that upstream received in a minute, for each number of users. Fewer than one per user and
 *   second means that this machine could not send more.
 */
export function measureSdkPolling(counts: readonly number[]): Promise<number[]> {
  return Promise.all(counts.map(pollForOneMinute));
}

async function pollForOneMinute(count: number): Promise<number> {
  const emulator = await startEmulator();
  try {
    const composio = createSdk(emulator);
    const end = performance.now() + MINUTE_MS;
    await Promise.all(Array.from({ length: count }, (_, index) => poll(composio, addWaiting(emulator, index), end)));
    return emulator.requests.length;
  } finally {
    await emulator.close();
  }
}

function createSdk({ apiKey, origin }: Emulator): Composio {
  return new Composio({ apiKey, baseURL: origin, allowTracking: false, disableVersionCheck: true });
}

function addWaiting(emulator: Emulator, index: number): string {
  return emulator.accounts.add({ userId: `user_${index}`, authConfigId: 'ac_github', status: 'INITIATED' }).id;
}

async function poll(composio: Composio, id: string, end: number): Promise<void> {
  let due = performance.now() + Math.random() * SECOND_MS;
  while (due < end) {
    await delay(due - performance.now());
    await composio.connectedAccounts.get(id);
    due = Math.max(due + SECOND_MS, performance.now());
  }
}
