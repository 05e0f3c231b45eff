import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { setSignedCookie } from 'hono/cookie';
import { parseSigned } from 'hono/utils/cookie';

const COOKIE = 'demo_visitor';

/**
 * Users who exist for one page of the demo and one browser, so that no visitor disturbs another. A signed cookie that is
 * sent to this page alone keeps who it is.
 */
export interface Visitors {
  /** Id of the user, or `undefined` for a browser that has not been here and for a forged cookie. */
  read(request: Request): Promise<string | undefined>;
  /** Returns the user of this browser. One that has not been here becomes a user. */
  admit(context: Context): Promise<string>;
  /** Makes this browser another user, who has connected nothing. */
  startOver(context: Context): Promise<string>;
}

/** Creates the visitors of one page. @param path path of the page, below which the cookie is sent */
export function createVisitors(path: string): Visitors {
  const key = randomBytes(32).toString('base64url');
  const read: Visitors['read'] = async ({ headers }) =>
    (await parseSigned(headers.get('cookie') ?? '', key, COOKIE))[COOKIE] || undefined;
  const startOver: Visitors['startOver'] = async (context) => {
    const id = `visitor_${randomUUID()}`;
    await setSignedCookie(context, COOKIE, id, key, { httpOnly: true, sameSite: 'Strict', path });
    return id;
  };
  return { read, startOver, admit: async (context) => (await read(context.req.raw)) ?? startOver(context) };
}
