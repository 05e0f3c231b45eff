import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { accountNotFound } from '../http/errors.js';
import { belongsToOther, readAccount } from './account-dto.js';
import type { ComposioLike } from './composio-like.js';
import { createFairQueue } from './fair-queue.js';
import { createIdBatches } from './id-batches.js';
import { upstreamError } from './upstream-error.js';
import type { JsonObject } from './wire-value.js';

/** A call that is not full waits this long for others, so that few users cost few calls. */
const GATHERING_MS = 200;
/** A read that is not its turn within this time is answered from what was read last. */
const MAX_QUEUE_WAIT_MS = 250;
/** The time for which a read waits for a call that another request has sent. */
const MAX_CALL_WAIT_MS = 700;
/** Twice the slowest poll of an element. Nobody waits for an id that nobody has asked for within this time. */
const IDLE_AFTER_MS = 60_000;
/** The number of idle ids that each read forgets. More than one, so that memory shrinks. */
const FORGOTTEN_PER_READ = 4;
/** A timer may fire a moment early, and other requests may come first. */
const MAX_ATTEMPTS = 3;

/**
 * Reads the statuses of all users who wait in shared calls, at a rate that does not depend on their number: with more users,
 * answers are older, and none is late. There is no timer of its own. Each request waits for its turn by itself and may send
 * the call of others with its own: on Workers, timers and calls end with the request that made them.
 */
export interface StatusReads {
  /**
   * Returns the account as upstream has it; or as it was read last, if many users wait; or `null` if nothing was read yet. The
   * caller must check ownership first.
   *
   * @throws RequestError `not_found` if it no longer exists, or the error of the call
   */
  read(userId: string, id: string): Promise<ConnectedAccount | null>;
}

/** An account that somebody waits for. */
interface Watched {
  readonly userId: string;
  readonly id: string;
  askedAt: number;
  /** The number of calls that have read it. */
  reads: number;
  /** The result of the last call. */
  result?: ReadResult;
  /** The call that reads it now. */
  call?: Promise<void>;
}

type ReadResult = { readonly account: ConnectedAccount } | { readonly error: unknown };

export function createStatusReads(composio: ComposioLike, readsPerMinute: number): StatusReads {
  const interval = 60_000 / readsPerMinute;
  /** The account that was asked for longest ago is first. */
  const watchedById = new Map<string, Watched>();
  const queue = createFairQueue();
  const batches = createIdBatches(composio);
  /** The earliest time of the next call, as all calls so far allow it. */
  let nextCallAt = 0;
  let lastCallAt = Number.NEGATIVE_INFINITY;

  function watch(userId: string, id: string): Watched {
    const now = performance.now();
    forgetIdle(now);
    const known = watchedById.get(id);
    // What was read for somebody who has left meanwhile is too old.
    const isCurrent = known !== undefined && known.userId === userId && now - known.askedAt < IDLE_AFTER_MS;
    const watched = isCurrent ? known : { userId, id, askedAt: now, reads: 0 };
    watched.askedAt = now;
    watchedById.delete(id);
    watchedById.set(id, watched);
    return watched;
  }

  function forgetIdle(now: number): void {
    let left = FORGOTTEN_PER_READ;
    for (const { userId, id, askedAt } of watchedById.values()) {
      if (left-- === 0 || now - askedAt < IDLE_AFTER_MS) return;
      watchedById.delete(id);
      queue.remove(userId, id);
    }
  }

  /** Returns the time in ms until the newest id of this user is read, at most. */
  function timeToWait(userId: string): number {
    const now = performance.now();
    const isFull = queue.size >= batches.size;
    const due = isFull ? nextCallAt : Math.max(nextCallAt, lastCallAt + GATHERING_MS);
    const callsBefore = Math.floor(queue.before(userId) / batches.size);
    return Math.max(0, due - now) + callsBefore * interval;
  }

  /** Sends the next call if it is due. */
  function sendIfDue(): Promise<void> | null {
    const now = performance.now();
    const isFull = queue.size >= batches.size;
    if (queue.size === 0 || now < nextCallAt || (!isFull && now < lastCallAt + GATHERING_MS)) return null;
    lastCallAt = now;
    nextCallAt = now;
    const taken = queue.take(batches.size).flatMap((id) => watchedById.get(id) ?? []);
    const call = readTogether(taken);
    for (const watched of taken) watched.call = call;
    return call;
  }

  /** Never rejects: each account gets its own result. */
  async function readTogether(taken: readonly Watched[]): Promise<void> {
    const onCall = () => {
      nextCallAt += interval;
    };
    const read = await batches.read(
      taken.map(({ id }) => id),
      onCall,
    );
    for (const watched of taken) {
      delete watched.call;
      watched.reads += 1;
      watched.result = toResult(watched, read.get(watched.id));
    }
  }

  /** Waits until the account is read, but no longer than a read may take. */
  async function takeTurn(watched: Watched): Promise<void> {
    const { reads } = watched;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && watched.reads === reads; attempt += 1) {
      if (watched.call !== undefined) return waitFor(watched.call, MAX_CALL_WAIT_MS);
      queue.add(watched.userId, watched.id);
      const wait = timeToWait(watched.userId);
      if (wait > 0 && wait <= MAX_QUEUE_WAIT_MS) await new Promise((resolve) => setTimeout(resolve, Math.ceil(wait)));
      // Whoever sends the call waits for it, since it would end with this request.
      const sent = watched.reads === reads ? sendIfDue() : null;
      if (sent !== null) await sent;
      if (wait > MAX_QUEUE_WAIT_MS) return;
    }
  }

  return {
    async read(userId, id) {
      const watched = watch(userId, id);
      await takeTurn(watched);
      const { result } = watched;
      if (result === undefined) return null;
      if ('account' in result) return result.account;
      // Told once. The next read makes a call of its own.
      delete watched.result;
      throw result.error;
    },
  };
}

function toResult({ id, userId }: Watched, read: JsonObject | Error | undefined): ReadResult {
  if (read instanceof Error) return { error: read };
  if (read === undefined || belongsToOther(read, userId)) return { error: accountNotFound() };
  const account = readAccount(read);
  return account?.id === id ? { account } : { error: upstreamError() };
}

async function waitFor(work: Promise<void>, limit: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
