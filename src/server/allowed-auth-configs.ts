import { isWireId } from './composio/wire-value.js';
import { authConfigNotFound } from './http/request-error.js';
import type { UserContext } from './request-context.js';

/** Whether handler and identity let this user see an auth config. */
export function isAllowedAuthConfig({ settings, identity }: UserContext, id: string): boolean {
  return [settings.authConfigIds, identity.authConfigIds].every(
    (allowed) => allowed === undefined || allowed.includes(id),
  );
}

/** @throws RequestError 404, the same for one that is not allowed as for an unknown one */
export function requireAllowedAuthConfig(context: UserContext, id: string): void {
  if (!isWireId(id) || !isAllowedAuthConfig(context, id)) throw authConfigNotFound();
}

/** The auth configs to ask upstream for; `undefined` for all, an empty list for none. */
export function narrowAuthConfigs(context: UserContext, asked: readonly string[] | undefined): string[] | undefined {
  const wanted = asked ?? context.settings.authConfigIds ?? context.identity.authConfigIds;
  return wanted?.filter((id) => isAllowedAuthConfig(context, id));
}
