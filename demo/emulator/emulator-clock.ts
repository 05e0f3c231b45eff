/** The emulator's idea of now, so that a test need not wait ten minutes for a link to die. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the emulator, and nothing else, forward by so many milliseconds. */
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
