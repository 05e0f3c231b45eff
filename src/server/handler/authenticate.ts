import { z } from 'zod';
import { RequestError } from '../http/errors.js';
import { requestSource } from '../http/origins.js';
import { readBodyBytes } from '../http/read-body.js';
import { optionalText, parseBody } from '../http/request-fields.js';
import type { RequestContext } from './context.js';
import { callIdentify, type Identity } from './identity.js';
import type { HandlerSettings } from './options.js';

/** The sender and the body of a request whose source was checked. */
export interface AuthenticatedRequest {
  readonly identity: Identity | null;
  readonly bytes: Uint8Array;
}

/**
 * Checks the source of a request, then reads its body, then calls `identify`. In this order a foreign page causes no work.
 *
 * @throws RequestError `csrf_rejected`, 413, or 500 if `identify` fails
 */
export async function authenticate(
  request: Request,
  origin: string,
  settings: HandlerSettings,
): Promise<AuthenticatedRequest> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return { identity: await callIdentify(settings.identify, request.clone()), bytes: new Uint8Array() };
  }
  const isByToken = requireOwnPageOrToken(request, origin, settings.allowedOrigins);
  const bytes = await readBodyBytes(request);
  if (bytes.byteLength > 0 && !isJson(request)) {
    throw new RequestError('csrf_rejected', 'A body must be sent as Content-Type: application/json.');
  }
  const copy = request.body === null ? request.clone() : new Request(request, { body: bytes });
  // A client that is not a browser must authenticate by its token and not by a cookie.
  if (isByToken) copy.headers.delete('cookie');
  const identity = await callIdentify(settings.identify, copy);
  if (isByToken && identity === null) throw foreignRequest();
  return { identity, bytes };
}

/** Returns whether the request does not come from a browser and so needs a token. Browsers always send the origin of their page. */
function requireOwnPageOrToken(request: Request, origin: string, allowedOrigins: readonly string[]): boolean {
  switch (requestSource(request, origin, allowedOrigins)) {
    case 'own':
    case 'allowed':
      return false;
    case 'unknown':
      if (/^Bearer /i.test(request.headers.get('authorization') ?? '')) return true;
      throw foreignRequest();
    case 'foreign':
      throw foreignRequest();
  }
}

function isJson(request: Request): boolean {
  return request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

function foreignRequest(): RequestError {
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
