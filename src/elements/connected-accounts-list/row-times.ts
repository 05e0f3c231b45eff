import { type ConnectedAccount, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { isLeftUnfinished } from './describe-account.js';
import { agoChangesAt, RelativeTime } from './relative-time.js';

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
