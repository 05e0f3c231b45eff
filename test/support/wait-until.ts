import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL = 20;

/**
 * Looks again and again until `look` answers something other than `undefined` and `false`, and answers that.
 * What `look` throws counts as "not yet": a page between two documents cannot be read.
 * @param what Names the awaited thing in the error.
 * @param timeout In ms.
 * @throws Error when the time is over.
 */
export async function waitUntil<Found>(
  look: () => Promise<Found | undefined | false> | Found | undefined | false,
  what: string,
  timeout = 10_000,
): Promise<Found> {
  const deadline = performance.now() + timeout;
  let cause: unknown;
  while (performance.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      cause = error;
    }
    await delay(INTERVAL);
  }
  throw new Error(`Waited ${timeout} ms in vain: ${what}.`, { cause });
}
