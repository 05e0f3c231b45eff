import { z } from 'zod';
import { RequestError } from '../http/errors.js';
import { type IncomingRequest, readBodyBytes } from '../http/incoming-request.js';
import { logRefusal, type OriginCheck, requestSource } from '../http/origins.js';
import { optionalText, parseBody } from '../http/request-fields.js';
import type { RequestContext } from './context.js';
import { callIdentify, type Identity } from './identity.js';
import type { HandlerSettings } from './options.js';

/** The sender and the body of a request whose source was checked. */
export interface AuthenticatedRequest {
  readonly identity: Identity | null;
  readonly bytes: Uint8Array;
}

/** The place of a request: the public origin of the host, and what the host passed beside the request. */
export interface RequestPlace {
  readonly origin: string;
  readonly hostContext: unknown;
}

/**
 * Checks the source of a request, then reads its body, then calls `identify`. In this order a foreign page causes no work.
 *
 * @throws RequestError `csrf_rejected`, 413, or 500 if `identify` fails
 */
export async function authenticate(
  incoming: IncomingRequest,
  { origin, hostContext }: RequestPlace,
  settings: HandlerSettings,
): Promise<AuthenticatedRequest> {
  const { head } = incoming;
  const identify = (bytes: Uint8Array<ArrayBuffer>, hidesCookies: boolean) =>
    callIdentify(settings.identify, toPublicRequest(incoming, { origin, settings, bytes, hidesCookies }), hostContext);
  if (head.method === 'GET') {
    const bytes = new Uint8Array();
    return { identity: await identify(bytes, false), bytes };
  }
  const isByToken = requireOwnPageOrToken(head, origin, settings.allowedOrigins);
  const bytes = await readBodyBytes(incoming);
  if (bytes.byteLength > 0 && !isJson(head)) {
    logRefusal(head, 'Content-Type: application/json');
    throw new RequestError('csrf_rejected', 'A body must be sent as Content-Type: application/json.');
  }
  // A client that is not a browser must authenticate by its token and not by a cookie.
  const identity = await identify(bytes, isByToken);
  if (isByToken && identity === null) throw foreignRequest(head, origin);
  return { identity, bytes };
}

/**
 * Returns a copy of a request for the host, which may read its body. The URL is the one that the browser sees, because behind a
 * proxy that rewrites `Host` it would be that of the server.
 */
function toPublicRequest(
  { head, source, signal }: IncomingRequest,
  seen: {
    readonly origin: string;
    readonly settings: Pick<HandlerSettings, 'basePath' | 'publicPath'>;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly hidesCookies: boolean;
  },
): Request {
  const { method, headers, url } = head;
  const { pathname, search } = new URL(url);
  const { basePath, publicPath } = seen.settings;
  const path = pathname.startsWith(basePath) ? publicPath + pathname.slice(basePath.length) : pathname;
  const address = seen.origin + path + search;
  // A read has no body that `identify` could take away, so it gets the host's own request where that says the same.
  if (method === 'GET' && head === source && address === url) return head;
  const copy = new Headers(headers);
  if (seen.hidesCookies) copy.delete('cookie');
  return new Request(address, {
    method,
    headers: copy,
    ...(signal && { signal }),
    ...(seen.bytes.byteLength > 0 && { body: seen.bytes }),
  });
}

/** Returns whether the request does not come from a browser and so needs a token. Browsers always send the origin of their page. */
function requireOwnPageOrToken(head: Request, origin: string, isAllowed: OriginCheck | null): boolean {
  switch (requestSource(head, origin, isAllowed)) {
    case 'own':
    case 'allowed':
      return false;
    case 'unknown':
      if (/^Bearer /i.test(head.headers.get('authorization') ?? '')) return true;
      throw foreignRequest(head, origin);
    case 'foreign':
      throw foreignRequest(head, origin);
  }
}

function isJson(head: Request): boolean {
  return head.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

function foreignRequest(head: Request, origin: string): RequestError {
  logRefusal(
    head,
    `Origin: "${origin}", or one of \`allowedOrigins\`, or a valid session token from a client that is not a browser. ` +
      'If it was your own page, set the option `origin` to the address that your users see',
  );
  return new RequestError('csrf_rejected', 'This request does not come from a page of this app.');
}

const claimSchema = z.object({ userId: optionalText(1024) });

/**
 * Checks the `userId` that a page may send in the query or the body. Only the host decides who the user is.
 *
 * @returns the same context
 * @throws RequestError 403 if it is another user
 */
export function checkClaims<Context extends RequestContext>(context: Context): Context {
  const { identity, query, body } = context;
  const { userId: claimed } = parseBody(body, claimSchema);
  const claims = [...query.getAll('userId'), ...(claimed === undefined ? [] : [claimed])];
  if (claims.every((userId) => userId === identity?.userId)) return context;
  throw new RequestError('forbidden', '`userId` is not the user who is signed in.');
}
