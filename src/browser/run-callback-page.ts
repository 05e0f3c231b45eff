import {
  ATTEMPT_PARAMETER,
  CALLBACK_CHANNEL,
  CALLBACK_MESSAGE_TYPE,
  CALLBACK_STORAGE_KEY,
  type CallbackMessage,
  isAttemptId,
  returnKey,
  verifierKey,
} from '../core/model/callback-protocol.js';
import { trimEndpoint } from '../core/model/endpoint.js';

/** ms after which waiting elements are told to look, though the backend has not answered yet. */
const HANGING_AFTER = 3000;
/** ms that `window.close()` is given before words take its place. */
const CLOSING_TAKES = 500;

const UPSTREAM_PARAMETERS = ['status', 'connected_account_id', 'connectedAccountId', 'error', 'session_uri', 'state'];

type Phase = 'working' | 'done' | 'failed';

const CLOSE_HINT = 'You can close this window.';

const WORDS: Readonly<Record<ReportOutcome, string>> = {
  bound: CLOSE_HINT,
  mismatch: `This was begun in another browser or by another user, so nothing was connected. ${CLOSE_HINT}`,
  refused: `The connection could not be confirmed. ${CLOSE_HINT}`,
  unreachable: `The connection could not be confirmed, because the app did not answer. ${CLOSE_HINT}`,
};

/** What the provider flow appended to the address. */
interface ReturnedFlow {
  readonly attempt: string | null;
  readonly connectedAccountId: string | null;
  readonly sessionUri: string | null;
  readonly state: string | null;
}

/**
 * What the callback page does: takes the parameters out of the address, reports them to the backend, which binds this
 * browser to the user, tells the waiting elements to look, and goes. Nothing that it read is shown. Never rejects.
 */
export async function runCallbackPage(page: Window & typeof globalThis): Promise<void> {
  const { attempt, ...returned } = takeReturnedFlow(page);
  const bindingVerifier = attempt === null ? null : take(() => page.localStorage, verifierKey(attempt));
  show(page, 'working', 'Finishing…');
  const hanging = page.setTimeout(() => broadcastAttempt(page, attempt), HANGING_AFTER);
  const onAnswer = () => {
    page.clearTimeout(hanging);
    broadcastAttempt(page, attempt);
  };
  const outcome = await reportReturn(page, callbackEndpoint(page), { ...returned, bindingVerifier }, onAnswer);
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

/** The page's own path, unless the page names an endpoint. */
function callbackEndpoint({ document, location }: Window): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="connect-account-endpoint"]')?.content;
  return named ? `${trimEndpoint(named)}/callback` : location.pathname;
}

/** BroadcastChannel survives every COOP header; the `storage` event is a bonus that WebKit drops under one. */
function broadcastAttempt(page: Window & typeof globalThis, attempt: string | null): void {
  const message: CallbackMessage = { type: CALLBACK_MESSAGE_TYPE, ...(attempt !== null && { attempt }) };
  tolerate(() => new page.BroadcastChannel(CALLBACK_CHANNEL).postMessage(message));
  tolerate(() => {
    page.localStorage.setItem(CALLBACK_STORAGE_KEY, JSON.stringify(message));
    page.localStorage.removeItem(CALLBACK_STORAGE_KEY);
  });
}

function leave(page: Window & typeof globalThis, attempt: string | null, outcome: ReportOutcome): void {
  const returnUrl = attempt === null ? null : takeReturnUrl(page, attempt);
  if (returnUrl !== null) {
    page.location.replace(returnUrl);
  } else if (outcome === 'bound') {
    page.close();
    page.setTimeout(() => show(page, 'done', WORDS.bound), CLOSING_TAKES);
  } else {
    show(page, 'failed', WORDS[outcome]);
  }
}

/** Where the user came from in `redirect` mode: a page of this origin, or nowhere. */
function takeReturnUrl(page: Window & typeof globalThis, attempt: string): string | null {
  const kept = take(() => page.sessionStorage, returnKey(attempt));
  if (kept === null || !URL.canParse(kept, page.location.href)) return null;
  const url = new URL(kept, page.location.href);
  return url.origin === page.location.origin ? url.href : null;
}

/** Reads and deletes. Storage may be denied, even by throwing at the mere mention. */
function take(storage: () => Storage, key: string): string | null {
  const value = tolerate(() => storage().getItem(key)) ?? null;
  if (value !== null) tolerate(() => storage().removeItem(key));
  return value;
}

function tolerate<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** In the place that the page made for it, or at its end. */
function show({ document }: Window, phase: Phase, words: string): void {
  document.documentElement.dataset['connectAccountPhase'] = phase;
  const place = document.querySelector('[data-connect-account-message]') ?? document.createElement('p');
  if (!place.isConnected) {
    place.setAttribute('data-connect-account-message', '');
    place.setAttribute('role', 'status');
    document.body?.append(place);
  }
  if (place.textContent !== words) place.textContent = words;
}

/** ms for which a report that fails for a passing reason is repeated. */
const REPEATED_FOR = 30_000;
/** ms before the first repetition; doubled each time. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

/**
 * What came of reporting: `mismatch` when the backend knows neither this browser nor its user, `refused` for any other
 * refusal, `unreachable` when there was no answer for 30 s.
 */
export type ReportOutcome = 'bound' | 'mismatch' | 'refused' | 'unreachable';

/**
 * Reports to the backend what the provider flow appended, repeated while it fails for a passing reason. By `fetch`, because
 * a `SameSite=Strict` session cookie is not sent with the navigation that came from the provider.
 *
 * @param fields those that are null are left out; with none there is nothing to report
 * @param onAnswer called after each answer or failure
 */
export async function reportReturn(
  page: Window & typeof globalThis,
  endpoint: string,
  fields: Readonly<Record<string, string | null>>,
  onAnswer: () => void,
): Promise<ReportOutcome> {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  const body = JSON.stringify(Object.fromEntries(known));
  const deadline = page.performance.now() + REPEATED_FOR;
  for (let delay = FIRST_DELAY; ; delay = Math.min(delay * 2, LONGEST_DELAY)) {
    const outcome = known.length === 0 ? 'bound' : await report(page, endpoint, body, deadline);
    onAnswer();
    if (outcome !== 'passing') return outcome;
    if (page.performance.now() + delay >= deadline) return 'unreachable';
    await new Promise((resolve) => page.setTimeout(resolve, delay));
  }
}

async function report(
  page: Window & typeof globalThis,
  endpoint: string,
  body: string,
  deadline: number,
): Promise<ReportOutcome | 'passing'> {
  try {
    const response = await page.fetch(endpoint, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      // The session cookie, also to a backend of another origin.
      credentials: 'include',
      body,
      signal: page.AbortSignal.timeout(Math.max(0, deadline - page.performance.now())),
    });
    if (response.ok) {
      // Throws at what a network answers in place of the backend, its own sign-in page for one.
      await response.json();
      return 'bound';
    }
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) return 'passing';
    return (await codeOf(response)) === 'browser_mismatch' ? 'mismatch' : 'refused';
  } catch {
    return 'passing';
  }
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  return (body as { error?: { code?: unknown } } | null)?.error?.code;
}
