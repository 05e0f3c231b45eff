import { isLoopbackHostname } from '../../core/model/redirect-url.js';
import { RequestError } from './errors.js';
import { describeError } from './time-limit.js';

/** The source of a request, according to the browser's headers. */
export type RequestSource = 'own' | 'allowed' | 'foreign' | 'unknown';

/** Returns whether pages of another origin may call the handler. */
export type OriginCheck = (origin: string) => boolean;

/**
 * Returns the check for the `allowedOrigins` option, or `null` if there is no other origin. A function of the host serves tenants and previews. Only `true` allows:
 * an async function would otherwise allow everyone. `null` is the origin of every sandboxed frame, so it is never asked about.
 */
export function createOriginCheck(allowed: readonly string[] | OriginCheck): OriginCheck | null {
  if (typeof allowed !== 'function') return allowed.length === 0 ? null : (origin) => allowed.includes(origin);
  return (origin) => {
    if (origin === 'null') return false;
    try {
      return (allowed(origin) as unknown) === true;
    } catch (error) {
      console.error(`connect-account: \`allowedOrigins\` ${describeError(error)}.`);
      return false;
    }
  };
}

/**
 * Returns the public origin of the host: the `origin` option or, on a loopback address only, the origin of the request.
 * Callers can set `Host` and `X-Forwarded-*` to anything, so a public server needs the option.
 *
 * @throws RequestError 500 if the option is needed and missing
 */
export function publicOrigin(request: Request, configured: string | undefined): string {
  if (configured !== undefined) return configured;
  const { hostname, origin } = new URL(request.url);
  if (isLoopbackHostname(hostname)) return origin;
  console.error("connect-account: set the option `origin` of createConnectHandler, like 'https://app.example.com'.");
  throw new RequestError('internal_error', 'The server does not know its own origin.');
}

/**
 * Returns the source of a state-changing request.
 *
 * @see https://web.dev/articles/fetch-metadata
 */
export function requestSource(request: Request, ownOrigin: string, isAllowed: OriginCheck | null): RequestSource {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null && site === null) return 'unknown';
  if (origin === null) return site === 'same-origin' ? 'own' : 'foreign';
  if (origin === ownOrigin) return site === null || site === 'same-origin' ? 'own' : 'foreign';
  return isAllowed?.(origin) ? 'allowed' : 'foreign';
}

/** Returns whether the request is a CORS preflight. */
export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
}

/** Responds to a preflight. Browsers send it before a page of another origin may send JSON or a token. */
export function answerPreflight(request: Request, isAllowed: OriginCheck | null): Response {
  const headers = corsHeaders(request, isAllowed);
  if (headers === null) {
    logRefusal(request, 'one of `allowedOrigins`');
    throw new RequestError('csrf_rejected', 'This origin is not one of `allowedOrigins`.');
  }
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
      'Access-Control-Allow-Headers': allowedHeaders(request.headers.get('access-control-request-headers')),
      'Access-Control-Max-Age': '600',
      'Cache-Control': 'no-store',
    },
  });
}

/** The headers that the elements send. */
const OWN_HEADERS = ['authorization', 'content-type'];

/**
 * Returns the headers that a page of an allowed origin may send: those of the elements, and those that it asks for. Monitoring
 * scripts add `traceparent` or `baggage` to each fetch. They grant nothing, because no header but the elements' is read.
 *
 * @see https://github.com/getsentry/sentry-javascript/issues/6077
 */
function allowedHeaders(asked: string | null): string {
  const names = (asked ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  // A token of RFC 9110 §5.6.2.
  return [...new Set([...OWN_HEADERS, ...names.filter((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))])].join(', ');
}

/** Lets a page of an allowed origin read the response. The header names that origin, because `*` excludes cookies. */
export function addCorsHeaders(response: Response, request: Request, isAllowed: OriginCheck | null): void {
  if (isAllowed === null) return;
  response.headers.append('Vary', 'Origin');
  for (const [name, value] of Object.entries(corsHeaders(request, isAllowed) ?? {})) response.headers.set(name, value);
}

function corsHeaders(request: Request, isAllowed: OriginCheck | null): Record<string, string> | null {
  const origin = request.headers.get('origin');
  if (origin === null || !isAllowed?.(origin)) return null;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Date, Retry-After',
  };
}

const MAX_LOGGED_LENGTH = 200;

/**
 * Logs why a request was refused in one line, with what it brought and what was expected. It is the most common mistake of a
 * first set-up, and the browser is told nothing.
 */
export function logRefusal(request: Request, expected: string): void {
  const { method, headers } = request;
  const met = [
    `Origin: ${quote(headers.get('origin'))}`,
    `Sec-Fetch-Site: ${quote(headers.get('sec-fetch-site'))}`,
    ...(headers.has('content-type') ? [`Content-Type: ${quote(headers.get('content-type'))}`] : []),
  ];
  console.warn(
    `connect-account: refused ${method} ${new URL(request.url).pathname.slice(0, MAX_LOGGED_LENGTH)} (${met.join(', ')}); expected ${expected}.`,
  );
}

/** Quotes a header that anyone can write, so that it stays short and in its line. */
function quote(value: string | null): string {
  return value === null ? 'none' : JSON.stringify(value.slice(0, MAX_LOGGED_LENGTH).replaceAll(/[^ -~]/g, '?'));
}
