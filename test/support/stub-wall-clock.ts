/** Timers shorter than this run as ever: the tests' own waiting, and the drawing. */
const LONG = 10_000;

interface LongTimer {
  readonly at: number;
  readonly callback: () => void;
}

/** The page's wall clock, moved by the test; and its long timers, which fire when it says so. */
export interface WallClock {
  readonly now: number;
  /** The delays of the long timers that are set, in ms. */
  readonly delays: readonly number[];
  /** Time passes; a long timer fires when its time has come. */
  advance(duration: number): void;
  /** The computer sleeps: time passes, and timers do not. */
  sleep(duration: number): void;
}

/** Gives every test of a `describe` a wall clock that stands still at 2026-03-01T12:00:00Z. */
export function useWallClock(): WallClock {
  let now = 0;
  const timers = new Map<number, LongTimer>();
  const real = { now: Date.now, setTimeout: window.setTimeout, clearTimeout: window.clearTimeout };

  const setLong = (callback: () => void, delay = 0): number => {
    if (delay < LONG) return Number(real.setTimeout.call(window, callback, delay));
    // No real timer has such an id.
    const id = -1 - timers.size - Math.floor(performance.now() * 1000);
    timers.set(id, { at: now + delay, callback });
    return id;
  };
  const clear = (id?: number) => {
    if (id === undefined || !timers.delete(id)) real.clearTimeout.call(window, id);
  };
  beforeEach(() => {
    now = Date.parse('2026-03-01T12:00:00Z');
    timers.clear();
    Object.assign(Date, { now: () => now });
    Object.assign(window, { setTimeout: setLong, clearTimeout: clear });
  });
  afterEach(() => {
    Object.assign(Date, { now: real.now });
    Object.assign(window, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
  });

  return {
    get now() {
      return now;
    },
    get delays() {
      return [...timers.values()].map(({ at }) => at - now);
    },
    advance(duration) {
      now += duration;
      for (const [id, { at, callback }] of [...timers]) {
        if (at <= now && timers.delete(id)) callback();
      }
    },
    sleep(duration) {
      now += duration;
    },
  };
}
