import { returnKey } from '../core/model/callback-protocol.js';
import type { AuthorizationWindow } from '../core/model/ports.js';

/** This very tab, in place of a window of its own: it goes to the provider, and the callback page brings it back. */
export function sameTabWindow(attempt: string): AuthorizationWindow {
  return {
    closed: false,
    navigate(url) {
      try {
        sessionStorage.setItem(returnKey(attempt), location.href);
      } catch {
        // Storage is denied: the callback page says in words that it is done.
      }
      location.assign(url);
    },
    focus() {},
    close() {},
  };
}

/**
 * Whether a window would open in Safari, whose storage and tabs an app on the home screen of iOS has no part in.
 * @see https://developer.mozilla.org/docs/Web/API/Navigator/standalone
 */
export function isHomeScreenApp(): boolean {
  return (navigator as { standalone?: boolean }).standalone === true;
}
