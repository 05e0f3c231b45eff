import { sha256 } from '../../core/model/crypto.js';
import { RequestError } from '../http/errors.js';
import type { DistributedLock } from '../store/distributed-lock.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

const WINDOW_MS = 60_000;
/** ms. A look and a write. */
const MAX_COUNTING_MS = 2000;

/** Bounds what one user can make upstream; each link leaves an account there. */
export interface RateLimiter {
  /**
   * Counts one link, or an account made of credentials, which could be guesses.
   *
   * @throws RequestError `rate_limited` with `Retry-After` when the user began too many within the last minute
   */
  consume(userId: string): Promise<void>;
}

/** When a user's links of the last minute were begun, oldest first, in ms since 1970. */
interface LinkTimes extends StoredValue {
  readonly times: readonly number[];
}

/** Counts in the store, so that all instances see it. */
export function createRateLimiter(records: Records, lock: DistributedLock, perMinute: number): RateLimiter {
  const lastByUser = new Map<string, Promise<void>>();

  /** Times of the last minute, fewer than are allowed. */
  async function readTimes(key: string): Promise<number[]> {
    const now = Date.now();
    const stored = await records.read<LinkTimes>(key);
    const times = (stored?.times ?? []).filter((time) => time > now - WINDOW_MS);
    const oldest = times.at(-perMinute);
    if (oldest !== undefined) throw tooManyLinks(oldest + WINDOW_MS - now);
    return times;
  }

  async function count(key: string): Promise<void> {
    // Before the turn, which takes its time: whoever hammers is refused at once.
    await readTimes(key);
    await lock.withLock(key, MAX_COUNTING_MS, async () => {
      const times = [...(await readTimes(key)), Date.now()];
      await records.write(key, { times, expiresAt: Date.now() + WINDOW_MS });
    });
  }

  return {
    async consume(userId) {
      const key = `links:${await sha256(userId)}`;
      // One after another: two that read the same count would both pass.
      const before = lastByUser.get(key) ?? Promise.resolve();
      const counted = before.catch(() => {}).then(() => count(key));
      lastByUser.set(key, counted);
      await counted.finally(() => {
        if (lastByUser.get(key) === counted) lastByUser.delete(key);
      });
    },
  };
}

/** @param wait ms */
function tooManyLinks(wait: number): RequestError {
  const headers = { 'Retry-After': String(Math.max(1, Math.ceil(wait / 1000))) };
  return new RequestError('rate_limited', 'Too many connections were begun. Wait a moment.', { headers });
}
