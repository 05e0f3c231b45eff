import { type CancelReason, type ConnectOutcome, type ConnectState, isLinked } from '../core/flow/connect-state.js';
import type { ConnectEvent } from '../core/flow/connect-transition.js';
import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectedAccount, ConnectionStatus } from '../core/model/connection-types.js';

/**
 * Returns the options of an event that bubbles and crosses shadow roots. Its `detail` is frozen and serializable, and holds
 * neither a secret nor a link.
 */
export function eventInit<Detail>(detail: Detail, cancelable = false): CustomEventInit<Detail> {
  return { bubbles: true, composed: true, cancelable, detail: frozenCopy(detail) };
}

function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, frozenCopy(part)]));
  return Object.freeze(copy) as Value;
}

/** Fired before the first side effect of an attempt. `preventDefault()` stops the attempt before it has begun. */
export class AccountConnectStartEvent extends CustomEvent<{
  readonly userId: string;
  readonly authConfigId: string;
  readonly attempt: string;
}> {
  static readonly type = 'account-connect-start';
  constructor(detail: AccountConnectStartEvent['detail']) {
    super(AccountConnectStartEvent.type, eventInit(detail, true));
  }
}

/** Fired when the server reports another status. */
export class AccountConnectStatusEvent extends CustomEvent<{
  readonly connectedAccountId: string;
  readonly status: ConnectionStatus;
  readonly previousStatus: ConnectionStatus;
}> {
  static readonly type = 'account-connect-status';
  constructor(detail: AccountConnectStatusEvent['detail']) {
    super(AccountConnectStatusEvent.type, eventInit(detail));
  }
}

/** Fired once per attempt, after the server reported ACTIVE. */
export class AccountConnectedEvent extends CustomEvent<{
  readonly account: ConnectedAccount;
  readonly attempt: string;
}> {
  static readonly type = 'account-connected';
  constructor(detail: AccountConnectedEvent['detail']) {
    super(AccountConnectedEvent.type, eventInit(detail));
  }
}

/** Fired once per attempt that failed. */
export class AccountConnectErrorEvent extends CustomEvent<{
  readonly error: ConnectErrorInfo;
  readonly attempt: string;
  readonly connectedAccountId?: string;
}> {
  static readonly type = 'account-connect-error';
  constructor(detail: AccountConnectErrorEvent['detail']) {
    super(AccountConnectErrorEvent.type, eventInit(detail));
  }
}

/** Fired once per attempt that was cancelled. */
export class AccountConnectCancelEvent extends CustomEvent<{
  readonly reason: CancelReason;
  readonly attempt: string;
}> {
  static readonly type = 'account-connect-cancel';
  constructor(detail: AccountConnectCancelEvent['detail']) {
    super(AccountConnectCancelEvent.type, eventInit(detail));
  }
}

/**
 * Returns the DOM event of a transition, or null. No other place creates these events, so every attempt has exactly one end.
 * @internal
 */
export function eventForTransition(
  state: ConnectState,
  previous: ConnectState,
  event: ConnectEvent,
): CustomEvent | null {
  if (event.type === 'status-reported' && isLinked(state) && isLinked(previous) && state.status !== previous.status) {
    const { connectedAccountId, status } = state;
    return new AccountConnectStatusEvent({ connectedAccountId, status, previousStatus: previous.status });
  }
  if (event.type === 'ended') return eventForOutcome(event.outcome, event.attempt, previous);
  return null;
}

function eventForOutcome(outcome: ConnectOutcome, attempt: string, previous: ConnectState): CustomEvent {
  switch (outcome.status) {
    case 'connected':
      return new AccountConnectedEvent({ account: outcome.account, attempt });
    case 'cancelled':
      return new AccountConnectCancelEvent({ reason: outcome.reason, attempt });
    case 'failed': {
      const connectedAccountId = isLinked(previous) ? { connectedAccountId: previous.connectedAccountId } : {};
      return new AccountConnectErrorEvent({ error: outcome.error, attempt, ...connectedAccountId });
    }
  }
}
