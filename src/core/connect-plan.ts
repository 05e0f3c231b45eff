import type { ConnectSettings } from './connect-settings.js';
import { askedFields, isRedirectScheme } from './connection-fields.js';
import type { AuthConfig } from './connection-types.js';

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
  if (asked.length === 0) return 'create';
  return credentialsForm === 'hosted' ? 'link' : 'ask';
}
