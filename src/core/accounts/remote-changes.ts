import type { Clock } from '../model/clock.js';

/** A list is read at most once in this time, and only so many single accounts are, however many messages arrive. */
const WINDOW_MS = 10_000;
const MAX_SINGLE_READS = 10;

/** The reads by which a store follows other tabs. None may throw. */
export interface RemoteReads {
  /** Returns whether the store has the account. */
  has(connectedAccountId: string): boolean;
  /** Reads one account again. */
  readOne(connectedAccountId: string): void;
  /** Reads the lists again. */
  readAll(): void;
}

/**
 * Reads what other tabs have changed. Any script of this origin can send messages, so an id that the store does not have is
 * looked for in a list, and a flood of ids causes one list.
 */
export class RemoteChangeQueue {
  readonly #clock: Clock;
  readonly #reads: RemoteReads;
  /** The times of the single reads in the last window. */
  #readAt: number[] = [];
  #listedAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, reads: RemoteReads) {
    this.#clock = clock;
    this.#reads = reads;
  }

  enqueue(ids: readonly string[]): void {
    const now = this.#clock.now();
    this.#readAt = this.#readAt.filter((time) => time > now - WINDOW_MS);
    for (const id of new Set(ids)) {
      // A list that is due anyway reads the others too.
      if (this.#cancelTimer) return;
      if (this.#reads.has(id) && this.#readAt.length < MAX_SINGLE_READS) {
        this.#readAt.push(now);
        this.#reads.readOne(id);
      } else {
        this.#scheduleList();
      }
    }
  }

  /** Cancels the list that is due. */
  clear(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #scheduleList(): void {
    const delay = Math.max(0, this.#listedAt + WINDOW_MS - this.#clock.now());
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.#cancelTimer = null;
      this.#listedAt = this.#clock.now();
      this.#reads.readAll();
    }, delay);
  }
}

/** Message with which a tab tells the others that accounts have changed. It names accounts and tells nothing about them. */
interface AccountsMessage {
  readonly type: 'connect-account:accounts';
  readonly ids: readonly string[];
  /** Id of the sender's page, so that no page hears itself. */
  readonly page?: string;
}

/** Returns the well-formed ids of an {@link AccountsMessage}, none for any other message. Any script of the origin may have sent it. */
export function readAccountsMessage(data: unknown): readonly string[] {
  const { type, ids } = (data ?? {}) as Partial<Record<keyof AccountsMessage, unknown>>;
  if (type !== 'connect-account:accounts' || !Array.isArray(ids)) return [];
  return ids.filter((id): id is string => typeof id === 'string' && /^[\w-]{1,128}$/.test(id));
}
