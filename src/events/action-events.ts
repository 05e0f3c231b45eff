import type { AccountChange } from '../core/accounts/account-actions.js';
import type { ConnectedAccount } from '../core/model/connection-types.js';
import {
  type AccountConnectCancelEvent,
  type AccountConnectErrorEvent,
  type AccountConnectedEvent,
  type AccountConnectStartEvent,
  type AccountConnectStatusEvent,
  eventInit,
} from './account-events.js';

/** Fired before an account is disconnected. `preventDefault()` keeps the account. */
export class AccountDisconnectStartEvent extends CustomEvent<{ readonly account: ConnectedAccount }> {
  static readonly type = 'account-disconnect-start';
  constructor(detail: AccountDisconnectStartEvent['detail']) {
    super(AccountDisconnectStartEvent.type, eventInit(detail, true));
  }
}

/** Fired after the server confirmed the disconnect. */
export class AccountDisconnectedEvent extends CustomEvent<{ readonly account: ConnectedAccount }> {
  static readonly type = 'account-disconnected';
  constructor(detail: AccountDisconnectedEvent['detail']) {
    super(AccountDisconnectedEvent.type, eventInit(detail));
  }
}

/** Fired after the server confirmed a change of an account. */
export class AccountUpdatedEvent extends CustomEvent<{
  readonly account: ConnectedAccount;
  readonly change: AccountChange;
}> {
  static readonly type = 'account-updated';
  constructor(detail: AccountUpdatedEvent['detail']) {
    super(AccountUpdatedEvent.type, eventInit(detail));
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
  interface WindowEventMap extends ConnectAccountEventMap {}
}
