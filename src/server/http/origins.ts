import { isLoopbackHostname } from '../../core/model/redirect-url.js';
import { RequestError } from './errors.js';

/** The source of a request, according to the browser's headers. */
export type RequestSource = 'own' | 'allowed' | 'foreign' | 'unknown';

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
export function requestSource(request: Request, ownOrigin: string, allowedOrigins: readonly string[]): RequestSource {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null && site === null) return 'unknown';
  if (origin === null) return site === 'same-origin' ? 'own' : 'foreign';
  if (origin === ownOrigin) return site === null || site === 'same-origin' ? 'own' : 'foreign';
  return allowedOrigins.includes(origin) ? 'allowed' : 'foreign';
}

/** Returns whether the request is a CORS preflight. */
export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
}

/** Responds to a preflight. Browsers send it before a page of another origin may send JSON or a token. */
export function answerPreflight(request: Request, allowedOrigins: readonly string[]): Response {
  const headers = corsHeaders(request, allowedOrigins);
  if (headers === null) throw new RequestError('csrf_rejected', 'This origin is not one of `allowedOrigins`.');
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Access-Control-Max-Age': '600',
      'Cache-Control': 'no-store',
    },
  });
}

/** Lets a page of an allowed origin read the response. The header names that origin, because `*` excludes cookies. */
export function addCorsHeaders(response: Response, request: Request, allowedOrigins: readonly string[]): void {
  if (allowedOrigins.length === 0) return;
  response.headers.append('Vary', 'Origin');
  for (const [name, value] of Object.entries(corsHeaders(request, allowedOrigins) ?? {}))
    response.headers.set(name, value);
}

function corsHeaders(request: Request, allowedOrigins: readonly string[]): Record<string, string> | null {
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.includes(origin)) return null;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Date, Retry-After',
  };
}
