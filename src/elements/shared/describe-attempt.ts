import type { WindowTexts } from '../../controllers/connect-flow-controller.js';
import {
  type ConnectOutcome,
  type ConnectState,
  isBusy,
  isLinked,
  type LinkedState,
} from '../../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import { formatMessage, type Messages } from '../../messages/messages.js';

/** Returns the name of the app, or null while it is not known. */
export function appName(state: ConnectState): string | null {
  return state.authConfig?.toolkit.name ?? state.account?.toolkit.name ?? null;
}

/** Returns `text` with the name of the app in it. */
export function formatForApp(text: string, state: ConnectState, messages: Messages): string {
  return formatMessage(text, { app: appName(state) ?? messages.unknownApp });
}

/** Returns the progress of an attempt as text, or '' between attempts. */
export function statusText(state: ConnectState, messages: Messages, sameTab = false): string {
  if (!isBusy(state) || state.phase === 'collecting-credentials') return '';
  const before = state.phase === 'submitting' ? messages.form.submitting : messages.preparing;
  const text = isLinked(state) ? linkedText(state, messages, sameTab) : before;
  return formatForApp(text, state, messages);
}

function linkedText(state: LinkedState, messages: Messages, sameTab: boolean): string {
  if (state.isRetrying) return messages.retrying;
  if (state.phase === 'popup-blocked') return messages.popupBlocked;
  if (state.phase === 'confirming') return messages.confirming;
  if (sameTab) return messages.awaitingHere;
  if (state.window === 'closed') return messages.windowClosed;
  return state.window === 'open' ? messages.awaiting : messages.awaitingElsewhere;
}

/** Returns what happened and what to do, for the user. */
export function errorText(error: ConnectErrorInfo, state: ConnectState, messages: Messages): string {
  return formatForApp(messages.errors[error.code], state, messages);
}

/**
 * Returns the texts of the window that is opened for an attempt.
 * @param app the name of the app
 * @param lang the language of the texts
 */
export function windowTexts(messages: Messages, app: string, lang: string): WindowTexts {
  const { browser_mismatch, link_expired } = messages.errors;
  const callback = { ...messages.callback, browser_mismatch, link_expired: formatMessage(link_expired, { app }), lang };
  return { waiting: formatMessage(messages.preparing, { app }), callback };
}

/** Returns what a screen reader says at the end of an attempt. A failure is announced by its own region. */
export function outcomeText(outcome: ConnectOutcome, state: ConnectState, messages: Messages): string {
  if (outcome.status === 'failed') return '';
  const text = outcome.status === 'connected' ? messages.isConnected : messages.isCancelled;
  return formatForApp(text, state, messages);
}

/** Returns whether the user may be offered the provider's page again: the window is gone, or this tab came back early. */
export function isLost(state: ConnectState, sameTab: boolean): boolean {
  return state.phase === 'awaiting-authorization' && (sameTab || state.window !== 'open');
}
