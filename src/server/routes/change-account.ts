import { z } from 'zod';
import type { ConnectionStatus } from '../../core/model/connection-types.js';
import { checkRedirectUrl } from '../../core/model/urls.js';
import { findLinkNote, isUnbound } from '../binding/link-notes.js';
import { addLinkNote, type LinkCallback, prepareCallback } from '../binding/link-state.js';
import { removeAccount, setAlias, setEnabled } from '../composio/accounts.js';
import { browserMismatch, refreshAccount } from '../composio/connections.js';
import { upstreamError } from '../composio/upstream-error.js';
import { getOwnAccount, resolveCallbackUrl, withToolkit } from '../handler/access.js';
import { spendCalls, type UserContext } from '../handler/context.js';
import { invalidRequest, jsonResponse, RequestError } from '../http/errors.js';
import { aliasField, challengeField, optionalFlag, optionalText, parseBody } from '../http/request-fields.js';

const updateSchema = z.object({ alias: aliasField, enabled: optionalFlag });

const refreshSchema = z.object({
  callbackUrl: optionalText(8192),
  bindingChallenge: challengeField,
  validateCredentials: optionalFlag,
});

/** `PATCH connected-accounts/{id}`: enables, disables or renames. */
export async function updateAccountRoute(context: UserContext): Promise<Response> {
  const { upstream } = context;
  const { alias, enabled } = parseBody(context.body, updateSchema);
  if ((alias === undefined) === (enabled === undefined)) throw invalidRequest('Send either `enabled` or `alias`.');
  await spendCalls(context, 3);
  const account = await getOwnAccount(context, context.id);
  context.subject.authConfigId = account.authConfig.id;
  if (enabled === true) await assertCanBeEnabled(context, account.id, account.status);
  if (enabled !== undefined) await setEnabled(upstream, account.id, enabled);
  if (alias !== undefined) await setAlias(upstream, account.id, alias);
  return jsonResponse(200, withToolkit(context, await getOwnAccount(context, account.id)));
}

/** Upstream makes any enabled account ACTIVE, even one that failed or that another browser finished. */
async function assertCanBeEnabled(context: UserContext, id: string, status: ConnectionStatus): Promise<void> {
  if (isUnbound(await findLinkNote(context, id))) throw browserMismatch();
  if (status === 'INACTIVE' || status === 'ACTIVE') return;
  throw invalidRequest('Only an INACTIVE account can be enabled. Connect again instead.');
}

/** `POST connected-accounts/{id}/refresh`. A redirecting scheme returns a link, which is bound like a first one. */
export async function refreshAccountRoute(context: UserContext): Promise<Response> {
  const { bindingChallenge: challenge, ...body } = parseBody(context.body, refreshSchema);
  const validateCredentials = body.validateCredentials ?? false;
  const page = resolveCallbackUrl(context, body.callbackUrl);
  const { id, authConfig } = await getOwnAccount(context, context.id);
  context.subject.authConfigId = authConfig.id;
  await assertLinkFinished(context, id);
  await context.rateLimiter.consume(context.identity.userId);

  const callback = await prepareCallback(context, page, { authConfigId: authConfig.id, challenge });
  const { status, redirectUrl } = await refresh(context, id, callback, validateCredentials);
  if (redirectUrl === null) return jsonResponse(200, { id, status, redirectUrl });
  // The note comes before the check, because the account is pending again whatever the URL is.
  await addLinkNote(context, callback, { accountId: id, authConfigId: authConfig.id, kind: 'refresh' });
  const checkedUrl = checkRedirectUrl(redirectUrl, context.origin);
  if (checkedUrl === null) throw upstreamError();
  return jsonResponse(200, { id, status, redirectUrl: checkedUrl });
}

/** A mismatch on a first link removes the account. A refresh must not replace that note by one that only disables. */
async function assertLinkFinished(context: UserContext, id: string): Promise<void> {
  const note = await findLinkNote(context, id);
  if (isUnbound(note) && note.kind === 'link') {
    throw invalidRequest('The link of this account is not finished. Finish it, or connect again.');
  }
}

async function refresh(context: UserContext, id: string, { url }: LinkCallback, validateCredentials: boolean) {
  try {
    const validation = validateCredentials && { validate_credentials: true };
    return await refreshAccount(context.upstream, id, { query_redirect_url: url, ...validation });
  } catch (error) {
    const isRejected = validateCredentials && error instanceof RequestError && error.code === 'invalid_request';
    throw isRejected ? new RequestError('invalid_credentials', 'The stored credentials were not accepted.') : error;
  }
}

/** `DELETE connected-accounts/{id}`: also revokes the tokens at the provider if possible. */
export async function deleteAccountRoute(context: UserContext): Promise<Response> {
  const account = await getOwnAccount(context, context.id);
  context.subject.authConfigId = account.authConfig.id;
  await removeAccount(context.upstream, account.id);
  return jsonResponse(200, { success: true });
}
