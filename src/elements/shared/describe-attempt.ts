import {
  type ConnectOutcome,
  type ConnectState,
  isBusy,
  isLinked,
  type LinkedState,
} from '../../core/flow/connect-state.js';
import type { Messages } from '../../messages/messages.js';
import { formatForApp } from './app-words.js';

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
  // After a reload nobody knows of the window, so the question is the same.
  return state.window === 'open' ? messages.awaiting : messages.windowClosed;
}

/** Returns what a screen reader says at the end of an attempt. A failure is announced by its own region. */
export function outcomeText(outcome: ConnectOutcome, state: ConnectState, messages: Messages): string {
  if (outcome.status === 'failed') return '';
  const text = outcome.status === 'connected' ? messages.isConnected : messages.isCancelled;
  return formatForApp(text, state, messages);
}
