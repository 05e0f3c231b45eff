/** Every way in which connecting can fail, closed, so that texts and tests can be complete. */
export const CONNECT_ERROR_CODES = [
  'invalid_configuration',
  'unauthorized',
  'forbidden',
  'csrf_rejected',
  'not_found',
  'auth_config_not_found',
  'auth_config_disabled',
  'unsupported_scheme',
  'already_connected',
  'alias_taken',
  'missing_fields',
  'invalid_credentials',
  'invalid_request',
  'rate_limited',
  'internal_error',
  'upstream_error',
  'network_error',
  'timeout',
  'invalid_response',
  'connection_failed',
  'connection_expired',
  'connection_revoked',
  'link_expired',
  'browser_mismatch',
] as const;

export type ConnectErrorCode = (typeof CONNECT_ERROR_CODES)[number];

/** An error as a value: frozen and serialisable, without a secret or a link. */
export interface ConnectErrorInfo {
  readonly code: ConnectErrorCode;
  /** For the developer, in English. The user reads the text of `messages` for this code. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  readonly requestId?: string;
  /** Text per field name, from the server. */
  readonly fieldErrors?: Readonly<Record<string, string>>;
  /** The account that stands in the way (`already_connected`). */
  readonly connectedAccountId?: string;
  /** `sandboxed`: the frame around the page refuses every window, so another click cannot help. */
  readonly reason?: 'sandboxed';
}

/** What {@link ConnectErrorInfo} is thrown as. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly info: ConnectErrorInfo;
  /** How long the server asked to wait, in ms (`Retry-After`). */
  readonly retryAfter: number | undefined;

  constructor(info: ConnectErrorInfo, options: { retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(info.message, 'cause' in options ? { cause: options.cause } : undefined);
    this.info = Object.freeze(info);
    this.retryAfter = options.retryAfter;
  }

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

/** Makes a frozen {@link ConnectErrorInfo}; `retryable` follows from the code unless given. */
export function connectErrorInfo(
  code: ConnectErrorCode,
  message: string,
  more: Partial<Omit<ConnectErrorInfo, 'code' | 'message'>> = {},
): ConnectErrorInfo {
  return Object.freeze({ code, message, retryable: RETRYABLE.has(code), ...more });
}

/** Any thrown thing as a {@link ConnectErrorInfo}; an unforeseen one reads as `internal_error`, its text left out on purpose. */
export function toConnectErrorInfo(thrown: unknown): ConnectErrorInfo {
  if (thrown instanceof ConnectError) return thrown.info;
  return connectErrorInfo('internal_error', 'An unexpected error occurred.');
}
