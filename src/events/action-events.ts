import type { AccountChange } from '../core/accounts/account-actions.js';
import type { ConnectedAccount } from '../core/model/connection-types.js';
import { eventInit } from './event-init.js';

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
