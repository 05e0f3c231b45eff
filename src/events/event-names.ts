import type { ConnectAccountEventMap } from './action-events.js';
import type { ConnectedAccountsListEventMap } from './list-events.js';

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
