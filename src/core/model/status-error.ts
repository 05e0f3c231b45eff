import { type ConnectErrorInfo, connectErrorInfo } from './connect-error.js';
import type { ConnectionStatus } from './connection-types.js';

/** Returns the error that ends an attempt whose account has this status, or null for ACTIVE and for a pending account. */
export function statusError(status: ConnectionStatus): ConnectErrorInfo | null {
  switch (status) {
    case 'FAILED':
      return connectErrorInfo('connection_failed', 'The account was not connected: the provider or the user refused.');
    case 'EXPIRED':
      return linkExpiredError();
    case 'REVOKED':
      return connectErrorInfo('connection_revoked', 'Access was revoked while the account was being connected.');
    case 'INACTIVE':
      return connectErrorInfo('connection_failed', 'The account was disabled while it was being connected.');
    default:
      return null;
  }
}

/** Returns the error of a link that nobody used in time. */
export function linkExpiredError(): ConnectErrorInfo {
  return connectErrorInfo('link_expired', 'The link expired before the connection was finished.');
}
