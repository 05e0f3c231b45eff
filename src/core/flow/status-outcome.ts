import { connectError } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { ConnectOutcome } from './connect-state.js';

/** How an attempt ends when the server reports this of its account, or null while it is pending. */
export function outcomeOfStatus(account: ConnectedAccount): ConnectOutcome | null {
  switch (account.status) {
    case 'ACTIVE':
      return { status: 'connected', account };
    case 'FAILED':
      return failed('connection_failed', 'The account could not be connected: the provider or the user refused.');
    case 'EXPIRED':
      return failed('link_expired', 'The link expired before the connection was finished.');
    case 'REVOKED':
      return failed('connection_revoked', 'The access was revoked while it was being connected.');
    case 'INACTIVE':
      return failed('connection_failed', 'The account was disabled while it was being connected.');
    default:
      return null;
  }
}

function failed(code: 'connection_failed' | 'link_expired' | 'connection_revoked', message: string): ConnectOutcome {
  return { status: 'failed', error: connectError(code, message) };
}
