import fc from 'fast-check';

/** A fault that replaces the response to one request. */
export type FaultKind =
  | 'status-500'
  | 'status-429'
  | 'web-page'
  | 'sign-in-page'
  | 'half-json'
  | 'no-connection'
  | 'slow';

/** The behavior of a random user, network and provider. */
export interface FlowPlan {
  /** The outcome at the provider. `leave`: the user closes the window and cancels. */
  readonly ending: 'consent' | 'late-consent' | 'deny' | 'expire' | 'revoke' | 'leave';
  /** An event in the page while the user is away. */
  readonly disturbance: 'none' | 'reload' | 'move' | 'remove' | 'close-window';
  /** Clicks on the trigger, one right after the other. */
  readonly clicks: number;
  /** Faults by number of the request, counted from 1. */
  readonly faults: Readonly<Record<number, FaultKind>>;
}

const faults = fc.dictionary(
  fc.integer({ min: 1, max: 8 }).map(String),
  fc.constantFrom<FaultKind>(
    'status-500',
    'status-429',
    'web-page',
    'sign-in-page',
    'half-json',
    'no-connection',
    'slow',
  ),
  { maxKeys: 3, noNullPrototype: true },
);

const plan: fc.Arbitrary<FlowPlan> = fc.record({
  ending: fc.oneof(
    { weight: 5, arbitrary: fc.constant('consent' as const) },
    { weight: 4, arbitrary: fc.constantFrom('late-consent' as const, 'deny', 'expire', 'revoke', 'leave') },
  ),
  disturbance: fc.oneof(
    { weight: 3, arbitrary: fc.constant('none' as const) },
    { weight: 4, arbitrary: fc.constantFrom('reload' as const, 'move', 'remove', 'close-window') },
  ),
  clicks: fc.constantFrom(1, 1, 2, 5),
  faults: fc.oneof(fc.constant({}), faults),
});

/** Makes the same plans for the same seed. */
export function flowPlans(seed: number, count: number): readonly FlowPlan[] {
  return fc.sample(plan, { seed, numRuns: count });
}
