/** When to ask the server again. Pure: all times in ms, on one monotonic clock. */

const FIRST_DELAY = 1000;
const GROWTH = 1.5;
const CAP = 5000;
/** After this long most users have gone to look for their phone: ask less often. */
const PATIENCE = 120_000;
const PATIENT_DELAY = 15_000;
const HIDDEN_DELAY = 30_000;
const JITTER = 0.2;

/** At least this long between two requests, however many hints arrive. */
export const HINT_SPACING = 500;

/**
 * No more than `count` requests in any `span`, so that a flood of hints is never a flood of requests. One less than the
 * 14 and 60 that are promised: the last look, at the deadline, is made in any case.
 */
const BUDGETS = [
  { count: 13, span: 30_000 },
  { count: 59, span: 600_000 },
];

/** Delay before the next scheduled request. */
export function pollDelay(poll: { asked: number; elapsed: number; visible: boolean; random: number }): number {
  const growing = Math.min(CAP, FIRST_DELAY * GROWTH ** poll.asked);
  const delay = poll.elapsed >= PATIENCE ? PATIENT_DELAY : growing;
  const spread = 1 - JITTER + 2 * JITTER * poll.random;
  return (poll.visible ? delay : Math.max(delay, HIDDEN_DELAY)) * spread;
}

/** Earliest time at which the budgets allow another request after those at `times` (ascending). */
export function earliestRequest(times: readonly number[]): number {
  return Math.max(
    Number.NEGATIVE_INFINITY,
    ...BUDGETS.map(({ count, span }) => (times.at(-count) ?? Number.NEGATIVE_INFINITY) + span),
  );
}
