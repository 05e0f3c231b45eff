import type { FieldProblem } from '../accounts/credential-fields.js';
import type { ConnectErrorInfo } from '../model/connect-error.js';
import { type AuthConfig, type ConnectedAccount, type ConnectionStatus, isPending } from '../model/connection-types.js';
import type { ConnectErrorCode } from '../model/error-codes.js';
import {
  type BusyState,
  type ConnectOutcome,
  type ConnectState,
  type Failed,
  isBusy,
  isLinked,
  type LinkedState,
  type Misconfigured,
} from './connect-state.js';

/** Everything that can happen to a flow. An event of an attempt other than the current one changes nothing. */
export type ConnectEvent =
  | { readonly type: 'load-started'; readonly allowMultiple: boolean }
  | { readonly type: 'loaded'; readonly authConfig: AuthConfig | null; readonly account: ConnectedAccount | null }
  | { readonly type: 'load-failed'; readonly error: ConnectErrorInfo; readonly authConfig?: AuthConfig | null }
  | { readonly type: 'started'; readonly attempt: string }
  | { readonly type: 'fields-needed'; readonly attempt: string }
  | {
      readonly type: 'fields-refused';
      readonly attempt: string;
      readonly problems: Readonly<Record<string, FieldProblem>>;
      readonly error: ConnectErrorInfo | null;
    }
  | { readonly type: 'link-requested'; readonly attempt: string }
  | { readonly type: 'fields-sent'; readonly attempt: string }
  | { readonly type: 'account-created'; readonly attempt: string; readonly connectedAccountId: string }
  | {
      readonly type: 'link-created';
      readonly attempt: string;
      readonly connectedAccountId: string;
      /** Default `INITIATED`. */
      readonly status?: ConnectionStatus | undefined;
      readonly opened: boolean;
    }
  | {
      readonly type: 'resumed';
      readonly attempt: string;
      readonly connectedAccountId: string;
      /** Default `INITIATED`. */
      readonly status?: ConnectionStatus | undefined;
    }
  | { readonly type: 'window-opened'; readonly attempt: string }
  | { readonly type: 'window-refused'; readonly attempt: string }
  | { readonly type: 'link-followed'; readonly attempt: string }
  /** Another link could not be created. The attempt continues without one. */
  | { readonly type: 'reopen-failed'; readonly attempt: string; readonly error: ConnectErrorInfo }
  | { readonly type: 'window-closed'; readonly attempt: string }
  | { readonly type: 'callback-reached'; readonly attempt: string }
  | { readonly type: 'status-reported'; readonly attempt: string; readonly status: ConnectionStatus }
  | { readonly type: 'retrying'; readonly attempt: string }
  | {
      readonly type: 'ended';
      readonly attempt: string;
      readonly outcome: ConnectOutcome;
      readonly account?: ConnectedAccount;
      /** The account that the new one replaces once it is connected. */
      readonly replaces?: ConnectedAccount;
    }
  /** The account was changed by an action here or elsewhere, or by the provider. */
  | { readonly type: 'account-changed'; readonly account: ConnectedAccount | null };

/**
 * Returns the next state. Pure and total: an event that cannot happen in a phase returns the same object.
 *
 * ```text
 * loading ──loaded──▶ ready │ connected │ needs-attention        (resting phases)
 *    └────load-failed──▶ failed │ misconfigured
 * any of these ──started──▶ preparing ──link-created──▶ awaiting-authorization │ popup-blocked
 * preparing ──fields-needed──▶ collecting-credentials ──link-requested──▶ preparing
 * preparing, collecting-credentials ──fields-sent──▶ submitting ──account-created──▶ confirming
 * any of these ──fields-refused──▶ collecting-credentials
 * popup-blocked ──window-opened, link-followed──▶ awaiting-authorization ──window-refused──▶ popup-blocked
 * popup-blocked, awaiting-authorization ──callback-reached──▶ confirming
 * any busy phase ──ended──▶ connected → connected (ready with allowMultiple)
 *                           cancelled → the resting phase of the account
 *                           failed    → failed │ misconfigured │ needs-attention
 * ```
 */
export function transition(state: ConnectState, event: ConnectEvent): ConnectState {
  if ('attempt' in event && event.type !== 'started' && event.type !== 'resumed') {
    return isBusy(state) && state.attempt === event.attempt ? Object.freeze(duringAttempt(state, event)) : state;
  }
  return Object.freeze(betweenAttempts(state, event));
}

type AttemptEvent = Extract<ConnectEvent, { attempt: string }>;

function duringAttempt(state: BusyState, event: AttemptEvent): ConnectState {
  if (event.type === 'ended') return ended(state, event.outcome, event.account);
  if (event.type === 'link-created') return linkCreated(state, event);
  return isLinked(state) ? whileLinked(state, event) : beforeLink(state, event);
}

function linkCreated(state: BusyState, event: Extract<ConnectEvent, { type: 'link-created' }>): ConnectState {
  const linked = { ...state, ...newLink(event) };
  return event.opened
    ? { ...linked, phase: 'awaiting-authorization', window: 'open' }
    : { ...linked, phase: 'popup-blocked' };
}

/** Returns the properties of an attempt whose account has just been made. */
function newLink(event: {
  readonly attempt: string;
  readonly connectedAccountId: string;
  readonly status?: ConnectionStatus | undefined;
}) {
  const { attempt, connectedAccountId, status = 'INITIATED' } = event;
  return { attempt, connectedAccountId, status, window: 'unknown', isRetrying: false } as const;
}

function beforeLink(state: Exclude<BusyState, LinkedState>, event: AttemptEvent): ConnectState {
  const { attempt } = state;
  const base = { ...known(state), attempt, error: null };
  switch (event.type) {
    case 'fields-needed':
      return state.phase === 'preparing' ? { ...base, phase: 'collecting-credentials', problems: {} } : state;
    case 'fields-refused':
      return { ...base, phase: 'collecting-credentials', problems: event.problems, error: event.error };
    case 'link-requested':
      return state.phase === 'collecting-credentials' ? { ...base, phase: 'preparing' } : state;
    case 'fields-sent':
      return state.phase === 'submitting' ? state : { ...base, phase: 'submitting' };
    case 'account-created':
      return state.phase === 'submitting' ? { ...base, phase: 'confirming', ...newLink(event) } : state;
    default:
      return state;
  }
}

function whileLinked(state: LinkedState, event: AttemptEvent): ConnectState {
  switch (event.type) {
    case 'window-opened':
      return { ...state, phase: 'awaiting-authorization', window: 'open', error: null };
    case 'window-refused':
      return { ...state, phase: 'popup-blocked', window: 'unknown' };
    case 'link-followed':
      return { ...state, phase: 'awaiting-authorization', window: 'unknown' };
    case 'reopen-failed':
      return {
        ...state,
        phase: state.phase === 'confirming' ? state.phase : 'awaiting-authorization',
        window: 'unknown',
        error: event.error,
      };
    case 'window-closed':
      return state.window === 'closed' ? state : { ...state, window: 'closed' };
    case 'callback-reached':
      return state.phase === 'confirming' ? state : { ...state, phase: 'confirming' };
    case 'status-reported':
      return state.status === event.status && !state.isRetrying
        ? state
        : { ...state, status: event.status, isRetrying: false };
    case 'retrying':
      return state.isRetrying ? state : { ...state, isRetrying: true };
    default:
      return state;
  }
}

function betweenAttempts(state: ConnectState, event: ConnectEvent): ConnectState {
  switch (event.type) {
    case 'load-started':
      if (isBusy(state)) return state;
      return { phase: 'loading', authConfig: null, account: null, allowMultiple: event.allowMultiple, error: null };
    case 'loaded': {
      const { authConfig, account } = event;
      return isBusy(state)
        ? { ...state, authConfig, account }
        : resting({ ...known(state), authConfig, account, error: null });
    }
    case 'load-failed':
      if (isBusy(state)) return state;
      return failed({ ...known(state), authConfig: event.authConfig ?? state.authConfig }, event.error);
    case 'started':
      return isBusy(state) ? state : { ...known(state), phase: 'preparing', attempt: event.attempt, error: null };
    case 'resumed':
      if (isBusy(state)) return state;
      return { ...known(state), phase: 'awaiting-authorization', error: null, ...newLink(event) };
    case 'account-changed':
      return accountChanged(state, event.account);
    default:
      return state;
  }
}

/** Keeps an attempt in progress, and keeps an error unless the account has become ACTIVE meanwhile. */
function accountChanged(state: ConnectState, account: ConnectedAccount | null): ConnectState {
  if (isBusy(state)) return { ...state, account };
  if (isFailure(state) && account?.status !== 'ACTIVE') return { ...state, account };
  return resting({ ...known(state), account, error: null });
}

function isFailure(state: ConnectState): state is Failed | Misconfigured {
  return state.phase === 'failed' || state.phase === 'misconfigured';
}

function ended(state: BusyState, outcome: ConnectOutcome, account?: ConnectedAccount): ConnectState {
  const base = { ...known(state), error: null };
  if (outcome.status === 'connected') return resting({ ...base, account: outcome.account });
  if (outcome.status === 'cancelled') return resting(base);
  // The account was disabled while it was being connected. Enabling it helps; another attempt does not.
  if (account?.status === 'INACTIVE') return resting({ ...base, account });
  return failed(base, outcome.error);
}

type Known = Pick<ConnectState, 'authConfig' | 'account' | 'allowMultiple' | 'error'>;

function known({ authConfig, account, allowMultiple, error }: ConnectState): Known {
  return { authConfig, account, allowMultiple, error };
}

/** Returns the phase that follows from the account alone. */
function resting(base: Known): ConnectState {
  const { account } = base;
  if (account === null || isPending(account)) return { ...base, phase: 'ready' };
  if (account.status !== 'ACTIVE') return { ...base, account, phase: 'needs-attention' };
  return base.allowMultiple ? { ...base, phase: 'ready' } : { ...base, account, phase: 'connected' };
}

const CONFIGURATION_ERRORS: readonly ConnectErrorCode[] = [
  'invalid_configuration',
  'auth_config_not_found',
  'auth_config_disabled',
  'unsupported_scheme',
];

function failed(base: Known, error: ConnectErrorInfo): ConnectState {
  return { ...base, error, phase: CONFIGURATION_ERRORS.includes(error.code) ? 'misconfigured' : 'failed' };
}
