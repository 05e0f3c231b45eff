import { sha256 } from '../../core/model/binding-verifier.js';
import { RequestError } from '../http/errors.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

const WINDOW_MS = 60_000;
/** The number of idle users that each request forgets. More than one, so that memory shrinks. */
const FORGOTTEN_PER_REQUEST = 4;

/** Limits what each user may do in a minute. */
export interface RateLimiter {
  /**
   * Counts one event of a user, or several.
   *
   * @throws RequestError `rate_limited` with `Retry-After` if there were too many within the last minute
   */
  consume(userId: string, count?: number): Promise<void>;
}

/** The name under which a limit is counted, and the limit. */
export interface RateLimit {
  readonly name: string;
  readonly perMinute: number;
}

/**
 * Creates a limiter. Instances count together if their store has `increment`, in minutes that begin with a user's first
 * event. Otherwise each instance counts what it has seen within the last minute: a read and a write for each event would
 * lose events as well, and hosted stores bill writes and limit those of one key.
 */
export function createRateLimiter(records: Records, limit: RateLimit): RateLimiter {
  return records.increment === undefined ? countHere(limit) : countTogether(records, records.increment, limit);
}

function countHere({ perMinute }: RateLimit): RateLimiter {
  /** The times of a user's events, oldest first. The user of the latest event is last. */
  const timesByUser = new Map<string, number[]>();

  function forgetIdleUsers(now: number): void {
    let left = FORGOTTEN_PER_REQUEST;
    for (const [userId, times] of timesByUser) {
      if (left-- === 0 || (times.at(-1) ?? 0) > now - WINDOW_MS) return;
      timesByUser.delete(userId);
    }
  }

  return {
    async consume(userId, count = 1) {
      const now = Date.now();
      forgetIdleUsers(now);
      const times = timesByUser.get(userId) ?? [];
      while ((times[0] ?? now) <= now - WINDOW_MS) times.shift();
      timesByUser.delete(userId);
      timesByUser.set(userId, times);
      const events = Math.min(count, perMinute);
      const excess = times.length + events - perMinute;
      if (excess > 0) throw tooMany((times[excess - 1] ?? now) + WINDOW_MS - now);
      for (let event = 0; event < events; event += 1) times.push(now);
    },
  };
}

function countTogether(
  records: Records,
  increment: NonNullable<Records['increment']>,
  { name, perMinute }: RateLimit,
): RateLimiter {
  return {
    async consume(userId, count = 1) {
      const key = `count:${name}:${await sha256(userId)}`;
      const events = Array.from({ length: Math.min(count, perMinute) }, () => increment(key, WINDOW_MS / 1000));
      const counted = Math.max(...(await Promise.all(events)));
      // The end of the minute is needed only for `Retry-After`, so it is written once and read by those who are refused.
      if (counted <= count) await records.write(`${key}:end`, { expiresAt: Date.now() + WINDOW_MS });
      if (counted <= perMinute) return;
      const end = await records.read<StoredValue>(`${key}:end`);
      throw tooMany((end?.expiresAt ?? Date.now() + WINDOW_MS) - Date.now());
    },
  };
}

/** @param wait in ms */
function tooMany(wait: number): RequestError {
  const seconds = Math.min(WINDOW_MS / 1000, Math.max(1, Math.ceil(wait / 1000)));
  return new RequestError('rate_limited', 'Too many requests of this user within a minute. Try again later.', {
    headers: { 'Retry-After': String(seconds) },
  });
}
