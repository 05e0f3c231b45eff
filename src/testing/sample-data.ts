import { ConnectError, type ConnectErrorInfo, connectErrorInfo } from '../core/model/connect-error.js';
import type { AuthConfig, ConnectedAccount } from '../core/model/connection-types.js';
import type { ConnectErrorCode } from '../core/model/error-codes.js';

/** Returns an ACTIVE GitHub account of `ac_github`, with the fields of `different` replaced. */
export function createAccount(different: Partial<ConnectedAccount> = {}): ConnectedAccount {
  return {
    id: 'ca_1',
    toolkit: { slug: 'github', name: 'GitHub' },
    authConfig: { id: 'ac_github', authScheme: 'OAUTH2', isComposioManaged: true, isDisabled: false },
    alias: null,
    wordId: 'github_red-castle',
    displayName: 'octocat',
    status: 'ACTIVE',
    statusReason: null,
    isDisabled: false,
    createdAt: '2026-03-01T11:00:00.000Z',
    updatedAt: '2026-03-01T11:00:30.000Z',
    ...different,
  };
}

/** Returns the OAuth auth config `ac_github`, with the fields of `different` replaced. */
export function createAuthConfig(different: Partial<AuthConfig> = {}): AuthConfig {
  return {
    id: 'ac_github',
    authScheme: 'OAUTH2',
    isComposioManaged: true,
    isDisabled: false,
    toolkit: { slug: 'github', name: 'GitHub' },
    fields: [],
    ...different,
  };
}

/** Options of {@link createConnectError}: the details of the error, and the seconds of its `Retry-After`. */
export type ErrorDetails = Partial<Omit<ConnectErrorInfo, 'code'>> & { readonly retryAfter?: number };

/** Creates the error that a client rejects with. */
export function createConnectError(code: ConnectErrorCode, details: ErrorDetails = {}): ConnectError {
  const { message = `The test scripted ${code}.`, retryAfter, ...more } = details;
  const milliseconds = retryAfter === undefined ? undefined : retryAfter * 1000;
  return new ConnectError(connectErrorInfo(code, message, more), { retryAfter: milliseconds });
}
