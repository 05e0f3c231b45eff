import type { BrowserWindow } from './browser.js';
import { waitUntil } from './wait-until.js';

/** Signs in on the provider's page: `octocat` or `hubot`. */
export function signIn(popup: BrowserWindow, login = 'octocat'): Promise<void> {
  return popup.click(`button[name="login"][value="${login}"]`);
}

/** Consents on the page after it. */
export function consent(popup: BrowserWindow): Promise<void> {
  return popup.click('button[name="decision"][value="allow"]');
}

/** Denies consent. */
export function deny(popup: BrowserWindow): Promise<void> {
  return popup.click('button[name="decision"][value="deny"]');
}

/** Consents. Signs in first if the provider does not know this browser yet. */
export async function authorize(popup: BrowserWindow, login = 'octocat'): Promise<void> {
  const isAsked = await waitUntil(() => popup.read(whatIsAsked), 'the sign-in or the consent page');
  if (isAsked === 'login') await signIn(popup, login);
  await consent(popup);
}

/** Runs in the page of the provider. */
function whatIsAsked(): string | undefined {
  return document.querySelector('button')?.name;
}
