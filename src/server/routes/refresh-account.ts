import { checkRedirectUrl } from '../../core/model/urls.js';
import { findLinkNote } from '../binding/find-link-note.js';
import { type LinkCallback, noteLink, prepareCallback } from '../binding/link-callback.js';
import { isUnbound } from '../binding/link-notes.js';
import { allowedCallbackUrl } from '../callback-url.js';
import { refreshAccount } from '../composio/connections.js';
import { upstreamError } from '../composio/upstream-error.js';
import { jsonResponse } from '../http/json-response.js';
import { invalidRequest, RequestError } from '../http/request-error.js';
import { optionalChallenge, optionalFlag, optionalText } from '../http/request-fields.js';
import { getOwnAccount } from '../own-account.js';
import type { UserContext } from '../request-context.js';

/** `POST connected-accounts/{id}/refresh`. A redirecting scheme answers a link, which is bound like a first one. */
export async function refreshAccountRoute(context: UserContext): Promise<Response> {
  const { body } = context;
  const validateCredentials = optionalFlag(body, 'validateCredentials') ?? false;
  const challenge = optionalChallenge(body);
  const page = allowedCallbackUrl(context, optionalText(body, 'callbackUrl', 8192));
  const { id, authConfig } = await getOwnAccount(context, context.id);
  context.subject.authConfigId = authConfig.id;
  await requireFinishedLink(context, id);
  await context.linkAllowance.take(context.identity.userId);

  const callback = await prepareCallback(context, page, { authConfigId: authConfig.id, challenge });
  const { status, redirectUrl } = await refresh(context, id, callback, validateCredentials);
  if (redirectUrl === null) return jsonResponse(200, { id, status, redirectUrl });
  // The note before the check: the account waits for its user again, whatever the URL is.
  await noteLink(context, callback, { accountId: id, authConfigId: authConfig.id, kind: 'refresh' });
  const checkedUrl = checkRedirectUrl(redirectUrl, context.origin);
  if (checkedUrl === null) throw upstreamError();
  return jsonResponse(200, { id, status, redirectUrl: checkedUrl });
}

/** A refresh must not turn the note of a first link, whose mismatch removes, into one whose mismatch disables. */
async function requireFinishedLink(context: UserContext, id: string): Promise<void> {
  const note = await findLinkNote(context, id);
  if (isUnbound(note) && note.kind === 'link') {
    throw invalidRequest('The link of this account is not finished. Finish it, or connect again.');
  }
}

async function refresh(context: UserContext, id: string, { url }: LinkCallback, validateCredentials: boolean) {
  try {
    const validation = validateCredentials && { validate_credentials: true };
    return await refreshAccount(context.upstream, id, { query_redirect_url: url, ...validation });
  } catch (thrown) {
    const isRejected = validateCredentials && thrown instanceof RequestError && thrown.code === 'invalid_request';
    throw isRejected ? new RequestError('invalid_credentials', 'The stored credentials were not accepted.') : thrown;
  }
}
