import type { ConnectErrorCode } from '../../core/model/connect-error.js';

/** Codes that the backend answers; the others arise in the element. */
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
  /** HTTP status, where it is not the usual one of the code (405, 413). */
  readonly status?: number;
  readonly fieldErrors?: Readonly<Record<string, string>>;
  readonly connectedAccountId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that ends in an error answer. Its message goes to the browser, so it never quotes what upstream or the host said. */
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

/** The one answer to every id that is not an account of this user: unknown, foreign, deleted or not allowed. */
export function accountNotFound(): RequestError {
  return new RequestError('not_found', 'There is no such connected account.');
}

/** The one answer to every auth config that is unknown or not allowed. */
export function authConfigNotFound(): RequestError {
  return new RequestError('auth_config_not_found', 'There is no such auth config.');
}

/** A request that is wrong in itself; `message` names the mend. */
export function invalidRequest(message: string): RequestError {
  return new RequestError('invalid_request', message);
}

/** An answer in JSON that nothing caches. */
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

/** The error envelope of the protocol. */
export function errorResponse(error: RequestError, requestId: string): Response {
  const { code, message, status } = error;
  const { fieldErrors, connectedAccountId, headers } = error.details;
  return jsonResponse(status, { error: { code, message, requestId, fieldErrors, connectedAccountId } }, headers);
}
