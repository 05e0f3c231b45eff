import { expect } from '@open-wc/testing';
import { type ConnectState, INITIAL_STATE } from '../../src/core/flow/connect-state.js';
import { type ConnectEvent, transition } from '../../src/core/flow/connect-transition.js';
import { connectErrorInfo } from '../../src/core/model/connect-error.js';
import { eventForTransition } from '../../src/events/account-events.js';
import { connectedAccount } from '../support/memory-client.js';

const attempt = 'attempt-of-the-test';
const error = connectErrorInfo('forbidden', 'No.');
const connected = { status: 'connected', account: connectedAccount() } as const;
const cancelled = { status: 'cancelled', reason: 'user' } as const;
const failed = { status: 'failed', error } as const;

/** What a page hears of a sequence of events: type and detail, as they come. */
function heardOf(events: readonly ConnectEvent[]): Array<[string, unknown]> {
  let state: ConnectState = INITIAL_STATE;
  return events.flatMap((event) => {
    const previous = state;
    state = transition(previous, event);
    const heard = state === previous ? null : eventForTransition(state, previous, event);
    return heard ? [[heard.type, heard.detail] as [string, unknown]] : [];
  });
}

const linked: ConnectEvent[] = [
  { type: 'started', attempt },
  { type: 'link-created', attempt, connectedAccountId: 'ca_1', opened: true },
];

describe('eventForTransition', () => {
  it('only a new status and the end have events', () => {
    const heard = heardOf([
      { type: 'load-started', allowMultiple: false },
      { type: 'loaded', authConfig: null, account: connectedAccount({ status: 'EXPIRED' }) },
      ...linked,
      { type: 'window-refused', attempt },
      { type: 'link-followed', attempt },
      { type: 'window-closed', attempt },
      { type: 'callback-reached', attempt },
      { type: 'retrying', attempt },
      { type: 'status-reported', attempt, status: 'INITIATED' },
      { type: 'account-changed', account: null },
    ]);
    expect(heard).to.deep.equal([]);
  });

  it('a status event carries the status before, and is created once', () => {
    const report = { type: 'status-reported', attempt, status: 'INITIALIZING' } as const;
    expect(heardOf([...linked, report, report])).to.deep.equal([
      ['account-connect-status', { connectedAccountId: 'ca_1', status: 'INITIALIZING', previousStatus: 'INITIATED' }],
    ]);
  });

  for (const [name, outcome, type, detail] of [
    ['connected', connected, 'account-connected', { account: connectedAccount(), attempt }],
    ['cancelled', cancelled, 'account-connect-cancel', { reason: 'user', attempt }],
    ['failed', failed, 'account-connect-error', { error, attempt, connectedAccountId: 'ca_1' }],
  ] as const) {
    it(`an attempt that is ${name} has one end event, however often it ends`, () => {
      const end = { type: 'ended', attempt, outcome } as const;
      expect(heardOf([...linked, end, end, end])).to.deep.equal([[type, detail]]);
    });
  }

  it('an error before the link names no account', () => {
    const end = { type: 'ended', attempt, outcome: failed } as const;
    expect(heardOf([{ type: 'started', attempt }, end])).to.deep.equal([['account-connect-error', { error, attempt }]]);
  });

  it('the end of another attempt has no event', () => {
    expect(heardOf([...linked, { type: 'ended', attempt: 'another-attempt', outcome: connected }])).to.deep.equal([]);
  });
});
