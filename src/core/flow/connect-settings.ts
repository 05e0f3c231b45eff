import type { AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import { type AuthConfig, type ConnectionField, isRedirectScheme } from '../model/connection-types.js';
import { parseUrl } from '../model/urls.js';

/** The user, the auth config, and the way to connect. */
export interface ConnectSettings {
  readonly client: ConnectionClient;
  /** The user's accounts, shared with other flows of the page. Default: a store of the flow's own. */
  readonly store?: AccountsStore | undefined;
  /** External user id. This is a claim; the backend decides. */
  readonly userId: string;
  /** The auth config to connect: `ac_…` */
  readonly authConfigId: string;
  /** Whether a user with an ACTIVE account may connect another one. */
  readonly allowMultiple: boolean;
  /** Time to wait for an ACTIVE account, in ms. */
  readonly timeout: number;
  /** Absolute URL of the callback page. Default: the backend's own. */
  readonly callbackUrl?: string | undefined;
  /** Name for the new account, unique per user and toolkit. */
  readonly alias?: string | undefined;
  /** Values that pre-fill connection fields, like a subdomain. */
  readonly connectionData?: Readonly<Record<string, string>> | undefined;
  /** `hosted` asks for credentials on a hosted page, so that no secret reaches this one. Default `inline`. */
  readonly credentialsForm?: 'inline' | 'hosted' | undefined;
  /** `redirect` opens the provider in the same tab. Default `popup`. */
  readonly mode?: 'popup' | 'redirect' | undefined;
  /** Storage key of the connection. It is stable across reloads and differs by backend, user and auth config. */
  readonly storageKey: string;
  /** Names the backend and the auth config, for the verifier of this browser. Default: `authConfigId`. */
  readonly verifierScope?: string;
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
  if (callbackUrl !== undefined && !parseUrl(callbackUrl)) return invalid('`callbackUrl` is not a valid URL.');
  return null;
}

function missing(setting: string, description: string): ConnectErrorInfo {
  return invalid(`\`${setting}\` is missing: ${description}.`);
}

function invalid(message: string): ConnectErrorInfo {
  return connectErrorInfo('invalid_configuration', message);
}

/**
 * The way to connect an account: `hosted` sends a window to a hosted link, `form` asks for the fields on this page first,
 * and `direct` creates the account at once because it needs no input.
 */
export type ConnectMethod = 'hosted' | 'form' | 'direct';

/** The settings that the method depends on. Without a client, it is the one that has all methods. */
export interface MethodSettings extends Pick<ConnectSettings, 'credentialsForm' | 'connectionData'> {
  readonly client?: Pick<ConnectionClient, 'initiate'> | undefined;
}

/** Returns the method for an auth config. A link works for every scheme, so `hosted` is the method for an unknown one. */
export function connectMethod(
  authConfig: AuthConfig | null,
  { credentialsForm, connectionData, client }: MethodSettings,
): ConnectMethod {
  if (!authConfig) return 'hosted';
  const asked = authConfig.fields.filter(({ userVisible }) => userVisible !== false);
  if (isRedirectScheme(authConfig.authScheme)) {
    const lacks = ({ name, required, default: value }: ConnectionField) =>
      required && !(connectionData?.[name] || value);
    return asked.some(lacks) ? 'form' : 'hosted';
  }
  // A link works for every scheme, also where the client cannot create an account.
  if (client && !client.initiate) return 'hosted';
  if (authConfig.authScheme === 'NO_AUTH') return 'direct';
  if (credentialsForm === 'hosted') return 'hosted';
  return asked.length > 0 ? 'form' : 'direct';
}
