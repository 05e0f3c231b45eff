import { UPSTREAM_PARAMETERS } from '../../core/model/callback-protocol.js';
import type { RequestContext } from '../handler/context.js';
import { invalidRequest } from '../http/errors.js';

const MAX_CALLBACK_URL_LENGTH = 4096;

/**
 * Where the provider flow ends: the page that the caller names, if it is an allowed one, or the handler's own. Its query
 * stays, for it names the attempt.
 *
 * @throws RequestError 400 for any other page: an open redirect would carry the `state` away (RFC 9700 §4.11)
 */
export function resolveCallbackUrl({ origin, settings }: RequestContext, given: string | undefined): URL {
  const ownPage = `${origin}${settings.basePath}/callback`;
  if (given === undefined) return new URL(ownPage);
  if (given.length > MAX_CALLBACK_URL_LENGTH || !URL.canParse(given)) throw notAllowed();
  const url = new URL(given);
  const isAllowed = [ownPage, ...settings.callbackUrls].includes(url.origin + url.pathname);
  if (!isAllowed || url.username !== '' || url.password !== '') throw notAllowed();
  url.hash = '';
  // The callback page believes these to come from upstream, so a caller may not write them beforehand.
  for (const name of UPSTREAM_PARAMETERS) url.searchParams.delete(name);
  return url;
}

function notAllowed(): Error {
  return invalidRequest("`callbackUrl` must be the handler's own callback page, or one of the option `callbackUrls`.");
}
