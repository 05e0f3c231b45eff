import type { AccountsStore } from '../../core/accounts-store.js';
import type { ConnectSettings } from '../../core/connect-settings.js';
import type { ConnectionClient } from '../../core/connection-client.js';
import type { ConnectAccount } from './connect-account.js';

/** The flow's settings as the element's properties say now. */
export function settingsOf(element: ConnectAccount, client: ConnectionClient, store: AccountsStore): ConnectSettings {
  const { userId, authConfigId, alias, allowMultiple, timeout, connectionData, credentialsForm } = element;
  const endpoint = absolute(element.endpoint).replace(/\/+$/, '');
  const callbackUrl = absolute(element.callbackUrl || `${endpoint}/callback`);
  const storageKey = JSON.stringify([endpoint, userId, authConfigId]);
  const identity = { client, store, userId, authConfigId, storageKey };
  return { ...identity, alias, allowMultiple, timeout, connectionData, credentialsForm, callbackUrl };
}

/** What is no URL stays as it is, for the check of the settings to name it. */
function absolute(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;
}
