import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { accountNotFound } from '../http/errors.js';
import { belongsToOther, readAccount } from './account-dto.js';
import type { ComposioLike } from './composio-like.js';
import { createIdBatches, isRefusedBatch } from './id-batches.js';
import { upstreamError } from './upstream-error.js';
import type { JsonObject } from './wire-value.js';

/** A call that is not full waits this long for others, so that few users cost few calls. */
const GATHERING_MS = 200;
/** A read that is not its turn within this time is answered from what was read last. */
const MAX_QUEUE_WAIT_MS = 250;
/** The time for which a read waits for a call that another request has sent. */
const MAX_CALL_WAIT_MS = 700;
/** Longer than a call may take. On Workers it ends with the client of its request, and never settles. */
const DEAD_AFTER_MS = 30_000;
/** Twice the slowest poll of an element. Nobody waits for an id that nobody has asked for within this time. */
const IDLE_AFTER_MS = 60_000;
/** The time between two looks for idle ids. A look costs more, the more ids have moved in their map since. */
const FORGET_EVERY_MS = 1000;
/** One in so many calls of a minute may be made up for. */
const CATCH_UP_PART = 300;
/** A timer may fire a moment early, and other requests may come first. */
const MAX_ATTEMPTS = 3;

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
  calledAt?: number;
}

type ReadResult = { readonly account: ConnectedAccount } | { readonly error: unknown };

/**
 * Reads the statuses of all users who wait in shared calls, at a rate that does not depend on their number: with more users,
 * answers are older, and none is late. There is no timer of its own. Each request waits for its turn by itself and may send
 * the call of others with its own: on Workers, timers and calls end with the request that made them.
 */
export class StatusReads {
  /** The time in ms between two calls. */
  readonly #interval: number;
  /** The number of calls that may be made up for. */
  readonly #maxLate: number;
  readonly #batches;
  readonly #queue = createFairQueue();
  /** The account that was asked for longest ago is first. */
  readonly #watchedById = new Map<string, Watched>();
  /** The earliest time of the next call, as all calls so far allow it. */
  #nextCallAt = 0;
  #lastCallAt = Number.NEGATIVE_INFINITY;
  #forgetAt = 0;

  constructor(composio: ComposioLike, readsPerMinute: number) {
    // A call that was sent late is made up for, and no minute holds more calls than it may.
    this.#maxLate = Math.floor(readsPerMinute / CATCH_UP_PART);
    this.#interval = 60_000 / (readsPerMinute - this.#maxLate);
    this.#batches = createIdBatches(composio);
  }

  /**
   * Returns the account as upstream has it; or as it was read last, if many users wait; or `null` if nothing was read yet. The
   * caller must check ownership first.
   *
   * @throws RequestError `not_found` if it no longer exists, or the error of the call
   */
  async read(userId: string, id: string): Promise<ConnectedAccount | null> {
    const watched = this.#watch(userId, id);
    await this.#takeTurn(watched);
    const { result } = watched;
    if (result === undefined) return null;
    if ('account' in result) return result.account;
    // Told once. The next read makes a call of its own.
    delete watched.result;
    throw result.error;
  }

  /** Leaves out an account that is read by other means from now on. */
  forget(userId: string, id: string): void {
    this.#queue.remove(userId, id);
  }

  #watch(userId: string, id: string): Watched {
    const now = performance.now();
    this.#forgetIdle(now);
    const known = this.#watchedById.get(id);
    // What was read for somebody who has left meanwhile is too old.
    const isCurrent = known !== undefined && known.userId === userId && now - known.askedAt < IDLE_AFTER_MS;
    const watched = isCurrent ? known : { userId, id, askedAt: now, reads: 0 };
    watched.askedAt = now;
    this.#watchedById.delete(id);
    this.#watchedById.set(id, watched);
    return watched;
  }

  #forgetIdle(now: number): void {
    if (now < this.#forgetAt) return;
    this.#forgetAt = now + FORGET_EVERY_MS;
    for (const { userId, id, askedAt } of this.#watchedById.values()) {
      if (now - askedAt < IDLE_AFTER_MS) return;
      this.#watchedById.delete(id);
      this.#queue.remove(userId, id);
    }
  }

  /** Waits until the account is read, but no longer than a read may take. */
  async #takeTurn(watched: Watched): Promise<void> {
    const { reads } = watched;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && watched.reads === reads; attempt += 1) {
      const isCalled = performance.now() - (watched.calledAt ?? Number.NEGATIVE_INFINITY) < DEAD_AFTER_MS;
      if (watched.call !== undefined && isCalled) return waitFor(watched.call, MAX_CALL_WAIT_MS);
      this.#queue.add(watched.userId, watched.id);
      const wait = this.#timeToWait(watched.userId);
      if (wait > 0 && wait <= MAX_QUEUE_WAIT_MS) await new Promise((resolve) => setTimeout(resolve, Math.ceil(wait)));
      const sent = watched.reads === reads ? this.#sendIfDue() : null;
      // The request that sends the call waits for it, since it would end with this request.
      if (sent !== null) await sent;
      if (wait > MAX_QUEUE_WAIT_MS) return;
    }
  }

  /** Returns the earliest time of the next call. */
  #dueAt(): number {
    const isFull = this.#queue.size >= this.#batches.size;
    return isFull ? this.#nextCallAt : Math.max(this.#nextCallAt, this.#lastCallAt + GATHERING_MS);
  }

  /** Returns the time in ms until the newest id of this user is read, at most. */
  #timeToWait(userId: string): number {
    const callsBefore = Math.floor(this.#queue.before(userId) / this.#batches.size);
    return Math.max(0, this.#dueAt() - performance.now()) + callsBefore * this.#interval;
  }

  #sendIfDue(): Promise<void> | null {
    const now = performance.now();
    if (this.#queue.size === 0 || now < this.#dueAt()) return null;
    this.#lastCallAt = now;
    this.#nextCallAt = Math.max(this.#nextCallAt, now - this.#maxLate * this.#interval);
    const taken = this.#queue.take(this.#batches.size).flatMap((id) => this.#watchedById.get(id) ?? []);
    const call = this.#readTogether(taken);
    for (const watched of taken) Object.assign(watched, { call, calledAt: now });
    return call;
  }

  /** Reads these accounts, and each gets a result of its own. Never rejects. */
  async #readTogether(taken: readonly Watched[]): Promise<void> {
    const ids = taken.map(({ id }) => id);
    const read = await this.#batches.read(ids, () => {
      this.#nextCallAt += this.#interval;
    });
    for (const watched of taken) {
      delete watched.call;
      watched.reads += 1;
      watched.result = toResult(watched, read.get(watched.id));
    }
  }
}

function toResult({ id, userId }: Watched, read: JsonObject | Error | undefined): ReadResult {
  if (read instanceof Error) return { error: isRefusedBatch(read) ? upstreamError() : read };
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

/** A queue of ids in which each owner gets the same share, however many ids they have. */
interface FairQueue {
  readonly size: number;
  add(owner: string, id: string): void;
  remove(owner: string, id: string): void;
  /** Returns the number of ids that are taken before the newest of this owner, at most. */
  before(owner: string): number;
  /** Takes out up to `count` ids: one of each owner in turn. */
  take(count: number): string[];
}

function createFairQueue(): FairQueue {
  /** The ids of each owner, oldest first. The owner whose turn is next is first. */
  const idsByOwner = new Map<string, Set<string>>();
  let size = 0;

  function remove(owner: string, id: string): void {
    const ids = idsByOwner.get(owner);
    if (!ids?.delete(id)) return;
    size -= 1;
    if (ids.size === 0) idsByOwner.delete(owner);
  }

  return {
    get size() {
      return size;
    },
    add(owner, id) {
      const ids = idsByOwner.get(owner) ?? new Set();
      if (ids.has(id)) return;
      ids.add(id);
      size += 1;
      idsByOwner.set(owner, ids);
    },
    remove,
    before(owner) {
      const own = idsByOwner.get(owner)?.size ?? 0;
      return Math.min(own * idsByOwner.size, size) - 1;
    },
    take(count) {
      const taken: string[] = [];
      // One walk: a map keeps the places of what was deleted for a while, and each new walk would step over all of them.
      for (const [owner, ids] of idsByOwner) {
        if (taken.length >= count) break;
        const [id] = ids;
        // The owner goes to the end, where the walk comes by again.
        idsByOwner.delete(owner);
        if (id === undefined) continue;
        ids.delete(id);
        if (ids.size > 0) idsByOwner.set(owner, ids);
        size -= 1;
        taken.push(id);
      }
      return taken;
    },
  };
}
