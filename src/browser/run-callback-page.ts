import {
  CALLBACK_MESSAGE_TYPE,
  CALLBACK_STORAGE_KEY,
  type CallbackMessage,
  refusalKey,
} from '../core/model/callback-message.js';
import {
  briefingKey,
  CALLBACK_CHANNEL,
  type CallbackBriefing,
  type CallbackTexts,
  returnKey,
} from '../core/model/callback-protocol.js';
import { BINDING_LIFETIME_MS } from '../core/model/connection-types.js';
import { normalizeEndpoint, parseUrl } from '../core/model/urls.js';
import { readStored, tolerate } from './page-limits.js';
import { type Page, type ReportOutcome, reportReturn } from './report-return.js';
import { forgetReturnedFlow, takeReturnedFlow } from './returned-flow.js';

/** If the backend has not responded by then, waiting elements are told to poll all the same. */
const BROADCAST_AFTER_MS = 3000;
/** Time for `window.close()` to take effect before a message is shown. */
const CLOSING_TAKES_MS = 500;

/** The state of the page in its `data-connect-account-phase` attribute, for the page's own styles. */
type Phase = 'working' | 'done' | 'failed';

/** The English texts of the elements, for a page that was not begun in this browser. */
const ENGLISH: CallbackTexts = {
  lang: 'en',
  finishing: 'Finishing…',
  done: 'You can close this window.',
  browser_mismatch:
    'This was started in another browser or by another user, so nothing was connected. Connect again, and finish in the same browser.',
  link_expired: 'The time to sign in to the app has run out. Please try again.',
  refused: 'The connection could not be confirmed. Go back to the app and connect again.',
  unreachable:
    'The connection could not be confirmed, because the app did not respond. Go back to the app and connect again. If that does not help, tell its support team.',
};

/**
 * Runs the callback page: takes the parameters out of the address, reports them to the backend, which binds this browser to
 * the user, tells waiting elements to poll, and closes the window. No parameter is ever shown. Never rejects.
 */
export async function runCallbackPage(page: Page): Promise<void> {
  const { dataset } = page.document.documentElement;
  // A page of the host's own may load both this script and the elements, which recognize a callback too.
  if (dataset['connectAccountPhase']) return;
  dataset['connectAccountPhase'] = 'working';
  const { attempt, ...returned } = takeReturnedFlow(page);
  const { verifier = null, texts } = readBriefing(page, attempt);
  const words = { ...ENGLISH, ...texts };
  show(page, 'working', words, 'finishing');
  const timer = page.setTimeout(() => broadcastAttempt(page, attempt), BROADCAST_AFTER_MS);
  const onResponse = () => {
    page.clearTimeout(timer);
    broadcastAttempt(page, attempt);
  };
  const fields = { ...returned, bindingVerifier: verifier };
  const outcome = await reportReturn(page, callbackEndpoint(page), fields, onResponse);
  if (outcome !== 'unreachable') forgetReturnedFlow(page);
  if (attempt !== null && outcome === 'browser_mismatch') keepRefusal(page, attempt, outcome);
  leave(page, attempt, outcome, words);
}

/** Reads what the page that began has left for this one. A window of a page in a frame has it in its own storage. */
function readBriefing(page: Page, attempt: string | null): CallbackBriefing {
  if (attempt === null) return {};
  const key = briefingKey(attempt);
  return readStored(() => page.sessionStorage, key) ?? readStored(() => page.localStorage, key) ?? {};
}

/** Returns the URL to report to: the page's own path, unless the page names an endpoint. */
function callbackEndpoint({ document, location }: Window): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="connect-account-endpoint"]')?.content;
  return named ? `${normalizeEndpoint(named)}/callback` : location.pathname;
}

/** Uses BroadcastChannel, which works under any COOP header, and a `storage` event, which WebKit drops under one. */
function broadcastAttempt(page: Page, attempt: string | null): void {
  const message: CallbackMessage = { type: CALLBACK_MESSAGE_TYPE, ...(attempt !== null && { attempt }) };
  tolerate(() => new page.BroadcastChannel(CALLBACK_CHANNEL).postMessage(message));
  tolerate(() => {
    page.localStorage.setItem(CALLBACK_STORAGE_KEY, JSON.stringify(message));
    page.localStorage.removeItem(CALLBACK_STORAGE_KEY);
  });
}

/** Lets the waiting element say the same as this page. */
function keepRefusal(page: Page, attempt: string, code: string): void {
  const refusal = { code, until: Date.now() + BINDING_LIFETIME_MS };
  tolerate(() => page.localStorage.setItem(refusalKey(attempt), JSON.stringify(refusal)));
}

function leave(page: Page, attempt: string | null, outcome: ReportOutcome, words: CallbackTexts): void {
  const returnUrl = attempt === null ? null : takeReturnUrl(page, attempt);
  if (returnUrl !== null) {
    page.location.replace(returnUrl);
  } else if (outcome === 'bound') {
    page.close();
    page.setTimeout(() => show(page, 'done', words, 'done'), CLOSING_TAKES_MS);
  } else {
    show(page, 'failed', words, outcome);
  }
}

/** Returns the page that the user came from in `redirect` mode, if it is of this origin. */
function takeReturnUrl(page: Page, attempt: string): string | null {
  const stored = tolerate(() => page.sessionStorage.getItem(returnKey(attempt))) ?? null;
  tolerate(() => page.sessionStorage.removeItem(returnKey(attempt)));
  const url = stored === null ? null : parseUrl(stored, page.location.href);
  return url?.origin === page.location.origin ? url.href : null;
}

/** Shows a message in the elements that the page provides for it, or at the end of the page. */
function show({ document }: Window, phase: Phase, words: CallbackTexts, name: keyof CallbackTexts): void {
  document.documentElement.dataset['connectAccountPhase'] = phase;
  const places = [...document.querySelectorAll('[data-connect-account-message]')];
  for (const place of places.length > 0 ? places : [appendPlace(document)]) {
    place.setAttribute('lang', words.lang);
    if (place.textContent !== words[name]) place.textContent = words[name];
  }
}

function appendPlace(document: Document): Element {
  const place = document.createElement('p');
  place.setAttribute('data-connect-account-message', '');
  place.setAttribute('role', 'status');
  place.dir = 'auto';
  document.body?.append(place);
  return place;
}
