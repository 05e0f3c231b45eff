import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import { eventInit } from './account-events.js';
import type { ConnectAccountEventMap } from './action-events.js';

/** Fired when a page of the list was read. `count` is the number of rows loaded so far. */
export class AccountsLoadedEvent extends CustomEvent<{ readonly count: number; readonly hasMore: boolean }> {
  static readonly type = 'accounts-loaded';
  constructor(detail: AccountsLoadedEvent['detail']) {
    super(AccountsLoadedEvent.type, eventInit(detail));
  }
}

/** Fired when a page of the list could not be read. */
export class AccountsLoadErrorEvent extends CustomEvent<{ readonly error: ConnectErrorInfo }> {
  static readonly type = 'accounts-load-error';
  constructor(detail: AccountsLoadErrorEvent['detail']) {
    super(AccountsLoadErrorEvent.type, eventInit(detail));
  }
}

type AccountEvents =
  | 'account-connected'
  | 'account-connect-error'
  | 'account-disconnect-start'
  | 'account-disconnected'
  | 'account-updated';

/** The events of `<connected-accounts-list>` by name. */
export interface ConnectedAccountsListEventMap extends Pick<ConnectAccountEventMap, AccountEvents> {
  'accounts-loaded': AccountsLoadedEvent;
  'accounts-load-error': AccountsLoadErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends ConnectedAccountsListEventMap {}
  interface DocumentEventMap extends ConnectedAccountsListEventMap {}
  interface WindowEventMap extends ConnectedAccountsListEventMap {}
}
