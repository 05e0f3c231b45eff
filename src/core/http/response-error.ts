import { ConnectError, type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import { CONNECT_ERROR_CODES, type ConnectErrorCode } from '../model/error-codes.js';

/** Codes for responses without a usable body, such as the HTML of a proxy. */
const CODE_BY_STATUS: Readonly<Record<number, ConnectErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  422: 'invalid_credentials',
  425: 'rate_limited',
  429: 'rate_limited',
  504: 'timeout',
};

/** Matches the date format of today's servers, and the obsolete one of RFC 850 (RFC 9110 §5.6.7). */
const HTTP_DATE = /^\s*[A-Z][a-z]+, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT\s*$/;
const MAX_RETRY_AFTER_MS = 60_000;
const MAX_MESSAGE_LENGTH = 500;

/** Returns the error for a response with a status of 400 or above. @param body parsed JSON, or undefined */
export function toResponseError(response: Response, body: unknown, wallNow: number): ConnectError {
  const { status } = response;
  const reported = readError(body);
  const code = reported?.code ?? CODE_BY_STATUS[status] ?? (status >= 500 ? 'upstream_error' : 'invalid_request');
  const message =
    reported?.message ?? `The backend responded with status ${status} and no error that this client knows.`;
  const { code: _, message: __, ...details } = reported ?? {};
  const retryable = status === 408 || status === 425 || status === 429 || status >= 500;
  return new ConnectError(connectErrorInfo(code, message, { ...details, status, retryable }), {
    retryAfter: parseRetryAfter(response.headers.get('Retry-After'), wallNow),
    isForeign: reported === undefined,
  });
}

/** Returns `Retry-After` in ms, at most a minute. Undefined unless it is seconds or an HTTP date (RFC 9110 §10.2.3). */
export function parseRetryAfter(header: string | null, wallNow: number): number | undefined {
  if (!header) return undefined;
  // `Date.parse` alone accepts `soon 2050` as a date.
  const date = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : date - wallNow;
  return wait > 0 ? Math.min(wait, MAX_RETRY_AFTER_MS) : undefined;
}

type ReportedError = Pick<ConnectErrorInfo, 'code' | 'message' | 'requestId' | 'fieldErrors' | 'connectedAccountId'>;

function readError(body: unknown): ReportedError | undefined {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : undefined;
  const code = CONNECT_ERROR_CODES.find((known) => known === error?.['code']);
  if (!error || !code) return undefined;
  const { message, requestId, connectedAccountId } = error;
  const fieldErrors = isRecord(error['fieldErrors']) ? readTexts(error['fieldErrors']) : undefined;
  return {
    code,
    message: typeof message === 'string' ? message.slice(0, MAX_MESSAGE_LENGTH) : code,
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof connectedAccountId === 'string' && { connectedAccountId }),
    ...(fieldErrors && { fieldErrors }),
  };
}

function readTexts(record: Record<string, unknown>): Readonly<Record<string, string>> {
  const texts = Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.freeze(Object.fromEntries(texts));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
