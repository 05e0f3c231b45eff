import type { BrowserWindow } from './browser.js';
import { waitUntil } from './wait-until.js';

/** Continues from the hosted page of Composio, if there is one, and waits for a page of the provider. */
async function reachProvider(popup: BrowserWindow): Promise<'login' | 'consent'> {
  const asked = await waitUntil(() => popup.read(whatIsAsked), 'the hosted page or a page of the provider');
  if (asked !== 'continue') return asked;
  await popup.click('button[name="decision"][value="continue"]');
  const isAsked = () => popup.read(whatIsAsked).then((next) => (next === 'continue' ? undefined : next));
  return waitUntil(isAsked, 'a page of the provider');
}

/** Signs in on the provider's page: `octocat` or `hubot`. */
export async function signIn(popup: BrowserWindow, login = 'octocat'): Promise<void> {
  await reachProvider(popup);
  await popup.click(`button[name="login"][value="${login}"]`);
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
  if ((await reachProvider(popup)) === 'login') await signIn(popup, login);
  await consent(popup);
}

/** Runs in the page of the window. */
function whatIsAsked(): 'login' | 'consent' | 'continue' | undefined {
  if (document.querySelector('button[value="continue"]')) return 'continue';
  if (document.querySelector('button[name="login"]')) return 'login';
  return document.querySelector('button[value="allow"]') ? 'consent' : undefined;
}
