import { z } from 'zod';
import { type ConnectionStatus, isRedirectScheme } from '../../core/model/connection-types.js';
import { readAccount } from '../composio/account-dto.js';
import { findAccounts, removeAccount, setAlias, setEnabled } from '../composio/accounts.js';
import { getAuthConfig } from '../composio/auth-configs.js';
import { refreshAccount } from '../composio/connections.js';
import { getOwnAccount, readAlone, resolveCallbackUrl, withToolkit } from '../handler/access.js';
import { spendCalls, type UserContext } from '../handler/context.js';
import { invalidRequest, jsonResponse } from '../http/errors.js';
import { aliasField, challengeField, optionalFlag, optionalText, parseBody, readFlag } from '../http/request-fields.js';
import { getOrCreateLink } from '../links/get-or-create-link.js';

const updateSchema = z.object({ alias: aliasField, enabled: optionalFlag });

const refreshSchema = z.object({
  callbackUrl: optionalText(8192),
  bindingChallenge: challengeField,
  /** Accepted for older callers. Composio took the check out of refresh. */
  validateCredentials: optionalFlag,
});

/** `PATCH connected-accounts/{id}`: enables, disables or renames. */
export async function updateAccountRoute(context: UserContext): Promise<Response> {
  const { upstream } = context;
  const { alias, enabled } = parseBody(context.body, updateSchema);
  if ((alias === undefined) === (enabled === undefined)) throw invalidRequest('Send either `enabled` or `alias`.');
  const account = await readAlone(context, context.id);
  context.subject.authConfigId = account.authConfig.id;
  if (enabled !== undefined) assertCanBeSet(enabled, account.status);
  // The change, and the account as it is then.
  await spendCalls(context, 2);
  if (enabled !== undefined) await setEnabled(upstream, account.id, enabled);
  if (alias !== undefined) await setAlias(upstream, account.id, alias);
  return jsonResponse(200, withToolkit(context, await getOwnAccount(context, account.id)));
}

/**
 * Upstream makes any enabled account ACTIVE, even one that failed. An account that is not bound yet reads as INITIATED, so it
 * is refused too.
 */
function assertCanBeSet(enabled: boolean, status: ConnectionStatus): void {
  if (status === (enabled ? 'INACTIVE' : 'ACTIVE')) return;
  throw invalidRequest(
    enabled
      ? 'Only an INACTIVE account can be enabled. Connect again instead.'
      : 'Only an ACTIVE account can be disabled.',
  );
}

/**
 * `POST connected-accounts/{id}/refresh`. For a scheme that redirects it returns a new link: a link for the old account would
 * replace tokens that work before it is known who finished it. The old account gives way when the new one is bound.
 */
export async function refreshAccountRoute(context: UserContext): Promise<Response> {
  const { bindingChallenge: challenge, ...body } = parseBody(context.body, refreshSchema);
  const callbackPage = resolveCallbackUrl(context, body.callbackUrl);
  const account = await readAlone(context, context.id);
  const { id: authConfigId } = account.authConfig;
  context.subject.authConfigId = authConfigId;
  const scheme =
    account.authConfig.authScheme ?? (await getAuthConfig(context.upstream, context.toolkits, authConfigId)).authScheme;
  if (!isRedirectScheme(scheme)) return refreshCredentials(context, account.id);
  const { accountId, redirectUrl } = await getOrCreateLink(context, {
    ...{ authConfigId, callbackPage, challenge, alias: undefined, connectionData: new Map() },
    allowMultiple: true,
    replaces: { id: account.id, alias: account.alias },
  });
  return jsonResponse(200, { id: accountId, status: 'INITIATED', redirectUrl });
}

/** Refreshes credentials that need no browser. */
async function refreshCredentials(context: UserContext, id: string): Promise<Response> {
  await context.rateLimiter.consume(context.identity.userId);
  await spendCalls(context, 1);
  const { status } = await refreshAccount(context.upstream, id);
  return jsonResponse(200, { id, status, redirectUrl: null });
}

/**
 * `DELETE connected-accounts/{id}`: also revokes the tokens at the provider if possible. With `revoke=false` it does not: many
 * providers revoke the whole grant, and with it the account that has just taken this one's place.
 */
export async function deleteAccountRoute(context: UserContext): Promise<Response> {
  const revoke = readFlag(context.query, 'revoke') ?? true;
  await context.freeLimiter.consume(`remove:${context.identity.userId}`);
  const account = await getOwnAccount(context, context.id);
  context.subject.authConfigId = account.authConfig.id;
  await removeAccount(context.upstream, account.id, { revoke: revoke && !(await sharesGrant(context, account.id)) });
  return jsonResponse(200, { success: true });
}

/** Returns whether the account that is to replace this one is finished: it has the same grant, which must not end with this one. */
async function sharesGrant({ notes, upstream }: UserContext, id: string): Promise<boolean> {
  const successor = await notes.findSuccessor(id);
  if (successor === null || successor.phase === 'rejected') return false;
  const wire = (await findAccounts(upstream, [successor.accountId])).get(successor.accountId);
  return readAccount(wire)?.status === 'ACTIVE';
}
