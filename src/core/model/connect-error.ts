import type { ConnectErrorCode } from './error-codes.js';

/** An error as a frozen, serialisable value. It never holds a secret or a link. */
export interface ConnectErrorInfo {
  readonly code: ConnectErrorCode;
  /** English text for the developer. The user reads the text that `messages` has for the code. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** HTTP status, if there was a response. */
  readonly status?: number;
  /** Id of the request at the backend, for its logs. */
  readonly requestId?: string;
  /** The server's text for each field name. */
  readonly fieldErrors?: Readonly<Record<string, string>>;
  /** Id of the account that stands in the way (`already_connected`). */
  readonly connectedAccountId?: string;
  /** `sandboxed`: the frame around the page refuses every window, so another click cannot help. */
  readonly reason?: 'sandboxed';
}

/** The exception that carries a {@link ConnectErrorInfo}. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  /** The error as a value, which the elements show and put into their events. */
  readonly info: ConnectErrorInfo;
  /** Time in ms that the server asked to wait (`Retry-After`). */
  readonly retryAfter: number | undefined;
  /** Whether something else than a backend of this protocol responded, like a server that knows no such route. */
  readonly isForeign: boolean;

  constructor(
    info: ConnectErrorInfo,
    options: { retryAfter?: number | undefined; isForeign?: boolean; cause?: unknown } = {},
  ) {
    super(info.message, 'cause' in options ? { cause: options.cause } : undefined);
    this.info = Object.freeze(info);
    this.retryAfter = options.retryAfter;
    this.isForeign = options.isForeign === true;
  }

  /** Knows the errors of another copy of this package too, like one that a page's own client has beside the single file. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const error = value as Partial<ConnectError> | null | undefined;
    return error?.name === 'ConnectError' && !!error.info;
  }

  /** The same as `info.code`. */
  get code(): ConnectErrorCode {
    return this.info.code;
  }
}

const RETRYABLE: ReadonlySet<ConnectErrorCode> = new Set<ConnectErrorCode>([
  'rate_limited',
  'internal_error',
  'upstream_error',
  'network_error',
  'timeout',
]);

/** Creates a frozen {@link ConnectErrorInfo}. `retryable` follows from the code unless it is given. */
export function connectErrorInfo(
  code: ConnectErrorCode,
  message: string,
  more: Partial<Omit<ConnectErrorInfo, 'code' | 'message'>> = {},
): ConnectErrorInfo {
  return Object.freeze({ code, message, retryable: RETRYABLE.has(code), ...more });
}

/** Converts anything thrown. An unexpected error becomes `internal_error` without its text, which may hold a secret. */
export function toConnectErrorInfo(error: unknown): ConnectErrorInfo {
  if (error instanceof ConnectError) return error.info;
  return connectErrorInfo('internal_error', 'An unexpected error occurred.');
}

/** Returns the error for a response about another account, as a cache or a proxy may mix them up. */
export function wrongAccountError(): ConnectErrorInfo {
  return connectErrorInfo('invalid_response', 'The backend responded with another account than the one requested.');
}

/** Returns whether the backend does not offer what was asked: 405, or a 404 that is not about an account. */
export function isNotOffered(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false;
  return error.info.status === 405 || (error.info.status === 404 && error.isForeign);
}
