import type { BrowserWindow } from './browser.js';

/** Signs in on the provider's page: `octocat` or `hubot`. */
export function signIn(popup: BrowserWindow, login = 'octocat'): Promise<void> {
  return popup.click(`button[name="login"][value="${login}"]`);
}

/** Lets the app in, on the page after it. */
export function consent(popup: BrowserWindow): Promise<void> {
  return popup.click('button[name="decision"][value="allow"]');
}

/** Refuses. */
export function deny(popup: BrowserWindow): Promise<void> {
  return popup.click('button[name="decision"][value="deny"]');
}
