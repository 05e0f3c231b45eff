import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ConnectPhase, type ConnectState, INITIAL_STATE } from '../../src/core/flow/connect-state.js';
import { type ConnectEvent, transition } from '../../src/core/flow/connect-transition.js';
import { connectErrorInfo } from '../../src/core/model/connect-error.js';
import { authConfig, connectedAccount } from '../support/memory-client.js';

const attempt = 'attempt-of-the-table';
const error = connectErrorInfo('unauthorized', 'No session.');
const known = { authConfig: authConfig(), account: null, allowMultiple: false, error: null };
const linked = {
  ...known,
  attempt,
  connectedAccountId: 'ca_1',
  status: 'INITIATED',
  window: 'open',
  isRetrying: false,
};

const STATES: Record<string, ConnectState> = {
  loading: INITIAL_STATE,
  ready: { ...known, phase: 'ready' },
  connected: { ...known, phase: 'connected', account: connectedAccount() },
  attention: { ...known, phase: 'needs-attention', account: connectedAccount({ status: 'EXPIRED' }) },
  failed: { ...known, phase: 'failed', error },
  misconfig: { ...known, phase: 'misconfigured', error: connectErrorInfo('invalid_configuration', 'No user-id.') },
  preparing: { ...known, phase: 'preparing', attempt },
  collecting: { ...known, phase: 'collecting-credentials', attempt, problems: { api_key: 'missing' } },
  submitting: { ...known, phase: 'submitting', attempt },
  blocked: { ...linked, phase: 'popup-blocked' } as ConnectState,
  awaiting: { ...linked, phase: 'awaiting-authorization' } as ConnectState,
  confirming: { ...linked, phase: 'confirming' } as ConnectState,
};

const PHASES: Record<string, ConnectPhase> = {
  loading: 'loading',
  ready: 'ready',
  connected: 'connected',
  attention: 'needs-attention',
  failed: 'failed',
  misconfig: 'misconfigured',
  preparing: 'preparing',
  collecting: 'collecting-credentials',
  submitting: 'submitting',
  blocked: 'popup-blocked',
  awaiting: 'awaiting-authorization',
  confirming: 'confirming',
};

const failure = (code: typeof error.code) =>
  ({ status: 'failed', error: connectErrorInfo(code, 'It failed.') }) as const;

const EVENTS: Record<string, ConnectEvent> = {
  'load-started': { type: 'load-started', allowMultiple: true },
  'loaded nothing': { type: 'loaded', authConfig: authConfig(), account: null },
  'loaded ACTIVE': { type: 'loaded', authConfig: null, account: connectedAccount() },
  'loaded REVOKED': { type: 'loaded', authConfig: null, account: connectedAccount({ status: 'REVOKED' }) },
  'load-failed': { type: 'load-failed', error },
  'load-failed host': { type: 'load-failed', error: connectErrorInfo('auth_config_not_found', 'Unknown.') },
  started: { type: 'started', attempt: 'the-next-attempt' },
  resumed: { type: 'resumed', attempt: 'the-next-attempt', connectedAccountId: 'ca_2' },
  'fields-needed': { type: 'fields-needed', attempt },
  'fields-refused': { type: 'fields-refused', attempt, problems: {}, error: null },
  'link-requested': { type: 'link-requested', attempt },
  'fields-sent': { type: 'fields-sent', attempt },
  'account-created': { type: 'account-created', attempt, connectedAccountId: 'ca_1' },
  'link opened': { type: 'link-created', attempt, connectedAccountId: 'ca_1', opened: true },
  'link unopened': { type: 'link-created', attempt, connectedAccountId: 'ca_1', opened: false },
  'window-opened': { type: 'window-opened', attempt },
  'window-refused': { type: 'window-refused', attempt },
  'link-followed': { type: 'link-followed', attempt },
  'reopen-failed': { type: 'reopen-failed', attempt, error: connectErrorInfo('network_error', 'No answer.') },
  'window-closed': { type: 'window-closed', attempt },
  'callback-reached': { type: 'callback-reached', attempt },
  'same status': { type: 'status-reported', attempt, status: 'INITIATED' },
  'other status': { type: 'status-reported', attempt, status: 'INITIALIZING' },
  retrying: { type: 'retrying', attempt },
  'ended connected': { type: 'ended', attempt, outcome: { status: 'connected', account: connectedAccount() } },
  'ended cancelled': { type: 'ended', attempt, outcome: { status: 'cancelled', reason: 'user' } },
  'ended failed': { type: 'ended', attempt, outcome: failure('link_expired') },
  'ended by host': { type: 'ended', attempt, outcome: failure('auth_config_disabled') },
  'ended INACTIVE': {
    type: 'ended',
    attempt,
    outcome: failure('connection_failed'),
    account: connectedAccount({ status: 'INACTIVE' }),
  },
  'account gone': { type: 'account-changed', account: null },
  'account ACTIVE': { type: 'account-changed', account: connectedAccount() },
};

/** `=` stands for the same state object. A phase stands for another state, in that phase. */
const TABLE = `
event            | loading    ready      connected  attention  failed     misconfig  preparing  collecting submitting blocked    awaiting   confirming
load-started     | loading    loading    loading    loading    loading    loading    =          =          =          =          =          =
loaded nothing   | ready      ready      ready      ready      ready      ready      preparing  collecting submitting blocked    awaiting   confirming
loaded ACTIVE    | connected  connected  connected  connected  connected  connected  preparing  collecting submitting blocked    awaiting   confirming
loaded REVOKED   | attention  attention  attention  attention  attention  attention  preparing  collecting submitting blocked    awaiting   confirming
load-failed      | failed     failed     failed     failed     failed     failed     =          =          =          =          =          =
load-failed host | misconfig  misconfig  misconfig  misconfig  misconfig  misconfig  =          =          =          =          =          =
started          | preparing  preparing  preparing  preparing  preparing  preparing  =          =          =          =          =          =
resumed          | awaiting   awaiting   awaiting   awaiting   awaiting   awaiting   =          =          =          =          =          =
fields-needed    | =          =          =          =          =          =          collecting =          =          =          =          =
fields-refused   | =          =          =          =          =          =          collecting collecting collecting =          =          =
link-requested   | =          =          =          =          =          =          =          preparing  =          =          =          =
fields-sent      | =          =          =          =          =          =          submitting submitting =          =          =          =
account-created  | =          =          =          =          =          =          =          =          confirming =          =          =
link opened      | =          =          =          =          =          =          awaiting   awaiting   awaiting   awaiting   awaiting   awaiting
link unopened    | =          =          =          =          =          =          blocked    blocked    blocked    blocked    blocked    blocked
window-opened    | =          =          =          =          =          =          =          =          =          awaiting   awaiting   awaiting
window-refused   | =          =          =          =          =          =          =          =          =          blocked    blocked    blocked
link-followed    | =          =          =          =          =          =          =          =          =          awaiting   awaiting   awaiting
reopen-failed    | =          =          =          =          =          =          =          =          =          awaiting   awaiting   confirming
window-closed    | =          =          =          =          =          =          =          =          =          blocked    awaiting   confirming
callback-reached | =          =          =          =          =          =          =          =          =          confirming confirming =
same status      | =          =          =          =          =          =          =          =          =          =          =          =
other status     | =          =          =          =          =          =          =          =          =          blocked    awaiting   confirming
retrying    | =          =          =          =          =          =          =          =          =          blocked    awaiting   confirming
ended connected  | =          =          =          =          =          =          connected  connected  connected  connected  connected  connected
ended cancelled  | =          =          =          =          =          =          ready      ready      ready      ready      ready      ready
ended failed     | =          =          =          =          =          =          failed     failed     failed     failed     failed     failed
ended by host    | =          =          =          =          =          =          misconfig  misconfig  misconfig  misconfig  misconfig  misconfig
ended INACTIVE   | =          =          =          =          =          =          attention  attention  attention  attention  attention  attention
account gone     | ready      ready      ready      ready      failed     misconfig    preparing  collecting submitting blocked    awaiting   confirming
account ACTIVE   | connected  connected  connected  connected  connected  connected  preparing  collecting submitting blocked    awaiting   confirming
`;

const [header = '', ...rows] = TABLE.trim().split('\n');
const columns = header.split('|')[1]?.trim().split(/\s+/) ?? [];

describe('transition for every phase and event', () => {
  test('the table names every event and every phase', () => {
    const named = rows.map((row) => row.split('|')[0]?.trim());
    assert.deepEqual(named, Object.keys(EVENTS));
    assert.deepEqual(columns, Object.keys(STATES));
  });

  for (const row of rows) {
    const [name = '', cells = ''] = row.split('|').map((part) => part.trim());
    test(`the event ${name} has the expected effect in every phase`, () => {
      cells.split(/\s+/).forEach((expected, index) => {
        const column = columns[index] ?? '';
        const state = STATES[column] as ConnectState;
        const next = transition(state, EVENTS[name] as ConnectEvent);
        if (expected === '=') assert.equal(next, state, `${column}: another state, in phase ${next.phase}`);
        else {
          assert.equal(next.phase, PHASES[expected], column);
          assert.notEqual(next, state, column);
          assert.ok(Object.isFrozen(next), column);
        }
      });
    });
  }
});

test('no event of another attempt changes the state', () => {
  for (const [name, event] of Object.entries(EVENTS)) {
    if (!('attempt' in event) || event.type === 'started' || event.type === 'resumed') continue;
    for (const state of Object.values(STATES)) {
      assert.equal(transition(state, { ...event, attempt: 'another-attempt' }), state, name);
    }
  }
});

test('an attempt keeps the account and auth config and clears the previous error', () => {
  const before: ConnectState = {
    ...known,
    phase: 'needs-attention',
    account: connectedAccount({ status: 'EXPIRED' }),
    error,
  };
  const next = transition(before, { type: 'started', attempt });
  assert.deepEqual(next, { ...known, phase: 'preparing', attempt, account: before.account });
});

test('a cancelled attempt keeps the existing account', () => {
  const account = connectedAccount({ status: 'EXPIRED' });
  const during: ConnectState = { ...known, phase: 'preparing', attempt, account };
  assert.deepEqual(transition(during, EVENTS['ended cancelled'] as ConnectEvent), {
    ...known,
    phase: 'needs-attention',
    account,
  });
});

test('a success with allowMultiple returns to ready with the newest account', () => {
  const account = connectedAccount({ id: 'ca_newest' });
  const during: ConnectState = { ...known, allowMultiple: true, phase: 'preparing', attempt };
  const next = transition(during, { type: 'ended', attempt, outcome: { status: 'connected', account } });
  assert.deepEqual(next, { ...known, allowMultiple: true, phase: 'ready', account });
});

test('a report after failed requests changes the state even if the status is the same', () => {
  const isRetrying = transition(STATES['awaiting'] as ConnectState, { type: 'retrying', attempt });
  assert.equal('isRetrying' in isRetrying && isRetrying.isRetrying, true);
  const recovered = transition(isRetrying, { type: 'status-reported', attempt, status: 'INITIATED' });
  assert.deepEqual(recovered, STATES['awaiting']);
});

test('another link for the same attempt after a reload reopens its window', () => {
  const resumed = transition(INITIAL_STATE, { type: 'resumed', attempt, connectedAccountId: 'ca_1' });
  assert.equal('window' in resumed && resumed.window, 'unknown');
  const next = transition(resumed, { type: 'link-created', attempt, connectedAccountId: 'ca_2', opened: true });
  assert.equal('window' in next && next.window, 'open');
  assert.equal('connectedAccountId' in next && next.connectedAccountId, 'ca_2');
});
