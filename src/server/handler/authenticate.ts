import { z } from 'zod';
import { RequestError } from '../http/errors.js';
import { readBodyBytes } from '../http/read-body.js';
import { optionalText, parseBody } from '../http/request-fields.js';
import { requestSource } from '../http/request-origin.js';
import type { RequestContext } from './context.js';
import { callIdentify, type Identity } from './identity.js';
import type { HandlerSettings } from './options.js';

/** A request whose source was checked, with who sent it and what. */
export interface AuthenticatedRequest {
  readonly identity: Identity | null;
  readonly bytes: Uint8Array;
}

/**
 * Checks where a request comes from, reads its body, and asks the host who sent it, in this order: a foreign page makes the
 * host do no work.
 *
 * @throws RequestError `csrf_rejected`, 413, or 500 of `identify`
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
  // A program must prove itself by its token, and not by a cookie that came along.
  if (isByToken) copy.headers.delete('cookie');
  const identity = await callIdentify(settings.identify, copy);
  if (isByToken && identity === null) throw foreignRequest();
  return { identity, bytes };
}

/** Whether the request comes from no browser: then it needs a token. A browser always says where its page is from. */
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
 * A page may say which user it is for, in its query and in its body, but only the host decides who that is.
 *
 * @returns the same context
 * @throws RequestError 403 for a claim of another user
 */
export function checkClaims<Context extends RequestContext>(context: Context): Context {
  const { identity, query, body } = context;
  const { userId: claimed } = parseBody(body, claimSchema);
  const claims = [...query.getAll('userId'), ...(claimed === undefined ? [] : [claimed])];
  if (claims.every((userId) => userId === identity?.userId)) return context;
  throw new RequestError('forbidden', 'The page names another user than the one who is signed in.');
}
