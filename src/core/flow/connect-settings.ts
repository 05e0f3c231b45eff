import type { AccountsStore } from '../accounts/accounts-store.js';
import { askedFields } from '../accounts/credential-fields.js';
import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import { type AuthConfig, isRedirectScheme } from '../model/connection-types.js';

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

/**
 * Returns the first mistake in the settings, or null. The message names the setting in backticks, so that an element can
 * add the attribute that holds it.
 */
export function configurationError(settings: ConnectSettings): ConnectErrorInfo | null {
  const { userId, authConfigId, timeout, callbackUrl, credentialsForm, mode } = settings;
  if (!userId) return missing('userId', "the id of the signed-in user, e.g. 'user_123'");
  if (!authConfigId) return missing('authConfigId', "the auth config to connect, e.g. 'ac_github'");
  if (!(timeout > 0)) return invalid('`timeout` must be a number of milliseconds above 0.');
  if (credentialsForm !== undefined && credentialsForm !== 'inline' && credentialsForm !== 'hosted')
    return invalid("`credentialsForm` must be 'inline' or 'hosted'.");
  if (mode !== undefined && mode !== 'popup' && mode !== 'redirect')
    return invalid("`mode` must be 'popup' or 'redirect'.");
  if (callbackUrl !== undefined && !URL.canParse(callbackUrl)) return invalid('`callbackUrl` is not a valid URL.');
  return null;
}

function missing(setting: string, description: string): ConnectErrorInfo {
  return invalid(`\`${setting}\` is missing: ${description}.`);
}

function invalid(message: string): ConnectErrorInfo {
  return connectErrorInfo('invalid_configuration', message);
}

/**
 * The way in which an account of an auth config is connected: `hosted` sends a window to a hosted link, `form` asks for the
 * fields on this page first, and `direct` creates the account at once because there is nothing to ask.
 */
export type ConnectMethod = 'hosted' | 'form' | 'direct';

/** Returns the method for an auth config. A link works for every scheme, so it is the method for an unknown one. */
export function connectMethod(
  authConfig: AuthConfig | null,
  { credentialsForm, connectionData = {} }: Pick<ConnectSettings, 'credentialsForm' | 'connectionData'>,
): ConnectMethod {
  if (!authConfig) return 'hosted';
  const asked = askedFields(authConfig);
  if (isRedirectScheme(authConfig.authScheme)) {
    return asked.some(({ name, required, value }) => required && !(connectionData[name] || value)) ? 'form' : 'hosted';
  }
  if (authConfig.authScheme === 'NO_AUTH') return 'direct';
  if (credentialsForm === 'hosted') return 'hosted';
  return asked.length > 0 ? 'form' : 'direct';
}

/** Whether the user can put right what the backend refused, by answering in the form here. */
export function isFixableInForm(
  { code }: ConnectErrorInfo,
  authConfig: AuthConfig | null,
  { credentialsForm }: Pick<ConnectSettings, 'credentialsForm'>,
): boolean {
  if (!authConfig) return false;
  // The form would ask for the key, which is to be typed elsewhere.
  if (credentialsForm === 'hosted' && !isRedirectScheme(authConfig.authScheme)) return false;
  if (code === 'alias_taken') return true;
  return (code === 'missing_fields' || code === 'invalid_credentials') && askedFields(authConfig).length > 0;
}
