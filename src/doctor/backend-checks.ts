import { type SessionTokenSource, SessionTokens } from '../core/http/session-tokens.js';
import type { DoctorCheck } from './report.js';

/** A response that was read, or the reason why there is none. */
type Asked =
  | { readonly response: Response; readonly text: string; readonly code: string | undefined }
  | { readonly refused: 'policy' | 'cross-origin' | 'unreachable' | 'slow' };

const TIMEOUT_MS = 15_000;
/** Only known words are repeated in a report. */
const CODE = /^[a-z_]{3,32}$/;

/** The backend, as the elements would ask it. */
export interface BackendSubject {
  /** Absolute, without a slash at its end. */
  readonly endpoint: string;
  /** Absolute. */
  readonly callbackUrl: string;
  readonly userId: string | undefined;
  readonly authConfigId: string | undefined;
  readonly sessionToken: SessionTokenSource | undefined;
}

const MAX_SKEW_MS = 60_000;
const MOUNT = 'Mount the handler of connect-account/server.js there for all methods, or set the attribute endpoint.';

/** Checks the backend by requests that change nothing. */
export async function checkBackend(subject: BackendSubject): Promise<DoctorCheck[]> {
  if (!URL.canParse(subject.endpoint)) {
    const fix = 'Write a path like /api/connect, or a whole URL, into the attribute endpoint.';
    return [{ id: 'endpoint', title: 'Backend', outcome: 'failed', found: 'The endpoint is not an address.', fix }];
  }
  const token = await new SessionTokens(() => subject.sessionToken).current().catch(() => undefined);
  const headers = { Accept: 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  const query = new URLSearchParams({ ids: subject.authConfigId ?? 'ac_doctor' });
  if (subject.userId) query.set('userId', subject.userId);
  const sent = Date.now();
  const read = await ask(`${subject.endpoint}/auth-configs?${query}`, { headers });
  const endpoint = checkEndpoint(subject, read);
  if (endpoint.outcome === 'failed') return [endpoint, ...(await checkCallbackPage(subject))];
  return [
    endpoint,
    checkSession(read),
    checkAuthConfig(subject, read),
    await checkOrigin(subject, headers),
    checkClock(read, sent),
    ...(await checkCallbackPage(subject)),
  ];
}

function checkEndpoint({ endpoint }: BackendSubject, asked: Asked): DoctorCheck {
  const check = { id: 'endpoint', title: 'Backend' } as const;
  const failed = (found: string, fix: string): DoctorCheck => ({ ...check, outcome: 'failed', found, fix });
  const { origin } = new URL(endpoint);
  if ('refused' in asked) {
    switch (asked.refused) {
      case 'policy':
        return failed(
          'The policy of this page blocks the request.',
          `Add ${origin} to connect-src of its Content-Security-Policy.`,
        );
      case 'cross-origin':
        return failed(
          'A server is there, but this page may not read it (CORS).',
          `Add '${self.origin}' to the option allowedOrigins of the handler.`,
        );
      case 'slow':
        return failed('There was no response within 15 seconds.', 'Look into the log of the backend.');
      case 'unreachable':
        return failed(
          'No server can be reached there.',
          'Start the backend, and compare the attribute endpoint with its address.',
        );
    }
  }
  const { response, code } = asked;
  if (response.status === 404 && code === undefined)
    return failed('Nothing is mounted there: the response is a 404 of another kind.', MOUNT);
  if (response.ok && !isJson(response))
    return failed('The response is a page and not JSON, as a single-page app sends it for every path.', MOUNT);
  if (response.status >= 500)
    return failed(`The backend failed: ${response.status}.`, 'The log of the backend says why, with the fix.');
  if (response.status === 404 || response.status === 405)
    return { ...check, outcome: 'ok', found: 'It responds, and offers no auth configs.' };
  if (!response.ok && code === undefined)
    return failed(`The response is ${response.status} without an error of the protocol.`, MOUNT);
  return { ...check, outcome: 'ok', found: `It responds (${response.status}).` };
}

function isJson({ headers }: Response): boolean {
  return /^application\/json\b/i.test(headers.get('content-type') ?? '');
}

function checkSession(asked: Asked): DoctorCheck {
  const check = { id: 'session', title: 'Signed-in user' } as const;
  const code = 'code' in asked ? asked.code : undefined;
  if (code === 'unauthorized') {
    const fix = 'Sign in on this page, or set sessionToken. `identify` of the backend returned null for this request.';
    return { ...check, outcome: 'failed', found: 'The backend does not know who is signed in (401).', fix };
  }
  if (code === 'forbidden') {
    const fix = 'Write the user-id that `identify` of the backend returns.';
    return { ...check, outcome: 'failed', found: 'user-id is not the user who is signed in (403).', fix };
  }
  return { ...check, outcome: 'ok', found: 'The backend knows the user.' };
}

function checkAuthConfig({ authConfigId }: BackendSubject, asked: Asked): DoctorCheck {
  const check = { id: 'auth-config', title: 'Auth config' } as const;
  if (authConfigId === undefined || !('response' in asked) || !asked.response.ok) {
    return { ...check, outcome: 'skipped', found: 'There is none to look for, or the backend does not say.' };
  }
  if (asked.text.includes(`"${authConfigId}"`)) return { ...check, outcome: 'ok', found: 'The backend offers it.' };
  const fix =
    'Copy the id (ac_…) from the dashboard of Composio, and add it to authConfigIds where that option is set.';
  return { ...check, outcome: 'failed', found: 'The backend does not know it.', fix };
}

/** Sends a change that cannot do anything, to see whether changes from this page are let in. */
async function checkOrigin({ endpoint }: BackendSubject, headers: Record<string, string>): Promise<DoctorCheck> {
  const check = { id: 'origin', title: 'Changes from this page' } as const;
  const asked = await ask(`${endpoint}/callback`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: '{"state":"doctor"}',
  });
  if ('refused' in asked) {
    const fix =
      'Let the backend answer the preflight: methods GET, POST, PATCH, DELETE, and the headers that are asked for.';
    return { ...check, outcome: 'failed', found: 'A POST does not reach the backend.', fix };
  }
  if (asked.code === 'csrf_rejected') {
    const fix = `Set the option origin of the handler to '${self.origin}', or open the page at the address that is set there.`;
    return {
      ...check,
      outcome: 'failed',
      found: 'The backend takes this page for a foreign one (csrf_rejected).',
      fix,
    };
  }
  return { ...check, outcome: 'ok', found: 'The backend accepts them.' };
}

function checkClock(asked: Asked, sent: number): DoctorCheck {
  const check = { id: 'clock', title: 'Clock' } as const;
  const date = Date.parse(('response' in asked && asked.response.headers.get('date')) || '');
  if (Number.isNaN(date)) return { ...check, outcome: 'skipped', found: 'The time of the server is not readable.' };
  const skew = Math.round((sent - date) / 1000);
  if (Math.abs(skew) * 1000 <= MAX_SKEW_MS) return { ...check, outcome: 'ok', found: 'It agrees with the server.' };
  const fix = 'Set the clock of this device, or of the server. Ages and session tokens depend on it.';
  return {
    ...check,
    outcome: 'warning',
    found: `It is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} the server.`,
    fix,
  };
}

async function checkCallbackPage({ callbackUrl }: BackendSubject): Promise<DoctorCheck[]> {
  const check = { id: 'callback-page', title: 'Callback page' } as const;
  const failed = (found: string, fix: string): DoctorCheck[] => [{ ...check, outcome: 'failed', found, fix }];
  if (!URL.canParse(callbackUrl)) {
    return failed('callback-url is not an address.', 'Write a path like /connected, or a whole URL.');
  }
  if (new URL(callbackUrl).origin !== self.origin) {
    return failed(
      'It is on another origin, where it cannot read what this page stored.',
      'Serve a page of your own that loads connect-account/callback-page.js, set callback-url to it, and list it in callbackUrls.',
    );
  }
  const asked = await ask(callbackUrl, { headers: { Accept: 'text/html' }, credentials: 'omit' });
  if ('refused' in asked) return failed('It cannot be reached.', MOUNT);
  const { response, text } = asked;
  if (!response.ok || !/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) {
    return failed(`It is not a page: ${response.status}.`, 'Serve it without asking who is signed in, for GET.');
  }
  if ((response.headers.get('cross-origin-opener-policy') ?? 'unsafe-none') !== 'unsafe-none') {
    return failed('It has a Cross-Origin-Opener-Policy.', 'Leave that header out on this one path.');
  }
  if (!/<script\b/i.test(text)) return failed('It has no script.', 'Load connect-account/callback-page.js in it.');
  return [{ ...check, outcome: 'ok', found: 'It is there, without a Cross-Origin-Opener-Policy.' }];
}

/** Sends a request and finds out why it failed, if it did. */
async function ask(url: string, init: RequestInit = {}): Promise<Asked> {
  let isBlocked = false;
  const onViolation = (event: SecurityPolicyViolationEvent): void => {
    isBlocked ||= event.effectiveDirective === 'connect-src' && sameTarget(event.blockedURI, url);
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  const isForeign = new URL(url).origin !== self.origin;
  try {
    const credentials = isForeign ? 'include' : 'same-origin';
    const response = await fetch(url, { credentials, signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
    const text = await response.text();
    return { response, text, code: codeIn(text) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return { refused: 'slow' };
    // The event comes in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    if (isBlocked) return { refused: 'policy' };
    return { refused: isForeign && (await isThere(url)) ? 'cross-origin' : 'unreachable' };
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

/** Returns whether a report of the policy is about this request. Reports may name the origin alone. */
function sameTarget(blocked: string, url: string): boolean {
  return URL.canParse(blocked) && new URL(blocked).origin === new URL(url).origin;
}

/** Returns whether a server is there that this page may not read. */
async function isThere(url: string): Promise<boolean> {
  try {
    await fetch(url, { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}

function codeIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' && CODE.test(error.code) ? error.code : undefined;
  } catch {
    return undefined;
  }
}
