import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../core/model/clock.js';
import type { PageSignals } from '../core/model/ports.js';

/** At least so long between two updates, ms: nobody reads an age to the second. */
const SPACING = 10_000;
/** Timers cannot wait for longer than 24.8 days. */
const LONGEST = 86_400_000;

/** What the controller needs of its surroundings. */
export interface TimelyUpdatePorts {
  readonly clock: Clock;
  readonly page: PageSignals;
}

/**
 * Has an element drawn again when what it says of the time is no longer true, like "2 minutes ago". One timer at most;
 * none while nothing will change or the page is hidden, and none after the element is gone.
 */
export class TimelyUpdateController implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly isConnected: boolean };
  readonly #ports: TimelyUpdatePorts;
  readonly #until: () => number;
  #cancelTimer = () => {};
  #unsubscribe = () => {};

  /** @param until when what is drawn will be out of date: ms since the epoch, Infinity for never */
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
      // Timers do not run while a computer sleeps, so each return to the page is a time to look.
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
    const bounded = Math.min(Math.max(delay, SPACING), LONGEST);
    this.#cancelTimer = clock.setTimeout(() => this.#host.requestUpdate(), bounded);
  }

  hostDisconnected(): void {
    this.#unsubscribe();
    this.#cancelTimer();
  }
}
