import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, setSignedCookie } from 'hono/cookie';
import { parseSigned } from 'hono/utils/cookie';
import { type DemoUser, findDemoUser } from './demo-users.js';

const COOKIE = 'demo_session';

/** Sessions in a signed cookie that only same-site requests carry. */
export interface Sessions {
  /** The signed-in user, or `undefined` for nobody or a forged cookie. */
  read(request: Request): Promise<DemoUser | undefined>;
  start(context: Context, user: DemoUser): Promise<void>;
  end(context: Context): void;
}

/** Creates sessions with a new key, so a restart signs everybody out. */
export function createSessions(): Sessions {
  const key = randomBytes(32).toString('base64url');
  return {
    read: async (request) => {
      const cookies = await parseSigned(request.headers.get('cookie') ?? '', key, COOKIE);
      return findDemoUser(cookies[COOKIE]);
    },
    start: (context, user) =>
      setSignedCookie(context, COOKIE, user.id, key, { httpOnly: true, sameSite: 'Strict', path: '/' }),
    end: (context) => {
      deleteCookie(context, COOKIE, { path: '/' });
    },
  };
}
