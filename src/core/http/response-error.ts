import {
  CONNECT_ERROR_CODES,
  ConnectError,
  type ConnectErrorCode,
  type ConnectErrorInfo,
  connectErrorInfo,
} from '../model/connect-error.js';

/** What an HTTP status means when the body does not say it: a proxy's HTML, or nothing at all. */
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

/** As servers write it today, or did before RFC 5322 (RFC 9110 §5.6.7). */
const HTTP_DATE = /^\s*[A-Z][a-z]+, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT\s*$/;
const LONGEST_WAIT = 60_000;
const LONGEST_MESSAGE = 500;

/** The failure that an answer with a status of 400 and above stands for. @param body parsed JSON, or undefined */
export function failureOfResponse(response: Response, body: unknown, wallNow: number): ConnectError {
  const { status } = response;
  const told = errorOf(body);
  const code = told?.code ?? CODE_BY_STATUS[status] ?? (status >= 500 ? 'upstream_error' : 'invalid_request');
  const message = told?.message ?? `The backend answered ${status} without a reason that this client understands.`;
  const { code: _, message: __, ...details } = told ?? {};
  const retryable = status === 408 || status === 425 || status === 429 || status >= 500;
  return new ConnectError(connectErrorInfo(code, message, { ...details, status, retryable }), {
    retryAfter: parseRetryAfter(response.headers.get('Retry-After'), wallNow),
  });
}

/** `Retry-After` in ms, at most a minute; seconds or an HTTP date, anything else is undefined (RFC 9110 §10.2.3). */
export function parseRetryAfter(header: string | null, wallNow: number): number | undefined {
  if (!header) return undefined;
  // `Date.parse` alone takes `soon 2050` for a date.
  const date = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : date - wallNow;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined;
}

type ToldError = Pick<ConnectErrorInfo, 'code' | 'message' | 'requestId' | 'fieldErrors' | 'connectedAccountId'>;

function errorOf(body: unknown): ToldError | undefined {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : undefined;
  const code = CONNECT_ERROR_CODES.find((known) => known === error?.['code']);
  if (!error || !code) return undefined;
  const { message, requestId, connectedAccountId } = error;
  const fieldErrors = isRecord(error['fieldErrors']) ? textsOf(error['fieldErrors']) : undefined;
  return {
    code,
    message: typeof message === 'string' ? message.slice(0, LONGEST_MESSAGE) : code,
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof connectedAccountId === 'string' && { connectedAccountId }),
    ...(fieldErrors && { fieldErrors }),
  };
}

function textsOf(record: Record<string, unknown>): Readonly<Record<string, string>> {
  const texts = Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.freeze(Object.fromEntries(texts));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
