import type { ConnectPhase } from '../../../src/core/flow/connect-state.js';
import type { ConnectErrorCode } from '../../../src/core/model/error-codes.js';

/** A failure that a visitor can cause: what to do, what will happen, and how it ends. */
export interface FailureCase {
  readonly title: string;
  /** What the visitor does. */
  readonly steps: string;
  /** What happens, and what the user reads or can do then. */
  readonly happens: string;
  /** What the host's developer finds, and does about it. */
  readonly developer: string;
  /** Words of the warning that the elements print then. Missing where they print nothing. */
  readonly prints?: string;
  /** The phase in which it ends. */
  readonly phase: ConnectPhase;
  /** Its error code. Missing where nothing has failed yet. */
  readonly code?: ConnectErrorCode;
  /** Attributes of the element that differ from the usual ones. An empty one is left out. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const NOTHING = 'Nothing: this is a matter of the user.';

const WINDOW = {
  'popup-blocked': {
    title: 'Window blocked',
    steps: 'Press “Connect on load”: the page loads again and calls connect() by itself, without a click.',
    happens: 'The browser refuses the window. A real link takes its place, and a click on that is a click on a link.',
    developer: 'Nothing: call connect() in a click, as the first thing that its listener does.',
    phase: 'popup-blocked',
  },
  'window-closed': {
    title: 'Window closed',
    steps: 'Click Connect, then close the window that opens.',
    happens: 'Nothing fails. After two seconds on this page the element offers to open the window again, or to cancel.',
    developer: 'Nothing: a closed window is a hint. Only the server, Cancel or the end of the link ends an attempt.',
    phase: 'awaiting-authorization',
  },
  'opener-policy': {
    title: 'Opener policy at the provider',
    steps: 'Click Connect, sign in and allow.',
    happens:
      'Each page of the provider has Cross-Origin-Opener-Policy: same-origin, so the window reads as closed at once. It is connected all the same.',
    developer: NOTHING,
    phase: 'connected',
  },
  'access-denied': {
    title: 'Access denied',
    steps: 'Click Connect, sign in and press Deny.',
    happens: 'The window closes and the element says that access was not granted.',
    developer: NOTHING,
    phase: 'failed',
    code: 'connection_failed',
  },
  slow: {
    title: 'Everything is slow',
    steps: 'Click Connect, sign in and allow.',
    happens:
      'Each answer takes half a second, and the account becomes ACTIVE four seconds after the window has closed. The element confirms, and then it is connected.',
    developer: NOTHING,
    phase: 'connected',
  },
  timeout: {
    title: 'Nobody finishes',
    steps: 'Click Connect and wait three seconds. This element has timeout="3000".',
    happens: 'The attempt ends. Its link lives on, so that a user who finishes later is connected.',
    developer: NOTHING,
    phase: 'failed',
    code: 'timeout',
    attributes: { timeout: '3000' },
  },
  'link-expired': {
    title: 'Link expired',
    steps: 'Click Connect and wait a moment: this link ends after its first poll rather than after ten minutes.',
    happens: 'The element says that the time is over, and offers a new attempt.',
    developer: NOTHING,
    phase: 'failed',
    code: 'link_expired',
  },
  revoked: {
    title: 'Revoked meanwhile',
    steps: 'Click Connect and wait a moment: the provider takes the access back at once.',
    happens: 'The element says that access was revoked.',
    developer: NOTHING,
    phase: 'failed',
    code: 'connection_revoked',
  },
  'wrong-user': {
    title: 'Finished by somebody else',
    steps: 'Click Connect, sign in and allow. In the window, a colleague is signed in to this site.',
    happens:
      'The account is theirs, so the server refuses it, revokes it and removes it. Nothing is connected, and both the window and the element say so.',
    developer: 'The handler calls onAudit with browser_mismatch.',
    phase: 'failed',
    code: 'browser_mismatch',
  },
  'already-connected': {
    title: 'Connected meanwhile',
    steps: 'Click Connect. In this moment the user connects it on another device.',
    happens: 'The link is refused with 409, and the element shows the account that is there.',
    developer: NOTHING,
    phase: 'connected',
  },
} as const satisfies Record<string, FailureCase>;

const SERVICE = {
  offline: {
    title: 'Offline',
    steps: 'Click Connect. The connection breaks with this request.',
    happens: 'The window closes, and the element says that the server cannot be reached.',
    developer: 'The browser prints the failed request. The elements print no more: a network is nobody’s mistake.',
    phase: 'failed',
    code: 'network_error',
  },
  'rate-limited': {
    title: 'Rate limited',
    steps: 'Click Connect.',
    happens: 'Composio answers 429 to each link. The element asks the user to wait a minute.',
    developer:
      'The answer has Retry-After. The limits of the handler are the options linksPerMinute and upstreamCallsPerMinute.',
    phase: 'failed',
    code: 'rate_limited',
  },
  'upstream-error': {
    title: 'Composio fails',
    steps: 'Click Connect.',
    happens: 'Composio answers 500. The handler makes a 502 of it and quotes nothing.',
    developer: 'The log of the server has the request id that the error carries.',
    phase: 'failed',
    code: 'upstream_error',
  },
  'proxy-error': {
    title: 'A proxy answers',
    steps: 'Click Connect.',
    happens: 'A proxy in front of the backend answers 503 with a page of its own. The code follows from the status.',
    developer: NOTHING,
    phase: 'failed',
    code: 'upstream_error',
  },
  'refused-key': {
    title: 'A bad key',
    steps: 'Click Connect, type wrong-key and send it.',
    happens: 'The app refuses the key. The form stays open with an error at the field, and no attempt has ended.',
    developer: NOTHING,
    phase: 'collecting-credentials',
    code: 'invalid_credentials',
    attributes: { 'auth-config-id': 'ac_firecrawl' },
  },
  'auth-config-disabled': {
    title: 'Auth config disabled',
    steps: 'Nothing: it shows when the page loads.',
    happens: 'The auth config is disabled at Composio, so the button cannot be pressed.',
    developer: 'Enable it in Composio’s dashboard.',
    phase: 'misconfigured',
    code: 'auth_config_disabled',
  },
} as const satisfies Record<string, FailureCase>;

const SETUP = {
  'not-mounted': {
    title: 'No backend',
    steps: 'Click Connect.',
    happens: 'The path of the endpoint answers 404 to everything.',
    developer: 'Mount the handler there, or correct the attribute endpoint.',
    prints: 'There is no connect-account backend at',
    phase: 'misconfigured',
    code: 'invalid_configuration',
  },
  'app-fallback': {
    title: 'The app’s own page',
    steps: 'Nothing: it shows when the page loads.',
    happens: 'The server answers every unknown path with the page of the app: HTML in place of JSON.',
    developer: 'Mount the handler before the fallback of the app.',
    prints: 'the app’s fallback for unknown paths came first: mount the handler before it',
    phase: 'failed',
    code: 'invalid_response',
  },
  'wrong-origin': {
    title: 'Wrong origin',
    steps: 'Click Connect.',
    happens: "The handler was given origin: 'https://app.example.com', so it takes this page for a foreign one.",
    developer: 'Write the origin that browsers see into the option `origin`. The log of the server says what came.',
    prints: 'pass that as `origin` to createConnectHandler',
    phase: 'failed',
    code: 'csrf_rejected',
  },
  'other-origin': {
    title: 'Not in the page’s policy',
    steps: 'Nothing: it shows when the page loads.',
    happens: 'The endpoint is on another origin, which connect-src of this page does not allow. CORS looks the same.',
    developer:
      'Name the backend in `connect-src`, and this page in its `allowedOrigins`. The browser prints the blocked request too.',
    prints: 'name the backend in `connect-src` of the page’s policy',
    phase: 'failed',
    code: 'network_error',
    attributes: { endpoint: 'http://127.0.0.1:9/api/connect' },
  },
  'signed-out': {
    title: 'Nobody is signed in',
    steps: 'Nothing: it shows when the page loads.',
    happens: 'identify returns null, so the backend answers 401.',
    developer: 'Look at `identify`: it gets the request with its cookies.',
    prints: 'Its `identify` found no signed-in user',
    phase: 'failed',
    code: 'unauthorized',
  },
  'other-user-id': {
    title: 'Wrong user id',
    steps: 'Nothing: it shows when the page loads.',
    happens: 'The page names another user than the one who is signed in, so the backend answers 403.',
    developer: 'Write the id that identify returns into user-id.',
    prints: 'Set user-id to the id that its `identify` returns',
    phase: 'failed',
    code: 'forbidden',
    attributes: { 'user-id': 'user_grace' },
  },
  'internal-error': {
    title: 'identify throws',
    steps: 'Click Connect.',
    happens: 'The host’s own code fails: the database of its sessions is down.',
    developer: 'The log of the server says what threw, and in which line. The browser gets 500 and a request id.',
    prints: 'Its log says why',
    phase: 'failed',
    code: 'internal_error',
  },
  'wrong-api-key': {
    title: 'Wrong API key',
    steps: 'Nothing: it shows when the page loads. Reads are repeated, so it takes some seconds.',
    happens: 'The server’s key for Composio is wrong. That is 502 and never a 401, which would sign the user out.',
    developer: 'The log of the server says that Composio refused the key.',
    phase: 'failed',
    code: 'upstream_error',
  },
  'unknown-auth-config': {
    title: 'Unknown auth config',
    steps: 'Nothing: it shows when the page loads.',
    happens: 'Composio has no auth config with this id.',
    developer: 'Copy the id from Composio’s dashboard.',
    prints: 'The backend does not know the auth config "ac_unknown".',
    phase: 'misconfigured',
    code: 'auth_config_not_found',
    attributes: { 'auth-config-id': 'ac_unknown' },
  },
  'missing-attribute': {
    title: 'Attribute missing',
    steps: 'Nothing: it shows after a second, because frameworks set attributes late.',
    happens: 'user-id is missing.',
    developer: 'Set the attribute.',
    prints: 'the attribute user-id',
    phase: 'misconfigured',
    code: 'invalid_configuration',
    attributes: { 'user-id': '' },
  },
} as const satisfies Record<string, FailureCase>;

/** The failures by who can do something about them, as the page lists them. */
export const FAILURE_GROUPS = {
  'The user and the window': WINDOW,
  'The services': SERVICE,
  'The host’s developer': SETUP,
} as const;

export type FailureId = keyof typeof WINDOW | keyof typeof SERVICE | keyof typeof SETUP;

/** All of them by id. */
export const FAILURE_CASES: Readonly<Record<FailureId, FailureCase>> = { ...WINDOW, ...SERVICE, ...SETUP };

/** Returns whether a part of a path names a failure. */
export function isFailureId(text: string): text is FailureId {
  return Object.hasOwn(FAILURE_CASES, text);
}
