import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectAccountEventMap } from './action-events.js';

/** Fired when a page of the list was read. `count` is the number of rows loaded so far. */
export class AccountsLoadedEvent extends CustomEvent<{ readonly count: number; readonly hasMore: boolean }> {
  static readonly type = 'accounts-loaded';
  constructor(detail: AccountsLoadedEvent['detail']) {
    super(AccountsLoadedEvent.type, { bubbles: true, composed: true, detail: Object.freeze({ ...detail }) });
  }
}

/** Fired when a page of the list could not be read. */
export class AccountsLoadErrorEvent extends CustomEvent<{ readonly error: ConnectErrorInfo }> {
  static readonly type = 'accounts-load-error';
  constructor(detail: AccountsLoadErrorEvent['detail']) {
    super(AccountsLoadErrorEvent.type, { bubbles: true, composed: true, detail: Object.freeze({ ...detail }) });
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

type EventName = keyof ConnectAccountEventMap | keyof ConnectedAccountsListEventMap;

/** The compiler checks that no event is missing. */
const NAMES: Readonly<Record<EventName, true>> = {
  'account-connect-start': true,
  'account-connect-status': true,
  'account-connected': true,
  'account-connect-error': true,
  'account-connect-cancel': true,
  'account-disconnect-start': true,
  'account-disconnected': true,
  'account-updated': true,
  'accounts-loaded': true,
  'accounts-load-error': true,
};

/** The names of all events of the two elements. All of them bubble and are composed. */
export const ALL_EVENT_NAMES = Object.keys(NAMES) as readonly EventName[];
