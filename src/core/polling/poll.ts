import type { Clock } from '../model/clock.js';
import { ConnectError } from '../model/connect-error.js';
import type { PageSignals } from '../model/ports.js';

/** What is polled, and until when. */
export interface PollOptions {
  readonly clock: Clock;
  readonly page: PageSignals;
  /** Ends the polling without a further call. */
  readonly signal: AbortSignal;
  /** On `clock`, in ms. One last request is made then. */
  readonly deadline: number;
  /** One request. Answers true when all is settled; what it throws is a failed poll. */
  look(signal: AbortSignal): Promise<boolean>;
  /** A failed poll. Answers true when that settles it. */
  onFailure(thrown: unknown): boolean;
  /** The deadline passed and the last request settled nothing. */
  onDeadline(): void;
}

/**
 * Asks again and again, one request at a time, by {@link pollDelay}; sooner on hints and when the page comes back
 * to life, later when the server says `Retry-After`.
 */
export class Poll {
  readonly #options: PollOptions;
  readonly #startedAt: number;
  readonly #unsubscribe: () => void;
  readonly #onAbort = () => this.#stop();
  /** When the requests began. */
  readonly #times: number[] = [];
  #hinted = false;
  #looking = false;
  #ended = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #cancelTimer = () => {};

  constructor(options: PollOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#unsubscribe = options.page.subscribe((signal) => (signal === 'active' ? this.hint() : this.#plan()));
    options.signal.addEventListener('abort', this.#onAbort);
    this.#plan();
  }

  /** Something may have happened: ask soon, however many say so. */
  hint(): void {
    this.#hinted = true;
    this.#plan();
  }

  #plan(): void {
    if (this.#looking || this.#ended) return;
    const { clock, deadline } = this.#options;
    const due = Math.max(this.#nextTime(), this.#notBefore, earliestRequest(this.#times));
    this.#cancelTimer();
    this.#cancelTimer = clock.setTimeout(() => void this.#look(), Math.max(0, Math.min(deadline, due) - clock.now()));
  }

  #nextTime(): number {
    const { clock, page } = this.#options;
    const last = this.#times.at(-1);
    if (this.#hinted) return (last ?? Number.NEGATIVE_INFINITY) + HINT_SPACING;
    const elapsed = clock.now() - this.#startedAt;
    const visible = page.visible && !page.offline;
    const delay = pollDelay({ asked: this.#times.length, elapsed, visible, random: Math.random() });
    return (last ?? this.#startedAt) + delay;
  }

  async #look(): Promise<void> {
    const { clock, deadline, signal, onDeadline } = this.#options;
    const isLast = clock.now() >= deadline;
    this.#looking = true;
    this.#hinted = false;
    this.#times.push(clock.now());
    const settled = await this.#options.look(signal).catch((thrown: unknown) => this.#onFailure(thrown));
    this.#looking = false;
    if (this.#ended) return;
    if (settled || isLast) this.#stop();
    else this.#plan();
    if (isLast && !settled) onDeadline();
  }

  #onFailure(thrown: unknown): boolean {
    if (this.#ended) return true;
    const retryAfter = thrown instanceof ConnectError ? thrown.retryAfter : undefined;
    this.#notBefore = this.#options.clock.now() + (retryAfter ?? 0);
    return this.#options.onFailure(thrown);
  }

  #stop(): void {
    this.#ended = true;
    this.#cancelTimer();
    this.#unsubscribe();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
  }
}

/** When to ask the server again. Pure: all times in ms, on one monotonic clock. */

const FIRST_DELAY = 1000;
const GROWTH = 1.5;
const CAP = 5000;
/** After this long most users have gone to look for their phone: ask less often. */
const PATIENCE = 120_000;
const PATIENT_DELAY = 15_000;
const HIDDEN_DELAY = 30_000;
const JITTER = 0.2;

/** At least this long between two requests, however many hints arrive. */
export const HINT_SPACING = 500;

/**
 * No more than `count` requests in any `span`, so that a flood of hints is never a flood of requests. One less than the
 * 14 and 60 that are promised: the last look, at the deadline, is made in any case.
 */
const BUDGETS = [
  { count: 13, span: 30_000 },
  { count: 59, span: 600_000 },
];

/** Delay before the next scheduled request. */
export function pollDelay(poll: { asked: number; elapsed: number; visible: boolean; random: number }): number {
  const growing = Math.min(CAP, FIRST_DELAY * GROWTH ** poll.asked);
  const delay = poll.elapsed >= PATIENCE ? PATIENT_DELAY : growing;
  const spread = 1 - JITTER + 2 * JITTER * poll.random;
  return (poll.visible ? delay : Math.max(delay, HIDDEN_DELAY)) * spread;
}

/** Earliest time at which the budgets allow another request after those at `times` (ascending). */
export function earliestRequest(times: readonly number[]): number {
  return Math.max(
    Number.NEGATIVE_INFINITY,
    ...BUDGETS.map(({ count, span }) => (times.at(-count) ?? Number.NEGATIVE_INFINITY) + span),
  );
}
