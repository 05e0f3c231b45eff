import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { PendingAuthorization } from '../emulator-state.js';

const COOKIE = 'composio_browser';

/**
 * Same-browser binding of managed OAuth: the browser that comes back from the provider must be the one sent there.
 * It does not protect a user who was tricked into opening the link.
 * @returns the cookie value that the browser must present.
 */
export function bindBrowser(context: Context): string {
  const browser = getCookie(context, COOKIE) ?? randomUUID();
  setCookie(context, COOKIE, browser, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 3600 });
  return browser;
}

/** Whether this is the browser that was sent to the provider. */
export function isSameBrowser(context: Context, { browser }: PendingAuthorization): boolean {
  return browser === undefined || getCookie(context, COOKIE) === browser;
}
