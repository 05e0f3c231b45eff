import type { Clock } from '../model/clock.js';

/** At least this long between two rounds of requests, however many messages arrive. */
const SPACING = 500;
/** As many requests in one round. What is beyond waits for the next. */
const ROUND = 10;
/** Any script of this origin may send messages; so much is remembered of them. */
const MOST = 200;

/** Gathers the ids that other tabs name, and has them looked at in rounds: a flood of messages is no flood of requests. */
export class HeardAccounts {
  readonly #clock: Clock;
  readonly #look: (connectedAccountId: string) => void;
  readonly #ids = new Set<string>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;

  /** @param look reads one account again; is expected not to throw */
  constructor(clock: Clock, look: (connectedAccountId: string) => void) {
    this.#clock = clock;
    this.#look = look;
  }

  hear(ids: readonly string[]): void {
    for (const id of ids) if (this.#ids.size < MOST) this.#ids.add(id);
    this.#plan();
  }

  /** Forgets what was heard; no timer is left. */
  stop(): void {
    this.#ids.clear();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #plan(): void {
    if (this.#cancelTimer || this.#ids.size === 0) return;
    const delay = Math.max(0, this.#lookedAt + SPACING - this.#clock.now());
    this.#cancelTimer = this.#clock.setTimeout(() => this.#lookRound(), delay);
  }

  #lookRound(): void {
    this.#cancelTimer = null;
    this.#lookedAt = this.#clock.now();
    for (const id of [...this.#ids].slice(0, ROUND)) {
      this.#ids.delete(id);
      this.#look(id);
    }
    this.#plan();
  }
}
