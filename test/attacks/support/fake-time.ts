import type { TestContext } from 'node:test';

/** Pauses of the handler are shorter, and its time limits are longer. */
const MAX_PAUSE_MS = 500;

/**
 * Stops the clock of this process, and lets pauses cost no time. Returns a function that moves the clock forward. Time limits
 * go on by the real clock.
 */
export function useFakeTime(context: TestContext): (milliseconds: number) => void {
  context.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) });
  // Status reads count by it.
  context.mock.method(performance, 'now', () => Date.now());
  const { setTimeout: real } = globalThis;
  context.mock.method(globalThis, 'setTimeout', (run: () => void, duration = 0) =>
    real(run, duration <= MAX_PAUSE_MS ? 0 : duration),
  );
  return (milliseconds) => context.mock.timers.setTime(Date.now() + milliseconds);
}
