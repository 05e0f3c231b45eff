import type { FieldProblem } from '../accounts/credential-fields.js';
import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { AuthConfig, ConnectedAccount, ConnectionStatus } from '../model/connection-types.js';

/** What is known in every phase. */
interface Known {
  /** The auth config, once read; null when the backend does not offer it. */
  readonly authConfig: AuthConfig | null;
  /** The user's account of this auth config; with `allowMultiple` the newest. */
  readonly account: ConnectedAccount | null;
  /** Whether a connected user may connect another account. */
  readonly allowMultiple: boolean;
  /** Why the last attempt, or reading, failed. */
  readonly error: ConnectErrorInfo | null;
}

/** What is known of an attempt whose link exists. */
interface Linked extends Known {
  /** Id of the attempt, as in the events and in the callback URL. */
  readonly attempt: string;
  /** The account that this attempt makes. */
  readonly connectedAccountId: string;
  /** What the server said of it last. */
  readonly status: ConnectionStatus;
  /** `closed`: it reads as closed and the page has had focus since. A hint only: COOP makes an open window read as closed. */
  readonly window: 'open' | 'closed' | 'unknown';
  /** The backend has not answered for a while; polling goes on. */
  readonly isRetrying: boolean;
}

/** The auth config and the accounts of this user are being read. */
export interface Loading extends Known {
  readonly phase: 'loading';
}
/** Nothing connected yet, or another one may be. */
export interface Ready extends Known {
  readonly phase: 'ready';
}
/** The window is open, still empty, and the link is being made. */
export interface Preparing extends Known {
  readonly phase: 'preparing';
  readonly attempt: string;
}
/** The user is asked for the fields of the auth config. */
export interface CollectingCredentials extends Known {
  readonly phase: 'collecting-credentials';
  readonly attempt: string;
  /** What this page found wrong, by field name. What the backend found wrong stands in `error.fieldErrors`. */
  readonly problems: Readonly<Record<string, FieldProblem>>;
}
/** The backend has the fields. */
export interface Submitting extends Known {
  readonly phase: 'submitting';
  readonly attempt: string;
}
/** The browser refused the window: a real link stands in its place. */
export interface PopupBlocked extends Linked {
  readonly phase: 'popup-blocked';
}
/** The user is at the provider. */
export interface AwaitingAuthorization extends Linked {
  readonly phase: 'awaiting-authorization';
}
/** The provider has sent the user back; the server's word is awaited. */
export interface Confirming extends Linked {
  readonly phase: 'confirming';
}
/** An ACTIVE account exists. */
export interface Connected extends Known {
  readonly phase: 'connected';
  readonly account: ConnectedAccount;
}
/** The account is EXPIRED, REVOKED, FAILED or INACTIVE. */
export interface NeedsAttention extends Known {
  readonly phase: 'needs-attention';
  readonly account: ConnectedAccount;
}
/** The last attempt, or the reading, failed; another attempt may begin. */
export interface Failed extends Known {
  readonly phase: 'failed';
  readonly error: ConnectErrorInfo;
}
/** The page author or the backend has to mend something first. */
export interface Misconfigured extends Known {
  readonly phase: 'misconfigured';
  readonly error: ConnectErrorInfo;
}

/** Where `<connect-account>` stands. Frozen; holds no secret and no link. */
export type ConnectState =
  | Loading
  | Ready
  | CollectingCredentials
  | Submitting
  | Preparing
  | PopupBlocked
  | AwaitingAuthorization
  | Confirming
  | Connected
  | NeedsAttention
  | Failed
  | Misconfigured;

export type ConnectPhase = ConnectState['phase'];

/** A state in which an attempt is under way. */
export type BusyState = CollectingCredentials | Submitting | Preparing | LinkedState;

/** A state of an attempt whose link exists. */
export type LinkedState = PopupBlocked | AwaitingAuthorization | Confirming;

/** Who called an attempt off: the user, the page's code, or the element's removal. */
export type CancelReason = 'user' | 'host' | 'removed';

/** How an attempt ended. */
export type ConnectOutcome =
  | { readonly status: 'connected'; readonly account: ConnectedAccount }
  | { readonly status: 'cancelled'; readonly reason: CancelReason }
  | { readonly status: 'failed'; readonly error: ConnectErrorInfo };

export const INITIAL_STATE: ConnectState = Object.freeze({
  phase: 'loading',
  authConfig: null,
  account: null,
  allowMultiple: false,
  error: null,
});

export function isBusy(state: ConnectState): state is BusyState {
  return 'attempt' in state;
}

export function isLinked(state: ConnectState): state is LinkedState {
  return 'connectedAccountId' in state;
}

/** How an attempt ends when the server reports this of its account, or null while it is pending. */
export function outcomeOfStatus(account: ConnectedAccount): ConnectOutcome | null {
  switch (account.status) {
    case 'ACTIVE':
      return { status: 'connected', account };
    case 'FAILED':
      return failed('connection_failed', 'The account could not be connected: the provider or the user refused.');
    case 'EXPIRED':
      return failed('link_expired', 'The link expired before the connection was finished.');
    case 'REVOKED':
      return failed('connection_revoked', 'The access was revoked while it was being connected.');
    case 'INACTIVE':
      return failed('connection_failed', 'The account was disabled while it was being connected.');
    default:
      return null;
  }
}

function failed(code: 'connection_failed' | 'link_expired' | 'connection_revoked', message: string): ConnectOutcome {
  return { status: 'failed', error: connectErrorInfo(code, message) };
}
