import { isLoopbackHostname } from '../../core/model/urls.js';
import { RequestError } from './errors.js';

/** Where a request comes from, as the browser tells it. */
export type RequestSource = 'own' | 'allowed' | 'foreign' | 'unknown';

/**
 * The public origin of the host: the `origin` option or, on this machine only, the address that was called.
 * `Host` and `X-Forwarded-*` are the caller's to write, so a public server must be told its name.
 *
 * @throws RequestError 500 when the option is needed and missing
 */
export function publicOrigin(request: Request, configured: string | undefined): string {
  if (configured !== undefined) return configured;
  const { hostname, origin } = new URL(request.url);
  if (isLoopbackHostname(hostname)) return origin;
  console.error("connect-account: set the option `origin` of createConnectHandler, like 'https://app.example.com'.");
  throw new RequestError('internal_error', 'The server does not know its own origin.');
}

/**
 * Whether a state-changing request comes from a page that may send it.
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
