import type { WindowTexts } from '../../controllers/connect-flow-controller.js';
import type { ConnectState } from '../../core/flow/connect-state.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { toolkitName } from '../account-menu/account-view.js';

/** Returns the name of the app, or null while it is not known. */
export function appName(state: ConnectState): string | null {
  return state.authConfig?.toolkit.name ?? state.account?.toolkit.name ?? null;
}

/** Returns `text` with the name of the app in it. */
export function formatForApp(text: string, state: ConnectState, messages: Messages): string {
  return formatMessage(text, { app: appName(state) ?? messages.unknownApp });
}

/** Returns the texts for an attempt on an account, whose app is known before its auth config has been read. */
export function messagesFor(account: ConnectedAccount, messages: Messages): Messages {
  return { ...messages, unknownApp: toolkitName(account) };
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

/**
 * Returns the texts of the window that is opened for an attempt. Those of the callback page come with the attempt's steps.
 * @param app the name of the app
 * @param lang the language of the texts
 */
export function windowTexts(messages: Messages, app: string, lang: string): WindowTexts {
  return {
    waiting: formatMessage(messages.preparing, { app }),
    get callback() {
      const { browser_mismatch, link_expired } = messages.errors;
      // The steps may begin before their words are here. The callback page has the English ones itself.
      if (!messages.callback || !link_expired) return undefined;
      return { ...messages.callback, browser_mismatch, link_expired: formatMessage(link_expired, { app }), lang };
    },
  };
}
