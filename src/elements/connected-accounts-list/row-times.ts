import type { ReactiveControllerHost } from 'lit';
import { tolerate } from '../../browser/page-limits.js';
import { createPageSignals } from '../../browser/page-signals.js';
import { TimelyUpdateController } from '../../controllers/timely-update-controller.js';
import { isAbandoned } from '../../core/flow/existing-account.js';
import { systemClock } from '../../core/model/clock.js';
import { type ConnectedAccount, isPending, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { languageName } from '../../messages/registered-messages.js';

/** The parts of a row that depend on the time. */
export interface RowTime {
  /** The relative time, like "3 days ago". */
  readonly age: string;
  /** Whether the user began to connect the account and never finished. */
  readonly isAbandoned: boolean;
}

/** A row's time, and the span in which it holds, in ms since the epoch. */
interface CachedTime extends RowTime {
  readonly from: number;
  readonly until: number;
}

/** Formats the times of rows in one language. Each is cached while it holds, because every update asks for all of them. */
export class RowTimes {
  readonly language: string;
  /** Whether ages count from the last change instead of the creation. */
  readonly byUpdate: boolean;
  readonly #format: RelativeTime;
  readonly #cache = new WeakMap<ConnectedAccount, CachedTime>();

  constructor(language: string, byUpdate: boolean) {
    this.language = language;
    this.byUpdate = byUpdate;
    this.#format = new RelativeTime(language);
  }

  /** Returns the date in ISO 8601. */
  dateTime({ createdAt, updatedAt }: ConnectedAccount): string {
    return this.byUpdate ? updatedAt : createdAt;
  }

  /** Returns the full date, or '' where a client of the page's own gives none. */
  date(account: ConnectedAccount): string {
    const time = Date.parse(this.dateTime(account));
    return time ? this.#format.date(time) : '';
  }

  /** Returns the day on which an account was created, like "May 3", with its year where that is not this one; '' as above. */
  day({ createdAt }: ConnectedAccount): string {
    const time = Date.parse(createdAt);
    return time ? this.#format.day(time, systemClock.wallNow()) : '';
  }

  /**
   * Returns the time at which the first of these rows will change, in ms since the epoch; Infinity without rows. The value
   * changes whenever a row does.
   * @param wallNow ms since the epoch
   */
  until(accounts: readonly ConnectedAccount[], wallNow: number): number {
    return accounts.reduce(
      (first, account) => Math.min(first, this.get(account, wallNow).until),
      Number.POSITIVE_INFINITY,
    );
  }

  /** @param wallNow ms since the epoch */
  get(account: ConnectedAccount, wallNow: number): CachedTime {
    const cached = this.#cache.get(account);
    if (cached && cached.from <= wallNow && wallNow < cached.until) return cached;
    const time = Date.parse(this.dateTime(account));
    const linkEnd = Date.parse(account.createdAt) + LINK_LIFETIME_MS;
    const next = {
      age: time ? this.#format.ago(time, wallNow) : '',
      isAbandoned: isAbandoned(account) || (isPending(account) && linkEnd <= wallNow),
      from: wallNow,
      until: Math.min(
        agoChangesAt(time, wallNow) || Number.POSITIVE_INFINITY,
        linkEnd > wallNow ? linkEnd : Number.POSITIVE_INFINITY,
      ),
    };
    this.#cache.set(account, next);
    return next;
  }
}

const MINUTE_MS = 60_000;

/** The units and their lengths in ms, largest first. */
const UNITS: ReadonlyArray<readonly [Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', MINUTE_MS],
];

/**
 * Returns the locales for a page's tag. English follows, or a browser that does not know the language would write in that of
 * its own menus. A text that is no tag, like `pt-br.utf-8`, would throw: then the language of the words is that of the dates.
 */
function localesFor(tag: string): string[] {
  const known = [tag, languageName(tag)].flatMap((one) => tolerate(() => Intl.getCanonicalLocales(one)) ?? []);
  return [...known, 'en'];
}

/** Returns a number as the language writes it. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(localesFor(language)).format(count);
}

/** Formats relative and full times in one language. Times are in ms since the epoch. */
export class RelativeTime {
  // Undefined where a browser lacks the formatter.
  readonly #relative: Intl.RelativeTimeFormat | undefined;
  readonly #absolute: Intl.DateTimeFormat | undefined;
  readonly #locales: string[];

  constructor(language: string) {
    const locales = localesFor(language);
    this.#locales = locales;
    this.#relative = tolerate(() => new Intl.RelativeTimeFormat(locales, { numeric: 'auto' }));
    this.#absolute = tolerate(() => new Intl.DateTimeFormat(locales, { dateStyle: 'long', timeStyle: 'short' }));
  }

  /** Returns "3 days ago", "yesterday" or "now". A time in the future means that a clock is wrong; it is "now" too. */
  ago(time: number, wallNow: number): string {
    const age = wallNow - time;
    const [unit, length] = UNITS.find(([, size]) => age >= size) ?? ['second', Number.POSITIVE_INFINITY];
    return this.#relative?.format(0 - Math.floor(age / length), unit) ?? this.date(time);
  }

  /** Returns the day without its time. */
  day(time: number, wallNow: number): string {
    const date = new Date(time);
    const year = date.getFullYear() === new Date(wallNow).getFullYear() ? {} : { year: 'numeric' as const };
    const options = { day: 'numeric', month: 'short', ...year } as const;
    return tolerate(() => date.toLocaleDateString(this.#locales, options)) ?? this.date(time);
  }

  /** Returns the full date. */
  date(time: number): string {
    return this.#absolute?.format(time) ?? new Date(time).toLocaleDateString();
  }
}

/** Returns the time at which {@link RelativeTime.ago} will return another text than at `wallNow`. */
export function agoChangesAt(time: number, wallNow: number): number {
  const age = wallNow - time;
  const index = UNITS.findIndex(([, size]) => age >= size);
  if (index < 0) return time + MINUTE_MS;
  const length = UNITS[index]?.[1] ?? MINUTE_MS;
  // A month begins before the fifth week is over.
  const larger = UNITS[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
  return time + Math.min((Math.floor(age / length) + 1) * length, larger);
}

/** The times of an update. */
export interface RenderedTimes {
  readonly times: RowTimes;
  /** The time of the update, in ms since the epoch. */
  readonly wallNow: number;
  /** The time at which the first row becomes stale, in ms since the epoch. */
  readonly until: number;
}

/** Formats the times of the rows of an element, and updates the element when one becomes stale. */
export class ListTimes {
  #times = new RowTimes('en', false);
  #until = Number.POSITIVE_INFINITY;

  constructor(host: ReactiveControllerHost & { readonly isConnected: boolean }) {
    new TimelyUpdateController(host, { clock: systemClock, page: createPageSignals() }, () => this.#until);
  }

  /** @param byUpdate whether ages count from the last change */
  configure(language: string, byUpdate: boolean): void {
    if (this.#times.language !== language || this.#times.byUpdate !== byUpdate)
      this.#times = new RowTimes(language, byUpdate);
  }

  /** Returns the times of these accounts now. */
  render(accounts: readonly ConnectedAccount[]): RenderedTimes {
    const wallNow = systemClock.wallNow();
    this.#until = this.#times.until(accounts, wallNow);
    return { times: this.#times, wallNow, until: this.#until };
  }
}
