import type { Clock } from '../model/clock.js';

/** The shortest time between two rounds of requests, however many messages arrive. */
const MIN_ROUND_INTERVAL_MS = 500;
/** The ids beyond this number wait for the next round. */
const MAX_IDS_PER_ROUND = 10;
/** Any script of this origin can send messages, so the queue is bounded. */
const MAX_QUEUED_IDS = 200;

/** Queues the accounts that other tabs have changed and reads them in rounds, so a flood of messages causes few requests. */
export class RemoteChangeQueue {
  readonly #clock: Clock;
  readonly #read: (connectedAccountId: string) => void;
  readonly #ids = new Set<string>();
  #readAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;

  /** @param read reads one account again; must not throw */
  constructor(clock: Clock, read: (connectedAccountId: string) => void) {
    this.#clock = clock;
    this.#read = read;
  }

  enqueue(ids: readonly string[]): void {
    for (const id of ids) if (this.#ids.size < MAX_QUEUED_IDS) this.#ids.add(id);
    this.#schedule();
  }

  /** Empties the queue and cancels its timer. */
  clear(): void {
    this.#ids.clear();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #schedule(): void {
    if (this.#cancelTimer || this.#ids.size === 0) return;
    const delay = Math.max(0, this.#readAt + MIN_ROUND_INTERVAL_MS - this.#clock.now());
    this.#cancelTimer = this.#clock.setTimeout(() => this.#readRound(), delay);
  }

  #readRound(): void {
    this.#cancelTimer = null;
    this.#readAt = this.#clock.now();
    for (const id of [...this.#ids].slice(0, MAX_IDS_PER_ROUND)) {
      this.#ids.delete(id);
      this.#read(id);
    }
    this.#schedule();
  }
}
