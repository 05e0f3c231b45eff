import type { FieldProblem } from '../accounts/credential-fields.js';
import type { ConnectErrorInfo } from '../model/connect-error.js';
import type { AuthConfig, ConnectedAccount, ConnectionStatus } from '../model/connection-types.js';

/** The properties of every phase. */
interface Known {
  /** The auth config. Null until it is read, and if the backend does not offer it. */
  readonly authConfig: AuthConfig | null;
  /** The user's account of this auth config; the newest one with `allowMultiple`. */
  readonly account: ConnectedAccount | null;
  /** Whether a connected user may connect another account. */
  readonly allowMultiple: boolean;
  /** The error of the last attempt or of the reading, or null. */
  readonly error: ConnectErrorInfo | null;
}

/** The properties of an attempt whose link exists. */
interface Linked extends Known {
  /** Id of the attempt, as in the events and in the callback URL. */
  readonly attempt: string;
  /** Id of the account that this attempt creates. */
  readonly connectedAccountId: string;
  /** The account's status as the server last reported it. */
  readonly status: ConnectionStatus;
  /** `closed`: the window reads as closed, and the page has had focus since. Only a hint, because COOP has the same effect. */
  readonly window: 'open' | 'closed' | 'unknown';
  /** Whether the last requests failed. Polling continues. */
  readonly isRetrying: boolean;
}

/** The auth config and the accounts of this user are being read. */
export interface Loading extends Known {
  readonly phase: 'loading';
}
/** Nothing is connected yet, or another account may be. */
export interface Ready extends Known {
  readonly phase: 'ready';
}
/** The window is open and still empty while the link is being created. */
export interface Preparing extends Known {
  readonly phase: 'preparing';
  readonly attempt: string;
}
/** The user is asked for the fields of the auth config. */
export interface CollectingCredentials extends Known {
  readonly phase: 'collecting-credentials';
  readonly attempt: string;
  /** Problems that this page found, by field name. Those that the backend found are in `error.fieldErrors`. */
  readonly problems: Readonly<Record<string, FieldProblem>>;
}
/** The fields were sent to the backend. */
export interface Submitting extends Known {
  readonly phase: 'submitting';
  readonly attempt: string;
}
/** The browser refused the window, so the element shows a real link. */
export interface PopupBlocked extends Linked {
  readonly phase: 'popup-blocked';
}
/** The user is at the provider. */
export interface AwaitingAuthorization extends Linked {
  readonly phase: 'awaiting-authorization';
}
/** The provider has sent the user back, and the server has not confirmed the account yet. */
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
/** The last attempt or loading failed. Another attempt may begin. */
export interface Failed extends Known {
  readonly phase: 'failed';
  readonly error: ConnectErrorInfo;
}
/** The page or the backend must fix the configuration first. */
export interface Misconfigured extends Known {
  readonly phase: 'misconfigured';
  readonly error: ConnectErrorInfo;
}

/** The state of a connection on the page. It is frozen and never holds a secret or a link. */
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

/** Name of a phase of {@link ConnectState}. */
export type ConnectPhase = ConnectState['phase'];

/** A state with an attempt in progress. */
export type BusyState = CollectingCredentials | Submitting | Preparing | LinkedState;

/** A state of an attempt whose link exists. */
export type LinkedState = PopupBlocked | AwaitingAuthorization | Confirming;

/** The cause of a cancellation: the user, the page's code, or the removal of the element. */
export type CancelReason = 'user' | 'host' | 'removed';

/** The end of an attempt. */
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
