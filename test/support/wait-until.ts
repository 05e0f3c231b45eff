import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 20;
/** Long enough for a slow machine of CI, and shorter than the 30 s between polls of a hidden page. */
const DEFAULT_TIMEOUT_MS = 20_000;

/**
 * Calls `look` until it returns something other than `undefined` and `false`, and returns that.
 * An error of `look` counts as "not yet", because a page between two documents cannot be read.
 * @param what The awaited condition, for the error.
 * @param timeout Time limit in ms. Default 20 s.
 * @throws Error after the time limit.
 */
export async function waitUntil<Found>(
  look: () => Promise<Found | undefined | false> | Found | undefined | false,
  what: string,
  timeout = DEFAULT_TIMEOUT_MS,
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
    await delay(INTERVAL_MS);
  }
  throw new Error(`Waited ${timeout} ms in vain: ${what}.`, { cause });
}
