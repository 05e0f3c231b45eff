import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ConnectOutcome, type ConnectState, INITIAL_STATE, isBusy } from '../../src/core/flow/connect-state.js';
import { type ConnectEvent, transition } from '../../src/core/flow/connect-transition.js';
import { connectErrorInfo } from '../../src/core/model/connect-error.js';
import { CONNECTION_STATUSES } from '../../src/core/model/connection-types.js';
import { CONNECT_ERROR_CODES } from '../../src/core/model/error-codes.js';
import { connectedAccount } from '../support/memory-client.js';

const PHASES = [
  'loading',
  'ready',
  'preparing',
  'collecting-credentials',
  'submitting',
  'popup-blocked',
  'awaiting-authorization',
  'confirming',
  'connected',
  'needs-attention',
  'failed',
  'misconfigured',
];

const status = fc.constantFrom(...CONNECTION_STATUSES);
const account = fc.option(status.map((one) => connectedAccount({ status: one })));
const error = fc.constantFrom(...CONNECT_ERROR_CODES).map((code) => connectErrorInfo(code, 'Random.'));
const outcome: fc.Arbitrary<ConnectOutcome> = fc.oneof(
  fc.constant({ status: 'connected', account: connectedAccount() } as const),
  fc.constantFrom('user', 'host', 'removed').map((reason) => ({ status: 'cancelled', reason }) as const),
  error.map((one) => ({ status: 'failed', error: one }) as const),
);
/** Two attempts are enough for them to interfere. */
const attempt = fc.constantFrom('attempt-a', 'attempt-b');

const event: fc.Arbitrary<ConnectEvent> = fc.oneof(
  fc.record({ type: fc.constant('load-started' as const), allowMultiple: fc.boolean() }),
  fc.record({ type: fc.constant('loaded' as const), authConfig: fc.constant(null), account }),
  fc.record({ type: fc.constant('load-failed' as const), error }),
  fc.record({ type: fc.constant('account-changed' as const), account }),
  fc.record({ type: fc.constant('started' as const), attempt }),
  fc.record({ type: fc.constant('resumed' as const), attempt, connectedAccountId: fc.constant('ca_1') }),
  fc.record({
    type: fc.constant('link-created' as const),
    attempt,
    connectedAccountId: fc.constant('ca_1'),
    opened: fc.boolean(),
  }),
  fc.record({ type: fc.constant('account-created' as const), attempt, connectedAccountId: fc.constant('ca_1') }),
  fc.record({
    type: fc.constant('fields-refused' as const),
    attempt,
    problems: fc.constant({ api_key: 'missing' as const }),
    error: fc.option(error),
  }),
  fc.record({
    type: fc.constantFrom(
      'fields-needed' as const,
      'fields-sent' as const,
      'link-requested' as const,
      'window-opened' as const,
      'window-refused' as const,
      'link-followed' as const,
      'window-closed' as const,
      'callback-reached' as const,
      'retrying' as const,
    ),
    attempt,
  }),
  fc.record({ type: fc.constant('reopen-failed' as const), attempt, error }),
  fc.record({ type: fc.constant('status-reported' as const), attempt, status }),
  fc.record({ type: fc.constant('ended' as const), attempt, outcome }),
);

/** Each state with the event that led to it. */
function walk(
  events: readonly ConnectEvent[],
): Array<{ before: ConnectState; event: ConnectEvent; after: ConnectState }> {
  let state = INITIAL_STATE;
  return events.map((one) => {
    const before = state;
    state = transition(before, one);
    return { before, event: one, after: state };
  });
}

const anyWalk = fc.array(event, { maxLength: 60 }).map(walk);

test('no sequence of events leaves the union of states', () => {
  fc.assert(
    fc.property(anyWalk, (steps) => {
      for (const { after } of steps) {
        assert.ok(PHASES.includes(after.phase), after.phase);
        assert.ok(Object.isFrozen(after));
        assert.equal(isBusy(after), PHASES.slice(2, 8).includes(after.phase));
        if (after.phase === 'connected') assert.equal(after.account.status, 'ACTIVE');
        if (after.phase === 'failed' || after.phase === 'misconfigured') assert.notEqual(after.error, null);
      }
    }),
    { numRuns: 500 },
  );
});

test('an attempt ends exactly once and only by its own end', () => {
  fc.assert(
    fc.property(anyWalk, (steps) => {
      for (const { before, event: one, after } of steps) {
        if (!isBusy(before)) continue;
        const own = one.type === 'ended' && one.attempt === before.attempt;
        assert.equal(!isBusy(after), own, `${one.type} in ${before.phase}`);
        if (isBusy(after)) assert.equal(after.attempt, before.attempt);
      }
    }),
    { numRuns: 500 },
  );
});

test('an event of another attempt has no effect in any sequence', () => {
  fc.assert(
    fc.property(anyWalk, (steps) => {
      for (const { before, event: one, after } of steps) {
        if (!('attempt' in one) || one.type === 'started' || one.type === 'resumed') continue;
        if (!isBusy(before) || before.attempt !== one.attempt) assert.equal(after, before, one.type);
      }
    }),
    { numRuns: 500 },
  );
});
