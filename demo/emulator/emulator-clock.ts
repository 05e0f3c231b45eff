/** The emulator's clock, so that a test need not wait ten minutes for a link to expire. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves only the emulator forward by this many milliseconds. */
  advance(milliseconds: number): void;
}

/** The system clock plus what {@link EmulatorClock.advance} added. */
export function createEmulatorClock(): EmulatorClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
