import { RequestError } from './http/request-error.js';
import { optionalText } from './http/request-fields.js';
import type { RequestContext } from './request-context.js';

/**
 * A page may say which user it is for, in its query and in its body, but only the host decides who that is.
 *
 * @returns the same context
 * @throws RequestError 403 for a claim of another user
 */
export function checkClaims<Context extends RequestContext>(context: Context): Context {
  const { identity, query, body } = context;
  const claimed = optionalText(body, 'userId', 1024);
  const claims = [...query.getAll('userId'), ...(claimed === undefined ? [] : [claimed])];
  if (claims.every((userId) => userId === identity?.userId)) return context;
  throw new RequestError('forbidden', 'The page names another user than the one who is signed in.');
}
