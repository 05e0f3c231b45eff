import type { Records } from './records.js';
import type { StoredValue } from './store.js';

/** The pause between two reads. */
const POLL_INTERVAL_MS = 10;
/** The number of times that our id must be read back before we own the lock. */
const CONFIRMATIONS = 4;

/** Runs work of one name one at a time, across all instances that share a store. */
export interface DistributedLock {
  /** @param leaseMs the time after which an instance that holds the lock is considered dead */
  withLock<Outcome>(name: string, leaseMs: number, work: () => Promise<Outcome>): Promise<Outcome>;
}

interface Lease extends StoredValue {
  readonly owner: string;
}

/**
 * Creates a lock over a store that has get, set and delete but no atomic step, by Fischer's algorithm: if the key is free,
 * write our id, wait longer than any other writer can take, and own the lock if our id is still there. The store must return
 * the latest write, as Redis does. The remaining risk: an instance that stalls between its read and its write for more than
 * 40 ms and four reads of another instance runs at the same time.
 *
 * @see Leslie Lamport, "A Fast Mutual Exclusion Algorithm" (1987), §2, https://lamport.azurewebsites.net/pubs/fast-mutex.pdf
 */
export function createDistributedLock(records: Records): DistributedLock {
  async function acquire(key: string, leaseMs: number): Promise<boolean> {
    if ((await records.read(key)) !== null) return false;
    const owner = crypto.randomUUID();
    await records.write<Lease>(key, { owner, expiresAt: Date.now() + leaseMs });
    // Several short waits instead of a long one, so that a stalled process can catch up between two of them.
    for (let look = 0; look < CONFIRMATIONS; look += 1) {
      await wait(POLL_INTERVAL_MS);
      const found = await records.read<Lease>(key);
      // If a slow store does not return our own write yet, it does not return those of others either.
      if (found !== null && found.owner !== owner) return false;
    }
    return true;
  }

  return {
    async withLock(name, leaseMs, work) {
      const key = `turn:${name}`;
      while (!(await acquire(key, leaseMs))) await wait(POLL_INTERVAL_MS);
      try {
        return await work();
      } finally {
        // The work is done, and a leftover lease expires by itself.
        await records.erase(key).catch(() => {});
      }
    },
  };
}

/** The lock for a store of a single process, whose requests already share their work. */
export const noLock: DistributedLock = { withLock: (_name, _leaseMs, work) => work() };

function wait(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}

/** Merges equal work that runs at the same time. All callers share one outcome. */
export interface SingleFlight {
  run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome>;
}

/** Creates a {@link SingleFlight}. A key must stand for one kind of work, because its outcomes have one type. */
export function createSingleFlight(): SingleFlight {
  const running = new Map<string, Promise<unknown>>();
  return {
    run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome> {
      const current = running.get(key);
      if (current !== undefined) return current as Promise<Outcome>;
      const started = work().finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
  };
}
