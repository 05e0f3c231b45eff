import { checkRedirectUrl } from '../../core/model/urls.js';
import { type LinkCallback, noteLink, prepareCallback } from '../binding/link-callback.js';
import { createLink } from '../composio/connections.js';
import { upstreamError } from '../composio/upstream-error.js';
import { RequestError } from '../http/request-error.js';
import type { UserContext } from '../request-context.js';
import type { LinkRequest, PendingLink } from './link-request.js';
import { releaseDeadAlias } from './release-dead-alias.js';

/** Makes a link upstream, checks where it leads, and notes it before anybody can use it. */
export async function createCheckedLink(context: UserContext, link: LinkRequest): Promise<PendingLink> {
  const { authConfigId } = link;
  await context.linkAllowance.take(context.identity.userId);
  const callback = await prepareCallback(context, link.callbackPage, link);
  const { id: accountId, expiresAt, redirectUrl } = await createUnderAlias(context, link, callback);
  const checkedUrl = checkRedirectUrl(redirectUrl, context.origin);
  if (checkedUrl === null) throw upstreamError();
  await noteLink(context, callback, { accountId, authConfigId, kind: 'link', linkExpiresAt: expiresAt });
  return { accountId, nonce: callback.nonce, redirectUrl: checkedUrl, expiresAt };
}

async function createUnderAlias(context: UserContext, link: LinkRequest, callback: LinkCallback) {
  const { alias, authConfigId, connectionData } = link;
  const body = {
    user_id: context.identity.userId,
    auth_config_id: authConfigId,
    callback_url: callback.url,
    ...(alias && { alias }),
    ...(connectionData.size > 0 && { connection_data: Object.fromEntries(connectionData) }),
  };
  try {
    return await createLink(context.upstream, body);
  } catch (thrown) {
    const isTaken = thrown instanceof RequestError && thrown.code === 'alias_taken';
    if (!isTaken || !alias || !(await releaseDeadAlias(context, authConfigId, alias))) throw thrown;
    return createLink(context.upstream, body);
  }
}
