import type { ConnectedAccount } from '../../core/connection-types.js';
import { isLeftUnfinished } from './describe-account.js';
import { RelativeTime } from './relative-time.js';

/** What of a row depends on the time. */
export interface RowTime {
  /** "3 days ago" */
  readonly age: string;
  /** Whether its user began to connect it and went away. */
  readonly leftUnfinished: boolean;
}

const MINUTE = 60_000;

/** Tells the times of rows in one language. Keeps each for a minute, since every row is asked at every drawing. */
export class RowTimes {
  readonly language: string;
  /** Whether ages count from the last change instead of the beginning. */
  readonly byUpdate: boolean;
  readonly #words: RelativeTime;
  readonly #kept = new WeakMap<ConnectedAccount, RowTime & { readonly minute: number }>();

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

  /** What is kept holds for it. @param wallNow ms since the epoch */
  minute(wallNow: number): number {
    return Math.floor(wallNow / MINUTE);
  }

  /** @param wallNow ms since the epoch */
  of(account: ConnectedAccount, wallNow: number): RowTime {
    const minute = this.minute(wallNow);
    const kept = this.#kept.get(account);
    if (kept?.minute === minute) return kept;
    const age = this.#words.ago(Date.parse(this.dateTime(account)), wallNow);
    const time = { minute, age, leftUnfinished: isLeftUnfinished(account, wallNow) };
    this.#kept.set(account, time);
    return time;
  }
}
