import {
  type ConnectOutcome,
  type ConnectState,
  isBusy,
  isLinked,
  type LinkedState,
} from '../../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import { formatMessage, type Messages } from '../../messages/messages.js';

/** The name of the app for the user, or null where nobody told it. */
export function appName(state: ConnectState): string | null {
  return state.authConfig?.toolkit.name ?? state.account?.toolkit.name ?? null;
}

/** A text with the name of the app in it. */
export function formatForApp(text: string, state: ConnectState, messages: Messages): string {
  return formatMessage(text, { app: appName(state) ?? messages.unknownApp });
}

/** What is said while an attempt is under way. */
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

/** What happened and what to do, in the user's words. */
export function errorText(error: ConnectErrorInfo, state: ConnectState, messages: Messages): string {
  return formatForApp(messages.errors[error.code], state, messages);
}

/** What a screen reader says when an attempt has ended; a failure is announced by its own region. */
export function outcomeText(outcome: ConnectOutcome, state: ConnectState, messages: Messages): string {
  if (outcome.status === 'failed') return '';
  const text = outcome.status === 'connected' ? messages.isConnected : messages.isCancelled;
  return formatForApp(text, state, messages);
}

/** Whether the way to the provider may be offered once more: the window is gone, or this tab came back early. */
export function isLost(state: ConnectState, sameTab: boolean): boolean {
  return state.phase === 'awaiting-authorization' && (sameTab || state.window !== 'open');
}
