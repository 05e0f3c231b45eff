import { accountNotFound, authConfigNotFound, RequestError } from '../http/errors.js';
import { asObject, asText } from './wire-value.js';

/** Composio's response to a failed call, read from the error of the raw client. */
export interface UpstreamRefusal {
  /** HTTP status; `undefined` if there was no response */
  readonly status: number | undefined;
  /** Composio's name for the error, like `ConnectedAccount_ResourceNotFound` */
  readonly slug: string;
  /** Composio's text. It may quote the request, so it is searched but never passed on. */
  readonly text: string;
}

/** The part of a text from upstream that is searched. */
export const MAX_SEARCHED_LENGTH = 500;

/** A failed upstream call, with the details for routes that can say more about it. */
export class UpstreamError extends RequestError {
  readonly refusal: UpstreamRefusal;

  constructor(error: RequestError, refusal: UpstreamRefusal) {
    super(error.code, error.message, error.details);
    this.refusal = refusal;
  }
}

/** Converts any error of an upstream call. */
export function toUpstreamError(error: unknown): RequestError {
  const refusal = readRefusal(error);
  return new UpstreamError(toRequestError(refusal, asObject(error)['headers']), refusal);
}

function readRefusal(error: unknown): UpstreamRefusal {
  const { status, error: body } = asObject(error);
  const envelope = asObject(asObject(body)['error']);
  return {
    status: typeof status === 'number' ? status : undefined,
    slug: asText(envelope['slug']) ?? '',
    // Cut, because it may quote a long value of the request, and the patterns below would take seconds to search that.
    text: (asText(envelope['message']) ?? '').slice(0, MAX_SEARCHED_LENGTH),
  };
}

function toRequestError(refusal: UpstreamRefusal, headers: unknown): RequestError {
  switch (refusal.status) {
    case 400:
    case 422:
      return refusedRequest(refusal);
    case 404:
      return isAboutAuthConfig(refusal) ? authConfigNotFound() : accountNotFound();
    case 408:
    case 504:
      return upstreamTimeout();
    case 409:
      return isAboutAlias(refusal) ? aliasTaken() : upstreamError();
    case 429:
      return rateLimited(headers);
    default:
      return upstreamError();
  }
}

function refusedRequest(refusal: UpstreamRefusal): RequestError {
  if (isAboutAlias(refusal)) return aliasTaken();
  // Composio uses both 400 and 404 for it.
  if (isAboutAuthConfig(refusal)) return authConfigNotFound();
  if (/auth config is disabled/i.test(refusal.text)) return authConfigDisabled();
  if (refusal.text.includes('no longer supported')) return unsupportedScheme();
  return new RequestError('invalid_request', 'Composio refused the request.');
}

function isAboutAlias({ text }: UpstreamRefusal): boolean {
  return /\balias\b.*\b(in use|taken|exists)\b|duplicate alias/i.test(text);
}

function isAboutAuthConfig({ slug, text }: UpstreamRefusal): boolean {
  return slug === 'Auth_Config_NotFound' || /auth config not found/i.test(text);
}

/** Also used for 401 and 403: a wrong API key is the host's mistake, and a 401 would make the page ask its user to sign in. */
export function upstreamError(): RequestError {
  return new RequestError('upstream_error', 'Composio could not be reached or returned an invalid response.');
}

export function upstreamTimeout(): RequestError {
  return new RequestError('timeout', 'Composio did not respond in time.');
}

export function authConfigDisabled(): RequestError {
  return new RequestError('auth_config_disabled', 'This auth config is disabled.');
}

/** The error for an auth config that this route does not support. */
export function unsupportedScheme(): RequestError {
  return new RequestError(
    'unsupported_scheme',
    'This auth config is connected through a link: POST connected-accounts/link.',
  );
}

function aliasTaken(): RequestError {
  return new RequestError('alias_taken', 'Another connection of this user and toolkit has this alias.');
}

function rateLimited(headers: unknown): RequestError {
  const asked = headers instanceof Headers ? headers.get('retry-after') : null;
  // Only seconds or an HTTP date are passed on.
  const isValid = asked !== null && (/^\d{1,6}$/.test(asked) || !Number.isNaN(Date.parse(asked)));
  return new RequestError('rate_limited', 'Composio limits the rate of requests. Try again later.', {
    headers: { 'Retry-After': isValid ? asked : '5' },
  });
}
