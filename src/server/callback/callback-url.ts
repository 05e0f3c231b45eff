import { UPSTREAM_PARAMETERS } from '../../core/model/callback-protocol.js';
import type { RequestContext } from '../handler/context.js';
import { invalidRequest } from '../http/errors.js';

const MAX_CALLBACK_URL_LENGTH = 4096;

/**
 * Returns the page on which the provider flow ends: the requested page if it is allowed, or the handler's own. The query is
 * kept because it names the attempt.
 *
 * @throws RequestError 400 for any other page: an open redirect would leak the `state` (RFC 9700 §4.11)
 */
export function resolveCallbackUrl({ origin, settings }: RequestContext, given: string | undefined): URL {
  const ownPage = `${origin}${settings.basePath}/callback`;
  if (given === undefined) return new URL(ownPage);
  if (given.length > MAX_CALLBACK_URL_LENGTH || !URL.canParse(given)) throw notAllowed();
  const url = new URL(given);
  const isAllowed = [ownPage, ...settings.callbackUrls].includes(url.origin + url.pathname);
  if (!isAllowed || url.username !== '' || url.password !== '') throw notAllowed();
  url.hash = '';
  // The callback page trusts these to come from upstream, so a caller must not set them.
  for (const name of UPSTREAM_PARAMETERS) url.searchParams.delete(name);
  return url;
}

function notAllowed(): Error {
  return invalidRequest("`callbackUrl` must be the handler's own callback page or one of the `callbackUrls` option.");
}
