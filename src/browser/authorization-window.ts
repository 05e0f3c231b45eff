import { briefingKey, type CallbackBriefing, returnKey } from '../core/model/callback-protocol.js';
import type { AuthorizationWindow } from '../core/model/ports.js';
import { isCredentialless, isSandboxed, tolerate } from './page-limits.js';

const WIDTH_PX = 520;
const HEIGHT_PX = 720;

/**
 * Opens an empty window. Call it in a user gesture before any await, because WebKit forgets the gesture at the first
 * `fetch` (https://webkit.org/blog/13862/the-user-activation-api/).
 * @param name a name that no other page can guess; otherwise that page could navigate the window
 * @param attempt id of the attempt, under which the callback page finds its briefing
 * @returns null if the browser refuses, and `self` if there is no other window than this page's
 */
export function openWindow(name: string, attempt: string, waitingText: string): AuthorizationWindow | 'self' | null {
  // The window would be sandboxed like its frame, and the provider's page would not work in it.
  if (isSandboxed() || isCredentialless()) return null;
  // Firefox throws in a sandboxed frame where other browsers return null.
  const popup = tolerate(() => window.open('', name, isStandalone() ? '' : features()));
  if (popup === window && popup === window.top) return 'self';
  // Otherwise any page of the provider could navigate this page by `opener.location` (reverse tabnabbing).
  // `noopener` would cost the handle, and with it the knowledge that the window was blocked.
  const cutOpener = (own: Window) => {
    own.opener = null;
    return true;
  };
  // A stand-in may be frozen, or throw.
  if (!popup || !tolerate(() => isOwnWindow(popup) && cutOpener(popup))) return null;
  // Throws if a sandboxed frame gives the new window another origin at once. The window stays empty then.
  tolerate(() => {
    if (popup.document !== document) writeWaitingText(popup.document, waitingText);
  });
  return {
    get closed() {
      return popup.closed;
    },
    navigate(url, briefing) {
      // Throws if the user has closed the window.
      if (popup.closed) return;
      // While the window is empty, its storage is that of a page of this origin in a tab of its own. In a frame of another site
      // the page's own storage is another one, which the callback page cannot read.
      const keep = () => {
        keepInWindow(popup.sessionStorage, attempt, briefing);
        return true;
      };
      // It begins as a copy of this page's, which may be full.
      tolerate(keep) || tolerate(() => popup.sessionStorage.clear() ?? keep());
      popup.location.replace(url);
    },
    focus: () => popup.focus(),
    close: () => popup.close(),
  };
}

/**
 * Returns whether what was opened is a window of its own. A web view of Android without support for several windows returns
 * the top one. Popup blockers return a frame, a proxy or an object that stands in for a window, or one that is closed already.
 */
function isOwnWindow(popup: Window): boolean {
  const isItself = (name: 'window' | 'top') => popup[name] === undefined || popup[name] === popup;
  const isPage = popup === window.top || popup === window.parent;
  // A document of another origin throws.
  const isBare = tolerate(() => popup.document === undefined) || !('replace' in popup.location);
  return popup.closed === false && !isPage && !isBare && isItself('window') && isItself('top');
}

function keepInWindow(storage: Storage, attempt: string, briefing: CallbackBriefing | undefined): void {
  if (briefing) storage.setItem(briefingKey(attempt), JSON.stringify(briefing));
}

/** Returns window features that center the popup over the page's own window, on any screen. */
function features(): string {
  const width = Math.min(WIDTH_PX, screen.availWidth);
  const height = Math.min(HEIGHT_PX, screen.availHeight);
  const left = Math.round(screenX + Math.max(0, (outerWidth - width) / 2));
  const top = Math.round(screenY + Math.max(0, (outerHeight - height) / 2));
  return `popup,width=${width},height=${height},left=${left},top=${top}`;
}

/** Returns whether the page is an installed app, which refuses windows with features. */
function isStandalone(): boolean {
  return tolerate(() => matchMedia('(display-mode: standalone)').matches) ?? false;
}

function writeWaitingText(document: Document, text: string): void {
  document.title = text;
  document.documentElement.style.colorScheme = 'light dark';
  document.body.style.cssText =
    'font:16px system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:16px';
  document.body.dir = 'auto';
  document.body.textContent = text;
}

/**
 * Returns this tab as the authorization window. It goes to the provider, and the callback page brings it back.
 * @param attempt id of the attempt, under which the callback page finds the address to return to
 */
export function sameTabWindow(attempt: string): AuthorizationWindow {
  return {
    closed: false,
    navigate(url, briefing) {
      // If storage is denied, the callback page shows a message instead of returning.
      tolerate(() => sessionStorage.setItem(returnKey(attempt), location.href));
      tolerate(() => keepInWindow(sessionStorage, attempt, briefing));
      location.assign(url);
    },
    focus() {},
    close() {},
  };
}

/**
 * Returns whether the page is a home screen app of iOS. Its windows open in Safari, with which it shares neither storage nor tabs.
 * @see https://developer.mozilla.org/docs/Web/API/Navigator/standalone
 */
export function isHomeScreenApp(): boolean {
  return (navigator as { standalone?: boolean }).standalone === true;
}
