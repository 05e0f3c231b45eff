import type { Clock } from '../model/clock.js';
import { ConnectError, type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { ConnectionStatus } from '../model/connection-types.js';
import type { PageSignals } from '../model/ports.js';

/** A request to repeat, the time to stop, and the callbacks that tell how it went. */
export interface PollOptions {
  readonly clock: Clock;
  readonly page: PageSignals;
  /** Stops the polling without a further call. */
  readonly signal: AbortSignal;
  /** Time on `clock`, in ms. One last request is made then. */
  readonly deadline: number;
  /** Makes one request. Returns true to stop polling. A rejection counts as a failed request. */
  request(): Promise<boolean>;
  /** Called after each failed request. Returns true to stop polling. */
  onFailure(error: unknown): boolean;
  /** Called when the deadline has passed and the last request did not settle anything. */
  onDeadline(): void;
}

/**
 * Repeats a request, one at a time, at the pace of {@link pollDelay}. A hint or the page's return makes the next request
 * come sooner, and a `Retry-After` of the server makes it come later.
 */
export class Poll {
  readonly #options: PollOptions;
  readonly #startedAt: number;
  readonly #unsubscribe: () => void;
  readonly #onAbort = () => this.#stop();
  /** Start times of the requests so far, ascending. */
  readonly #requestTimes: number[] = [];
  #isHinted = false;
  #isRequesting = false;
  #hasEnded = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #cancelTimer = () => {};

  constructor(options: PollOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#unsubscribe = options.page.subscribe((signal) => (signal === 'active' ? this.hint() : this.#schedule()));
    options.signal.addEventListener('abort', this.#onAbort);
    this.#schedule();
  }

  /** Makes the next request soon, because something may have happened. Any number of hints leads to one request. */
  hint(): void {
    this.#isHinted = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isRequesting || this.#hasEnded) return;
    const { clock, deadline } = this.#options;
    const due = Math.max(this.#nextTime(), this.#notBefore, earliestRequest(this.#requestTimes));
    this.#cancelTimer();
    this.#cancelTimer = clock.setTimeout(() => void this.#poll(), Math.max(0, Math.min(deadline, due) - clock.now()));
  }

  #nextTime(): number {
    const { clock, page } = this.#options;
    const last = this.#requestTimes[this.#requestTimes.length - 1];
    if (this.#isHinted) return (last ?? Number.NEGATIVE_INFINITY) + HINT_SPACING_MS;
    const elapsed = clock.now() - this.#startedAt;
    const visible = page.visible && !page.offline;
    const delay = pollDelay({ asked: this.#requestTimes.length, elapsed, visible, random: Math.random() });
    return (last ?? this.#startedAt) + delay;
  }

  async #poll(): Promise<void> {
    const { clock, deadline, onDeadline } = this.#options;
    const isLast = clock.now() >= deadline;
    this.#isRequesting = true;
    this.#isHinted = false;
    this.#requestTimes.push(clock.now());
    // A client of the page's own, or its function for the token, may never answer.
    const silence = new Promise<boolean>((resolve) => {
      const limit = Math.max(0, deadline - clock.now()) + LAST_ANSWER_MS;
      this.#cancelTimer = clock.setTimeout(() => resolve(false), limit);
    });
    const answer = this.#options.request().catch((error: unknown) => this.#onFailure(error));
    const settled = await Promise.race([answer, silence]);
    this.#isRequesting = false;
    if (this.#hasEnded) return;
    if (settled || isLast) this.#stop();
    else this.#schedule();
    if (isLast && !settled) onDeadline();
  }

  #onFailure(error: unknown): boolean {
    if (this.#hasEnded) return true;
    const retryAfter = error instanceof ConnectError ? error.retryAfter : undefined;
    this.#notBefore = this.#options.clock.now() + (retryAfter ?? 0);
    return this.#options.onFailure(error);
  }

  #stop(): void {
    this.#hasEnded = true;
    this.#cancelTimer();
    this.#unsubscribe();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
  }
}

// The schedule. Its functions are pure; all times are in ms on one monotonic clock.

const FIRST_DELAY_MS = 1000;
const GROWTH = 1.5;
const MAX_DELAY_MS = 5000;
/** By then most users have left to look for their phone, so requests become rarer. */
const SLOW_POLLING_AFTER_MS = 120_000;
const SLOW_DELAY_MS = 15_000;
const HIDDEN_DELAY_MS = 30_000;
const JITTER = 0.2;

/** Time after the deadline that a request is given to answer. */
const LAST_ANSWER_MS = 30_000;

/** The least time between two requests, however many hints arrive. */
const HINT_SPACING_MS = 500;

/**
 * At most `count` requests in any `spanMs`, so that a flood of hints never becomes a flood of requests. The counts are one
 * below the promised 14 and 60, because the last request, at the deadline, is made in any case.
 */
const BUDGETS = [
  { count: 13, spanMs: 30_000 },
  { count: 59, spanMs: 600_000 },
];

/** Returns the delay before the next scheduled request. */
export function pollDelay(poll: { asked: number; elapsed: number; visible: boolean; random: number }): number {
  const growing = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * GROWTH ** poll.asked);
  const delay = poll.elapsed >= SLOW_POLLING_AFTER_MS ? SLOW_DELAY_MS : growing;
  const spread = 1 - JITTER + 2 * JITTER * poll.random;
  return (poll.visible ? delay : Math.max(delay, HIDDEN_DELAY_MS)) * spread;
}

/** Returns the earliest time at which the budgets allow another request after those at `times` (ascending). */
export function earliestRequest(times: readonly number[]): number {
  return Math.max(
    Number.NEGATIVE_INFINITY,
    ...BUDGETS.map(({ count, spanMs }) => (times[times.length - count] ?? Number.NEGATIVE_INFINITY) + spanMs),
  );
}

/** Returns the error that ends an attempt whose account has this status, or null for ACTIVE and for a pending account. */
export function statusError(status: ConnectionStatus): ConnectErrorInfo | null {
  switch (status) {
    case 'FAILED':
      return connectErrorInfo('connection_failed', 'The account was not connected: the provider or the user refused.');
    case 'EXPIRED':
      return linkExpiredError();
    case 'REVOKED':
      return connectErrorInfo('connection_revoked', 'Access was revoked while the account was being connected.');
    case 'INACTIVE':
      return connectErrorInfo('connection_failed', 'The account was disabled while it was being connected.');
    default:
      return null;
  }
}

/** Returns the error of a link that nobody used in time. */
export function linkExpiredError(): ConnectErrorInfo {
  return connectErrorInfo('link_expired', 'The link expired before the connection was finished.');
}
