import { isLoopbackHostname } from '../../core/model/urls.js';
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
