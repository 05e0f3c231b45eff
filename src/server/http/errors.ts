import type { ConnectErrorCode } from '../../core/model/error-codes.js';

/** The codes that the backend sends. The others arise in the element. */
type AnsweredCode = Exclude<
  ConnectErrorCode,
  | 'invalid_configuration'
  | 'network_error'
  | 'invalid_response'
  | 'connection_failed'
  | 'connection_expired'
  | 'connection_revoked'
>;

const HTTP_STATUS: Readonly<Record<AnsweredCode, number>> = {
  invalid_request: 400,
  missing_fields: 400,
  unsupported_scheme: 400,
  link_expired: 400,
  unauthorized: 401,
  forbidden: 403,
  csrf_rejected: 403,
  browser_mismatch: 403,
  not_found: 404,
  auth_config_not_found: 404,
  already_connected: 409,
  alias_taken: 409,
  auth_config_disabled: 409,
  invalid_credentials: 422,
  rate_limited: 429,
  internal_error: 500,
  upstream_error: 502,
  timeout: 504,
};

interface ErrorDetails {
  /** HTTP status, if it differs from the usual one of the code (405, 413). */
  readonly status?: number;
  readonly fieldErrors?: Readonly<Record<string, string>>;
  readonly connectedAccountId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that is sent to the browser. Its message therefore never quotes upstream or the host. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: AnsweredCode;
  readonly details: ErrorDetails;
  /** HTTP status */
  readonly status: number;

  constructor(code: AnsweredCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
    this.status = details.status ?? HTTP_STATUS[code];
  }
}

/** The same error for every id that is not an account of this user: unknown, foreign, deleted or not allowed. */
export function accountNotFound(): RequestError {
  return new RequestError('not_found', 'There is no such connected account.');
}

/** The same error for every auth config that is unknown or not allowed. */
export function authConfigNotFound(): RequestError {
  return new RequestError('auth_config_not_found', 'There is no such auth config.');
}

/** The error for a malformed request. `message` says how to fix it. */
export function invalidRequest(message: string): RequestError {
  return new RequestError('invalid_request', message);
}

/** Returns a JSON response that is not cached. */
export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}

/** Returns an error in the envelope of the protocol. */
export function errorResponse(error: RequestError, requestId: string): Response {
  const { code, message, status } = error;
  const { fieldErrors, connectedAccountId, headers } = error.details;
  return jsonResponse(status, { error: { code, message, requestId, fieldErrors, connectedAccountId } }, headers);
}
