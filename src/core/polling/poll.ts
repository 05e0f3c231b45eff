import { ConnectFailure } from '../model/connect-error.js';
import type { Clock, PageSignals } from '../model/ports.js';
import { earliestRequest, HINT_SPACING, pollDelay } from './poll-schedule.js';

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
    this.#unsubscribe = options.page.subscribe((signal) => (signal === 'wake' ? this.hint() : this.#plan()));
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
    const retryAfter = thrown instanceof ConnectFailure ? thrown.retryAfter : undefined;
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
