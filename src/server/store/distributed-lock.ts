import type { Records } from './records.js';
import type { StoredValue } from './store.js';

/** ms between two looks. */
const POLL_INTERVAL_MS = 10;
/** How often a name must be found again before it has the turn. */
const CONFIRMATIONS = 4;

/** Lets work of one name run once at a time, over all instances that share a store. */
export interface DistributedLock {
  /** @param leaseMs that the work takes at most: after it, an instance that took its turn is taken for dead */
  withLock<Outcome>(name: string, leaseMs: number, work: () => Promise<Outcome>): Promise<Outcome>;
}

interface Lease extends StoredValue {
  readonly owner: string;
}

/**
 * Mutual exclusion over a store that knows get, set and delete, and no atomic step: Fischer's algorithm. Who finds nobody's
 * name writes its own, looks again until everybody who found none either must have written too, and has the turn if its
 * name is still there. So the store must show what was written last, as Redis does. What is left: an instance that stands
 * still between its look and its write, for 40 ms and four looks of another one, runs beside it.
 *
 * @see Leslie Lamport, "A Fast Mutual Exclusion Algorithm" (1987), §2, https://lamport.azurewebsites.net/pubs/fast-mutex.pdf
 */
export function createDistributedLock(records: Records): DistributedLock {
  async function acquire(key: string, leaseMs: number): Promise<boolean> {
    if ((await records.read(key)) !== null) return false;
    const owner = crypto.randomUUID();
    await records.write<Lease>(key, { owner, expiresAt: Date.now() + leaseMs });
    // Several short waits and not a long one: a process that stands still makes up for it between two of them.
    for (let look = 0; look < CONFIRMATIONS; look += 1) {
      await wait(POLL_INTERVAL_MS);
      const found = await records.read<Lease>(key);
      // A store that is slow to show what was written shows nothing of others either.
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
        // The work is done; a turn that stays ends by itself.
        await records.erase(key).catch(() => {});
      }
    },
  };
}

/** For a store that is of one process alone, whose requests share their work already. */
export const noLock: DistributedLock = { withLock: (_name, _leaseMs, work) => work() };

function wait(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration));
}
