import { createPageSignals } from '../../browser/page-signals.js';
import { TimelyUpdateController } from '../../controllers/timely-update-controller.js';
import { systemClock } from '../../core/model/clock.js';
import { type ConnectedAccount, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import type { ConnectedAccountsList } from './connected-accounts-list.js';
import { isLeftUnfinished } from './render-row.js';

/** What of a row depends on the time. */
export interface RowTime {
  /** "3 days ago" */
  readonly age: string;
  /** Whether its user began to connect it and went away. */
  readonly leftUnfinished: boolean;
}

/** The same, and for which time it holds: ms since the epoch. */
interface KeptTime extends RowTime {
  readonly from: number;
  readonly until: number;
}

/** Tells the times of rows in one language. Keeps each for as long as it holds, since every row is asked at every drawing. */
export class RowTimes {
  readonly language: string;
  /** Whether ages count from the last change instead of the beginning. */
  readonly byUpdate: boolean;
  readonly #words: RelativeTime;
  readonly #kept = new WeakMap<ConnectedAccount, KeptTime>();

  constructor(language: string, byUpdate: boolean) {
    this.language = language;
    this.byUpdate = byUpdate;
    this.#words = new RelativeTime(language);
  }

  /** ISO 8601 */
  dateTime({ createdAt, updatedAt }: ConnectedAccount): string {
    return this.byUpdate ? updatedAt : createdAt;
  }

  /** The date in full. */
  date(account: ConnectedAccount): string {
    return this.#words.date(Date.parse(this.dateTime(account)));
  }

  /** @param wallNow ms since the epoch */
  of(account: ConnectedAccount, wallNow: number): RowTime {
    return this.#at(account, wallNow);
  }

  /**
   * When the first of these rows will say something else: another number whenever one of them does. Infinity without rows.
   * @param wallNow ms since the epoch
   */
  until(accounts: readonly ConnectedAccount[], wallNow: number): number {
    return accounts.reduce(
      (first, account) => Math.min(first, this.#at(account, wallNow).until),
      Number.POSITIVE_INFINITY,
    );
  }

  #at(account: ConnectedAccount, wallNow: number): KeptTime {
    const kept = this.#kept.get(account);
    if (kept && kept.from <= wallNow && wallNow < kept.until) return kept;
    const time = Date.parse(this.dateTime(account));
    const linkEnd = Date.parse(account.createdAt) + LINK_LIFETIME_MS;
    const next = {
      age: this.#words.ago(time, wallNow),
      leftUnfinished: isLeftUnfinished(account, wallNow),
      from: wallNow,
      until: Math.min(agoChangesAt(time, wallNow), linkEnd > wallNow ? linkEnd : Number.POSITIVE_INFINITY),
    };
    this.#kept.set(account, next);
    return next;
  }
}

const MINUTE = 60_000;

/** Largest first. */
const UNITS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', MINUTE],
];

/** Says how long ago something was, in one language. Times are in ms since the epoch. */
export class RelativeTime {
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #absolute: Intl.DateTimeFormat;

  constructor(language: string) {
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    this.#absolute = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  }

  /** "3 days ago", "yesterday", "now". What seems to lie ahead, by a wrong clock, is now. */
  ago(time: number, wallNow: number): string {
    const age = wallNow - time;
    const [unit, length] = UNITS.find(([, size]) => age >= size) ?? ['second', Number.POSITIVE_INFINITY];
    return this.#relative.format(0 - Math.floor(age / length), unit);
  }

  /** The date in full. */
  date(time: number): string {
    return this.#absolute.format(time);
  }
}

/** When {@link RelativeTime.ago} of `time` will say something else than at `wallNow`. */
export function agoChangesAt(time: number, wallNow: number): number {
  const age = wallNow - time;
  const index = UNITS.findIndex(([, size]) => age >= size);
  if (index < 0) return time + MINUTE;
  const length = UNITS[index]?.[1] ?? MINUTE;
  // Four weeks and some days are a month, though not five weeks.
  const larger = UNITS[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
  return time + Math.min((Math.floor(age / length) + 1) * length, larger);
}

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
