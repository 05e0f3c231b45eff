import { upstreamTimeout } from '../composio/upstream-error.js';
import { limitTime, TimeLimitError } from '../http/time-limit.js';
import type { Records } from './records.js';
import type { StoredValue } from './store.js';

/** The pause between two attempts to take a lock that another instance holds. */
const RETRY_INTERVAL_MS = 20;
/** As long as a request may wait for upstream. */
const MAX_WAIT_MS = 25_000;

/** Runs work of one name one at a time. */
export interface Lock {
  /** @param leaseMs the time after which an instance that holds the lock counts as dead */
  withLock<Outcome>(name: string, leaseMs: number, work: () => Promise<Outcome>): Promise<Outcome>;
}

interface Lease extends StoredValue {
  readonly owner: string;
}

/**
 * Creates a lock. Within this process it is exact. Between instances it is exact if their store has `setIfAbsent`, and
 * otherwise two that begin in the same moment both run.
 */
export function createLock(records: Records): Lock {
  const lastByName = new Map<string, Promise<unknown>>();

  async function withLease<Outcome>(name: string, leaseMs: number, work: () => Promise<Outcome>): Promise<Outcome> {
    if (!records.isShared) return work();
    const key = `turn:${name}`;
    const owner = crypto.randomUUID();
    const giveUpAt = Date.now() + MAX_WAIT_MS;
    while (!(await records.claim<Lease>(key, { owner, expiresAt: Date.now() + leaseMs }))) {
      if (Date.now() > giveUpAt) throw upstreamTimeout();
      await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL_MS * (0.5 + Math.random())));
    }
    try {
      return await work();
    } finally {
      // The work is done, and a leftover lease expires by itself.
      await release(key, owner).catch(() => {});
    }
  }

  /** Leaves the lease alone if ours has expired and another instance has taken it. */
  async function release(key: string, owner: string): Promise<void> {
    if ((await records.read<Lease>(key))?.owner === owner) await records.erase(key);
  }

  return {
    async withLock(name, leaseMs, work) {
      const running = waitForTurn(lastByName.get(name)).then(() => withLease(name, leaseMs, work));
      lastByName.set(name, running);
      try {
        return await running;
      } finally {
        if (lastByName.get(name) === running) lastByName.delete(name);
      }
    },
  };
}

/**
 * Waits for the work before. On Workers it ends with the client of its request, and never settles.
 *
 * @throws RequestError `timeout`
 */
async function waitForTurn(before: Promise<unknown> | undefined): Promise<void> {
  if (before === undefined) return;
  try {
    await limitTime(() => before, MAX_WAIT_MS);
  } catch (error) {
    if (error instanceof TimeLimitError) throw upstreamTimeout();
  }
}

/** Longer than any work takes that still has its request. */
const DEAD_AFTER_MS = 60_000;

/** Merges equal work that runs at the same time. All callers share one outcome. */
export interface SingleFlight {
  run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome>;
}

/** Creates a {@link SingleFlight}. A key must stand for one kind of work, because its outcomes have one type. */
export function createSingleFlight(): SingleFlight {
  const running = new Map<string, { readonly outcome: Promise<unknown>; readonly startedAt: number }>();
  return {
    run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome> {
      const current = running.get(key);
      const now = Date.now();
      if (current !== undefined && now - current.startedAt < DEAD_AFTER_MS) return current.outcome as Promise<Outcome>;
      const outcome = work().finally(() => {
        if (running.get(key)?.outcome === outcome) running.delete(key);
      });
      running.set(key, { outcome, startedAt: now });
      return outcome;
    },
  };
}
