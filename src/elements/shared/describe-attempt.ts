import {
  type ConnectOutcome,
  type ConnectState,
  isBusy,
  isLinked,
  type LinkedState,
} from '../../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import { type Messages, withApp } from '../../messages/messages.js';

/** The name of the app for the user, or null where nobody told it. */
export function appName(state: ConnectState): string | null {
  return state.authConfig?.toolkit.name ?? state.account?.toolkit.name ?? null;
}

/** A text with the name of the app in it. */
export function inWords(text: string, state: ConnectState, messages: Messages): string {
  return withApp(text, appName(state) ?? messages.unknownApp);
}

/** What is said while an attempt is under way. */
export function statusText(state: ConnectState, messages: Messages, inOwnTab = false): string {
  if (!isBusy(state) || state.phase === 'collecting-credentials') return '';
  const before = state.phase === 'submitting' ? messages.form.submitting : messages.preparing;
  const text = isLinked(state) ? linkedText(state, messages, inOwnTab) : before;
  return inWords(text, state, messages);
}

function linkedText(state: LinkedState, messages: Messages, inOwnTab: boolean): string {
  if (state.isRetrying) return messages.retrying;
  if (state.phase === 'popup-blocked') return messages.popupBlocked;
  if (state.phase === 'confirming') return messages.confirming;
  if (inOwnTab) return messages.awaitingHere;
  if (state.window === 'closed') return messages.windowClosed;
  return state.window === 'open' ? messages.awaiting : messages.awaitingElsewhere;
}

/** What happened and what to do, in the user's words. */
export function errorText(error: ConnectErrorInfo, state: ConnectState, messages: Messages): string {
  return inWords(messages.errors[error.code], state, messages);
}

/** What a screen reader says when an attempt has ended; a failure is announced by its own region. */
export function announcementOf(outcome: ConnectOutcome, state: ConnectState, messages: Messages): string {
  if (outcome.status === 'failed') return '';
  const text = outcome.status === 'connected' ? messages.isConnected : messages.isCancelled;
  return inWords(text, state, messages);
}

/** Whether the way to the provider may be offered once more: the window is gone, or this tab came back early. */
export function isLost(state: ConnectState, inOwnTab: boolean): boolean {
  return state.phase === 'awaiting-authorization' && (inOwnTab || state.window !== 'open');
}
