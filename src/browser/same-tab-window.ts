import { returnKey } from '../core/model/callback-protocol.js';
import type { AuthorizationWindow } from '../core/model/ports.js';
import { tolerate } from './page-limits.js';

/**
 * Returns this tab as the authorization window. It goes to the provider, and the callback page brings it back.
 * @param attempt id of the attempt, under which the callback page finds the address to return to
 */
export function sameTabWindow(attempt: string): AuthorizationWindow {
  return {
    closed: false,
    navigate(url) {
      // If storage is denied, the callback page shows a message instead of returning.
      tolerate(() => sessionStorage.setItem(returnKey(attempt), location.href));
      location.assign(url);
    },
    focus() {},
    close() {},
  };
}

/**
 * Whether the page is a home screen app of iOS. Its windows open in Safari, with which it shares neither storage nor tabs.
 * @see https://developer.mozilla.org/docs/Web/API/Navigator/standalone
 */
export function isHomeScreenApp(): boolean {
  return (navigator as { standalone?: boolean }).standalone === true;
}
