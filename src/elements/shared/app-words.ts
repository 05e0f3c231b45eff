import type { ConnectState } from '../../core/flow/connect-state.js';
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

/** Returns what happened and what to do, for the user. */
export function errorText(error: ConnectErrorInfo, state: ConnectState, messages: Messages): string {
  // The words for a rare error may still be loading.
  return formatForApp(messages.errors[error.code] ?? '', state, messages);
}

/** Returns whether the user may be offered the provider's page again: the window is gone, or this tab came back early. */
export function isLost(state: ConnectState, sameTab: boolean): boolean {
  return state.phase === 'awaiting-authorization' && (sameTab || state.window !== 'open');
}
