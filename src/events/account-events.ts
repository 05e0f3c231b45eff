import type { AccountChange } from '../core/accounts/account-actions.js';
import type { CancelReason } from '../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectedAccount, ConnectionStatus } from '../core/model/connection-types.js';

/** All of them bubble and cross shadow roots; `detail` is frozen, serialisable, and holds neither a secret nor a link. */
function initOf<Detail>(detail: Detail, cancelable = false): CustomEventInit<Detail> {
  return { bubbles: true, composed: true, cancelable, detail: frozenCopy(detail) };
}

function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, frozenCopy(part)]);
  return Object.freeze(Object.fromEntries(entries)) as Value;
}

/** Before the first side effect of an attempt. `preventDefault()`: nothing happens then. */
export class AccountConnectStartEvent extends CustomEvent<{
  readonly userId: string;
  readonly authConfigId: string;
  readonly attempt: string;
}> {
  static readonly type = 'account-connect-start';
  constructor(detail: AccountConnectStartEvent['detail']) {
    super(AccountConnectStartEvent.type, initOf(detail, true));
  }
}

/** The server reported another status. */
export class AccountConnectStatusEvent extends CustomEvent<{
  readonly connectedAccountId: string;
  readonly status: ConnectionStatus;
  readonly previousStatus: ConnectionStatus;
}> {
  static readonly type = 'account-connect-status';
  constructor(detail: AccountConnectStatusEvent['detail']) {
    super(AccountConnectStatusEvent.type, initOf(detail));
  }
}

/** Once an attempt, after the server said ACTIVE. */
export class AccountConnectedEvent extends CustomEvent<{
  readonly account: ConnectedAccount;
  readonly attempt: string;
}> {
  static readonly type = 'account-connected';
  constructor(detail: AccountConnectedEvent['detail']) {
    super(AccountConnectedEvent.type, initOf(detail));
  }
}

/** Once an attempt that failed. */
export class AccountConnectErrorEvent extends CustomEvent<{
  readonly error: ConnectErrorInfo;
  readonly attempt: string;
  readonly connectedAccountId?: string;
}> {
  static readonly type = 'account-connect-error';
  constructor(detail: AccountConnectErrorEvent['detail']) {
    super(AccountConnectErrorEvent.type, initOf(detail));
  }
}

/** Once an attempt that was called off. */
export class AccountConnectCancelEvent extends CustomEvent<{
  readonly reason: CancelReason;
  readonly attempt: string;
}> {
  static readonly type = 'account-connect-cancel';
  constructor(detail: AccountConnectCancelEvent['detail']) {
    super(AccountConnectCancelEvent.type, initOf(detail));
  }
}

/** Before an account is disconnected. `preventDefault()` keeps it. */
export class AccountDisconnectStartEvent extends CustomEvent<{ readonly account: ConnectedAccount }> {
  static readonly type = 'account-disconnect-start';
  constructor(detail: AccountDisconnectStartEvent['detail']) {
    super(AccountDisconnectStartEvent.type, initOf(detail, true));
  }
}

/** The server confirmed that the account is gone. */
export class AccountDisconnectedEvent extends CustomEvent<{ readonly account: ConnectedAccount }> {
  static readonly type = 'account-disconnected';
  constructor(detail: AccountDisconnectedEvent['detail']) {
    super(AccountDisconnectedEvent.type, initOf(detail));
  }
}

/** The server confirmed a change of an account. */
export class AccountUpdatedEvent extends CustomEvent<{
  readonly account: ConnectedAccount;
  readonly change: AccountChange;
}> {
  static readonly type = 'account-updated';
  constructor(detail: AccountUpdatedEvent['detail']) {
    super(AccountUpdatedEvent.type, initOf(detail));
  }
}

/** The events of `<connect-account>` by name. */
export interface ConnectAccountEventMap {
  'account-connect-start': AccountConnectStartEvent;
  'account-connect-status': AccountConnectStatusEvent;
  'account-connected': AccountConnectedEvent;
  'account-connect-error': AccountConnectErrorEvent;
  'account-connect-cancel': AccountConnectCancelEvent;
  'account-disconnect-start': AccountDisconnectStartEvent;
  'account-disconnected': AccountDisconnectedEvent;
  'account-updated': AccountUpdatedEvent;
}

declare global {
  interface HTMLElementEventMap extends ConnectAccountEventMap {}
  interface DocumentEventMap extends ConnectAccountEventMap {}
}
