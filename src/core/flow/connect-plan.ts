import { askedFields, isRedirectScheme } from '../accounts/credential-fields.js';
import type { ConnectError } from '../model/connect-error.js';
import type { AuthConfig } from '../model/connection-types.js';
import type { ConnectSettings } from './connect-settings.js';

/**
 * How an account of an auth config is connected: `link` through a hosted link in a window, `ask` for its fields first,
 * `create` at once since there is nothing to ask.
 */
export type ConnectPlan = 'link' | 'ask' | 'create';

/** A link works for every scheme, so it is the plan for an auth config that is not known. */
export function planOf(
  authConfig: AuthConfig | null,
  { credentialsForm, connectionData = {} }: Pick<ConnectSettings, 'credentialsForm' | 'connectionData'>,
): ConnectPlan {
  if (!authConfig) return 'link';
  const asked = askedFields(authConfig);
  if (isRedirectScheme(authConfig.authScheme)) {
    return asked.some(({ name, required, value }) => required && !(connectionData[name] || value)) ? 'ask' : 'link';
  }
  if (authConfig.authScheme === 'NO_AUTH') return 'create';
  if (credentialsForm === 'hosted') return 'link';
  return asked.length > 0 ? 'ask' : 'create';
}

/** Whether the user can put right what the backend refused, by answering in the form here. */
export function isMendedInTheForm(
  { code }: ConnectError,
  authConfig: AuthConfig | null,
  { credentialsForm }: Pick<ConnectSettings, 'credentialsForm'>,
): boolean {
  if (!authConfig) return false;
  // The form would ask for the key, which is to be typed elsewhere.
  if (credentialsForm === 'hosted' && !isRedirectScheme(authConfig.authScheme)) return false;
  if (code === 'alias_taken') return true;
  return (code === 'missing_fields' || code === 'invalid_credentials') && askedFields(authConfig).length > 0;
}
