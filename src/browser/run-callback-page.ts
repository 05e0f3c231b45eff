import { CALLBACK_CHANNEL, returnKey } from '../core/model/accounts-message.js';
import {
  ATTEMPT_PARAMETER,
  CALLBACK_MESSAGE_TYPE,
  CALLBACK_STORAGE_KEY,
  type CallbackMessage,
  isAttemptId,
  UPSTREAM_PARAMETERS,
  verifierKey,
} from '../core/model/callback-protocol.js';
import { normalizeEndpoint, parseUrl } from '../core/model/urls.js';
import { tolerate } from './page-limits.js';

/** If the backend has not responded by then, waiting elements are told to poll all the same. */
const BROADCAST_AFTER_MS = 3000;
/** Time for `window.close()` to take effect before a message is shown. */
const CLOSING_TAKES_MS = 500;
/** Time during which a report is repeated after temporary failures. */
const REPORT_TIMEOUT_MS = 30_000;
/** Delay before the first repetition. It doubles each time. */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8000;

type Page = Window & typeof globalThis;

/** The state of the page in its `data-connect-account-phase` attribute, for the page's own styles. */
type Phase = 'working' | 'done' | 'failed';

/**
 * The result of a report: `mismatch` if the backend knows neither this browser nor its user, `refused` for any other
 * refusal, `unreachable` if there was no usable response within 30 s.
 */
type ReportOutcome = 'bound' | 'mismatch' | 'refused' | 'unreachable';

const CLOSE_HINT = 'You can close this window.';

const MESSAGES: Readonly<Record<ReportOutcome, string>> = {
  bound: CLOSE_HINT,
  mismatch: `This was started in another browser or by another user, so nothing was connected. ${CLOSE_HINT}`,
  refused: `The connection could not be confirmed. ${CLOSE_HINT}`,
  unreachable: `The connection could not be confirmed, because the app did not respond. ${CLOSE_HINT}`,
};

/** The parameters that the provider flow appended to the address. */
interface ReturnedFlow {
  readonly attempt: string | null;
  readonly connectedAccountId: string | null;
  readonly sessionUri: string | null;
  readonly state: string | null;
}

/**
 * Runs the callback page: takes the parameters out of the address, reports them to the backend, which binds this browser to
 * the user, tells waiting elements to poll, and closes the window. No parameter is ever shown. Never rejects.
 */
export async function runCallbackPage(page: Page): Promise<void> {
  const { attempt, ...returned } = takeReturnedFlow(page);
  const bindingVerifier = attempt === null ? null : takeItem(() => page.localStorage, verifierKey(attempt));
  show(page, 'working', 'Finishing…');
  const timer = page.setTimeout(() => broadcastAttempt(page, attempt), BROADCAST_AFTER_MS);
  const onResponse = () => {
    page.clearTimeout(timer);
    broadcastAttempt(page, attempt);
  };
  const outcome = await reportReturn(page, callbackEndpoint(page), { ...returned, bindingVerifier }, onResponse);
  leave(page, attempt, outcome);
}

function takeReturnedFlow({ location, history }: Window): ReturnedFlow {
  const url = new URL(location.href);
  const parameter = (name: string) => url.searchParams.get(name);
  const attempt = parameter(ATTEMPT_PARAMETER);
  const returned = {
    attempt: attempt !== null && isAttemptId(attempt) ? attempt : null,
    connectedAccountId: parameter('connected_account_id') ?? parameter('connectedAccountId'),
    sessionUri: parameter('session_uri'),
    state: parameter('state'),
  };
  for (const name of [ATTEMPT_PARAMETER, ...UPSTREAM_PARAMETERS]) url.searchParams.delete(name);
  history.replaceState(history.state, '', url);
  return returned;
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

function leave(page: Page, attempt: string | null, outcome: ReportOutcome): void {
  const returnUrl = attempt === null ? null : takeReturnUrl(page, attempt);
  if (returnUrl !== null) {
    page.location.replace(returnUrl);
  } else if (outcome === 'bound') {
    page.close();
    page.setTimeout(() => show(page, 'done', MESSAGES.bound), CLOSING_TAKES_MS);
  } else {
    show(page, 'failed', MESSAGES[outcome]);
  }
}

/** Returns the page that the user came from in `redirect` mode, if it is of this origin. */
function takeReturnUrl(page: Page, attempt: string): string | null {
  const stored = takeItem(() => page.sessionStorage, returnKey(attempt));
  const url = stored === null ? null : parseUrl(stored, page.location.href);
  return url?.origin === page.location.origin ? url.href : null;
}

/** Reads and deletes an item. Storage may be denied; then even its mention throws. */
function takeItem(storage: () => Storage, key: string): string | null {
  const value = tolerate(() => storage().getItem(key)) ?? null;
  if (value !== null) tolerate(() => storage().removeItem(key));
  return value;
}

/** Shows a message in the element that the page provides for it, or at the end of the page. */
function show({ document }: Window, phase: Phase, message: string): void {
  document.documentElement.dataset['connectAccountPhase'] = phase;
  const place = document.querySelector('[data-connect-account-message]') ?? document.createElement('p');
  if (!place.isConnected) {
    place.setAttribute('data-connect-account-message', '');
    place.setAttribute('role', 'status');
    document.body?.append(place);
  }
  if (place.textContent !== message) place.textContent = message;
}

/**
 * Reports to the backend what the provider flow appended, and repeats the report after temporary failures. It uses `fetch`,
 * because a `SameSite=Strict` session cookie is not sent with the navigation that came from the provider.
 *
 * @param fields null values are left out; if none is left, there is nothing to report
 * @param onResponse is called after each response or failure
 */
async function reportReturn(
  page: Page,
  endpoint: string,
  fields: Readonly<Record<string, string | null>>,
  onResponse: () => void,
): Promise<ReportOutcome> {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  const body = JSON.stringify(Object.fromEntries(known));
  const deadline = page.performance.now() + REPORT_TIMEOUT_MS;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
    const outcome = known.length === 0 ? 'bound' : await report(page, endpoint, body, deadline);
    onResponse();
    if (outcome !== 'temporary') return outcome;
    if (page.performance.now() + delay >= deadline) return 'unreachable';
    await new Promise((resolve) => page.setTimeout(resolve, delay));
  }
}

async function report(
  page: Page,
  endpoint: string,
  body: string,
  deadline: number,
): Promise<ReportOutcome | 'temporary'> {
  // `AbortSignal.timeout` is too new for some browsers.
  const limit = new page.AbortController();
  const timer = page.setTimeout(() => limit.abort(), Math.max(0, deadline - page.performance.now()));
  try {
    const response = await page.fetch(endpoint, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      // Sends the session cookie to a backend of another origin too.
      credentials: 'include',
      body,
      signal: limit.signal,
    });
    if (response.ok) {
      // Throws for a page that a network sends in place of the backend, such as its own sign-in page.
      await response.json();
      return 'bound';
    }
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) return 'temporary';
    return (await readErrorCode(response)) === 'browser_mismatch' ? 'mismatch' : 'refused';
  } catch {
    return 'temporary';
  } finally {
    page.clearTimeout(timer);
  }
}

async function readErrorCode(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  return (body as { error?: { code?: unknown } } | null)?.error?.code;
}
