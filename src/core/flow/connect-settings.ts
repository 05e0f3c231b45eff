import type { AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectError, connectError } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';

/** What to connect, for whom, and how. */
export interface ConnectSettings {
  readonly client: ConnectionClient;
  /** The accounts of this user, shared with others of the page; the flow's own unless given. */
  readonly store?: AccountsStore | undefined;
  readonly userId: string;
  readonly authConfigId: string;
  readonly allowMultiple: boolean;
  /** How long to wait for ACTIVE, in ms. */
  readonly timeout: number;
  /** Absolute, or undefined for the backend's own. */
  readonly callbackUrl?: string | undefined;
  readonly alias?: string | undefined;
  readonly connectionData?: Readonly<Record<string, string>> | undefined;
  /** `hosted`: keys are asked for on a hosted page, so that no secret touches this one. */
  readonly credentialsForm?: 'inline' | 'hosted' | undefined;
  /** `redirect`: the provider takes the place of this page, in the same tab. */
  readonly mode?: 'popup' | 'redirect' | undefined;
  /** Names this connection in storage: the same after a reload, another one for another backend, user or auth config. */
  readonly storageKey: string;
}

/** What the page author has to mend before anything can be connected, or null. */
export function configurationError(settings: ConnectSettings): ConnectError | null {
  const { userId, authConfigId, timeout, callbackUrl, credentialsForm, mode } = settings;
  if (!userId) return missing('user-id', "the id of the signed-in user, e.g. user-id='user_123'");
  if (!authConfigId) return missing('auth-config-id', "the auth config to connect, e.g. auth-config-id='ac_github'");
  if (!(timeout > 0)) return invalid('timeout must be a number of milliseconds above 0.');
  if (credentialsForm !== undefined && credentialsForm !== 'inline' && credentialsForm !== 'hosted')
    return invalid('credentials-form must be inline or hosted.');
  if (mode !== undefined && mode !== 'popup' && mode !== 'redirect') return invalid('mode must be popup or redirect.');
  if (callbackUrl !== undefined && !URL.canParse(callbackUrl)) return invalid('callback-url is not a valid URL.');
  return null;
}

function missing(attribute: string, what: string): ConnectError {
  return invalid(`<connect-account> needs the attribute ${attribute}: ${what}.`);
}

function invalid(message: string): ConnectError {
  return connectError('invalid_configuration', message);
}
