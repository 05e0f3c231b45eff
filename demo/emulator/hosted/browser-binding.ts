import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { PendingAuthorization } from '../emulator-state.js';

const COOKIE = 'composio_browser';

/**
 * Same-browser binding of managed OAuth: whoever comes back from the provider must be the browser that was sent there.
 * It does not help a user who was talked into opening the link itself.
 * @returns what the browser will have to show.
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
