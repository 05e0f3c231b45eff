/** All error codes. The set is closed, so that texts and tests can be complete. */
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

/** One of {@link CONNECT_ERROR_CODES}. */
export type ConnectErrorCode = (typeof CONNECT_ERROR_CODES)[number];
