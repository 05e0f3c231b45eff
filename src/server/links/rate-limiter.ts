import { sha256 } from '../../core/model/binding-verifier.js';
import { RequestError } from '../http/errors.js';
import type { DistributedLock } from '../store/distributed-lock.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

const WINDOW_MS = 60_000;
/** The time limit for a read and a write. */
const MAX_COUNTING_MS = 2000;

/** Limits the links of each user, because every link leaves an account upstream. */
export interface RateLimiter {
  /**
   * Counts one link, or one account created from credentials, which could be guesses.
   *
   * @throws RequestError `rate_limited` with `Retry-After` if the user started too many within the last minute
   */
  consume(userId: string): Promise<void>;
}

/** The start times of a user's links in the last minute, oldest first, in ms since 1970. */
interface LinkTimes extends StoredValue {
  readonly times: readonly number[];
}

/** Creates a limiter that counts in the store, which all instances share. */
export function createRateLimiter(records: Records, lock: DistributedLock, perMinute: number): RateLimiter {
  const lastByUser = new Map<string, Promise<void>>();

  /** Returns the times in the last minute, or throws if there are too many. */
  async function readTimes(key: string): Promise<number[]> {
    const now = Date.now();
    const stored = await records.read<LinkTimes>(key);
    const times = (stored?.times ?? []).filter((time) => time > now - WINDOW_MS);
    const oldest = times.at(-perMinute);
    if (oldest !== undefined) throw tooManyLinks(oldest + WINDOW_MS - now);
    return times;
  }

  async function count(key: string): Promise<void> {
    // Checked before taking the lock, which is slow, so that excess requests are refused at once.
    await readTimes(key);
    await lock.withLock(key, MAX_COUNTING_MS, async () => {
      const times = [...(await readTimes(key)), Date.now()];
      await records.write(key, { times, expiresAt: Date.now() + WINDOW_MS });
    });
  }

  return {
    async consume(userId) {
      const key = `links:${await sha256(userId)}`;
      // One at a time: two requests that read the same count would both pass.
      const before = lastByUser.get(key) ?? Promise.resolve();
      const counted = before.catch(() => {}).then(() => count(key));
      lastByUser.set(key, counted);
      await counted.finally(() => {
        if (lastByUser.get(key) === counted) lastByUser.delete(key);
      });
    },
  };
}

/** @param wait in ms */
function tooManyLinks(wait: number): RequestError {
  const headers = { 'Retry-After': String(Math.max(1, Math.ceil(wait / 1000))) };
  return new RequestError('rate_limited', 'Too many connections were started. Try again later.', { headers });
}
