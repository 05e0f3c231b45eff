import { isHomeScreenApp } from '../../browser/same-tab-window.js';
import type { AccountsStore } from '../../core/accounts/accounts-store.js';
import type { ConnectSettings } from '../../core/flow/connect-settings.js';
import type { ConnectionClient } from '../../core/model/connection-client.js';
import type { ConnectAccount } from './connect-account.js';

/** The flow's settings as the element's properties say now. */
export function settingsOf(element: ConnectAccount, client: ConnectionClient, store: AccountsStore): ConnectSettings {
  const { userId, authConfigId, alias, allowMultiple, timeout, connectionData, credentialsForm } = element;
  const endpoint = absolute(element.endpoint).replace(/\/+$/, '');
  const callbackUrl = absolute(element.callbackUrl || `${endpoint}/callback`);
  const storageKey = JSON.stringify([endpoint, userId, authConfigId]);
  const identity = { client, store, userId, authConfigId, storageKey };
  const mode = usesSameTab(element) ? 'redirect' : element.mode;
  return { ...identity, mode, alias, allowMultiple, timeout, connectionData, credentialsForm, callbackUrl };
}

/** Whether the provider takes the place of this page: where the page author says so, or where a window is of no use. */
export function usesSameTab({ mode }: ConnectAccount): boolean {
  return mode === 'redirect' || isHomeScreenApp();
}

/** What is no URL stays as it is, for the check of the settings to name it. */
function absolute(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;
}
