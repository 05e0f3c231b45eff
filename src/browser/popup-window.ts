import type { AuthorizationWindow } from '../core/model/ports.js';
import { isSandboxed } from './page-limits.js';

const WIDTH = 520;
const HEIGHT = 720;

/**
 * Opens an empty window. Call it first in a user gesture, before any await: WebKit forgets the gesture at the first
 * `fetch` (https://webkit.org/blog/13862/the-user-activation-api/).
 * @param name a name that no other page can guess, or it could steer the window
 * @returns null when the browser refuses
 */
export function openPopupWindow(name: string, waitingText: string): AuthorizationWindow | null {
  // It would open, sandboxed like its frame, and the provider's page would not work in it.
  if (isSandboxed()) return null;
  const popup = openEmpty(name);
  // Old blockers answer a window that is closed at once.
  if (!popup || popup.closed) return null;
  // Else any page of the provider could send this page elsewhere by `opener.location` (reverse tabnabbing).
  // `noopener` would cost the handle, and with it the knowledge that the window was blocked.
  popup.opener = null;
  showWaitingText(popup, waitingText);
  return {
    get closed() {
      return popup.closed;
    },
    navigate(url) {
      // Throws when the user was faster and closed it.
      if (!popup.closed) popup.location.replace(url);
    },
    focus: () => popup.focus(),
    close: () => popup.close(),
  };
}

function openEmpty(name: string): Window | null {
  try {
    return window.open('', name, isStandalone() ? '' : features());
  } catch {
    // Firefox throws in a sandboxed frame where others answer null.
    return null;
  }
}

/** In the middle of the page's own window, on whichever screen that is. */
function features(): string {
  const width = Math.min(WIDTH, screen.availWidth);
  const height = Math.min(HEIGHT, screen.availHeight);
  const left = Math.round(screenX + Math.max(0, (outerWidth - width) / 2));
  const top = Math.round(screenY + Math.max(0, (outerHeight - height) / 2));
  return `popup,width=${width},height=${height},left=${left},top=${top}`;
}

/** An installed app refuses windows with features. */
function isStandalone(): boolean {
  return matchMedia('(display-mode: standalone)').matches;
}

/** So that nobody stares at an empty window while the link is being made. */
function showWaitingText(popup: Window, text: string): void {
  try {
    writeWaitingText(popup.document, text);
  } catch {
    // In some sandboxed frames the new window is of another origin at once. It stays empty then.
  }
}

function writeWaitingText(document: Document, text: string): void {
  document.title = text;
  document.documentElement.style.colorScheme = 'light dark';
  document.body.style.cssText =
    'font:16px system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:16px';
  document.body.textContent = text;
}
