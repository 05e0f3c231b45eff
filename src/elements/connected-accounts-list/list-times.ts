import { createPageSignals } from '../../browser/page-signals.js';
import { TimelyUpdateController } from '../../controllers/timely-update-controller.js';
import { systemClock } from '../../core/model/clock.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { ConnectedAccountsList } from './connected-accounts-list.js';
import { RowTimes } from './row-times.js';

/** What is drawn of the time. */
export interface DrawnTimes {
  readonly times: RowTimes;
  /** ms since the epoch */
  readonly wallNow: number;
  /** What the rows say of the time holds until then: ms since the epoch. */
  readonly until: number;
}

/** The times of the rows that an element shows, and its being drawn again before they are stale. */
export class ListTimes {
  #times = new RowTimes('en', false);
  #until = Number.POSITIVE_INFINITY;

  constructor(element: ConnectedAccountsList) {
    new TimelyUpdateController(element, { clock: systemClock, page: createPageSignals() }, () => this.#until);
  }

  /** @param byUpdate whether ages count from the last change */
  tell(language: string, byUpdate: boolean): void {
    if (this.#times.language !== language || this.#times.byUpdate !== byUpdate)
      this.#times = new RowTimes(language, byUpdate);
  }

  /** For these accounts, now. */
  of(accounts: readonly ConnectedAccount[]): DrawnTimes {
    const wallNow = systemClock.wallNow();
    this.#until = this.#times.until(accounts, wallNow);
    return { times: this.#times, wallNow, until: this.#until };
  }
}
