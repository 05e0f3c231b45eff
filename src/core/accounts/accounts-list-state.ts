import type { ConnectErrorInfo } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';

/** Where a list of accounts stands. Frozen. */
export interface AccountsListState {
  /** What the server said last, in its order. */
  readonly accounts: readonly ConnectedAccount[];
  /** Whether the first page has been read. */
  readonly loaded: boolean;
  /** Whether the server has more pages. */
  readonly hasMore: boolean;
  /** Whether a page is being read. */
  readonly loading: boolean;
  /** Why the last reading failed. */
  readonly error: ConnectErrorInfo | null;
}

/** What can happen to a list. */
export type AccountsListEvent =
  | { readonly type: 'started' }
  | { readonly type: 'load-started' }
  | { readonly type: 'loaded'; readonly accounts: readonly ConnectedAccount[]; readonly hasMore: boolean }
  | { readonly type: 'load-failed'; readonly error: ConnectErrorInfo }
  /** Another element, another tab or the backend itself changed something. */
  | { readonly type: 'followed'; readonly accounts: readonly ConnectedAccount[] };

export const INITIAL_LIST_STATE: AccountsListState = Object.freeze({
  accounts: Object.freeze([]),
  loaded: false,
  hasMore: false,
  loading: false,
  error: null,
});

/** The state after an event. Pure. */
export function nextListState(state: AccountsListState, event: AccountsListEvent): AccountsListState {
  switch (event.type) {
    case 'started':
      return Object.freeze({ ...INITIAL_LIST_STATE, loading: true });
    case 'load-started':
      return Object.freeze({ ...state, loading: true, error: null });
    case 'loaded': {
      const { accounts, hasMore } = event;
      return Object.freeze({ accounts: Object.freeze(accounts), loaded: true, hasMore, loading: false, error: null });
    }
    case 'load-failed':
      return Object.freeze({ ...state, loading: false, error: event.error });
    case 'followed':
      return Object.freeze({ ...state, accounts: Object.freeze(event.accounts) });
  }
}
