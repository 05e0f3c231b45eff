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
