import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../core/model/clock.js';
import type { PageSignals } from '../core/model/ports.js';

/** The shortest time between two updates. Nobody reads an age to the second. */
const MIN_DELAY_MS = 10_000;
/** A timer of more than 24.8 days fires at once, so a longer wait is split. */
const MAX_DELAY_MS = 86_400_000;

/** The environment of a {@link TimelyUpdateController}. */
export interface TimelyUpdatePorts {
  readonly clock: Clock;
  readonly page: PageSignals;
}

/**
 * Updates the host when a relative time such as "2 minutes ago" becomes stale. There is at most one timer, and none while
 * nothing will change, while the page is hidden, or after the element has left the page.
 */
export class TimelyUpdateController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly isConnected: boolean };
  readonly #ports: TimelyUpdatePorts;
  readonly #until: () => number;
  #cancelTimer = () => {};
  #unsubscribe = () => {};

  /** @param until returns the time at which the host becomes stale, in ms since the epoch; Infinity for never */
  constructor(
    host: ReactiveControllerHost & { readonly isConnected: boolean },
    ports: TimelyUpdatePorts,
    until: () => number,
  ) {
    this.#host = host;
    this.#ports = ports;
    this.#until = until;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unsubscribe = this.#ports.page.subscribe((signal) => {
      // Timers do not run while a computer sleeps, so update whenever the user returns to the page.
      if (signal === 'active') this.#host.requestUpdate();
      else if (!this.#ports.page.visible) this.#cancelTimer();
    });
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const { clock, page } = this.#ports;
    this.#cancelTimer();
    const delay = this.#until() - clock.wallNow();
    if (!this.#host.isConnected || !page.visible || !Number.isFinite(delay)) return;
    const bounded = Math.min(Math.max(delay, MIN_DELAY_MS), MAX_DELAY_MS);
    this.#cancelTimer = clock.setTimeout(() => this.#host.requestUpdate(), bounded);
  }

  hostDisconnected(): void {
    this.#unsubscribe();
    this.#cancelTimer();
  }
}
