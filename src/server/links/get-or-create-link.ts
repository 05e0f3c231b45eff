import { sha256 } from '../../core/model/binding-verifier.js';
import { ATTEMPT_PARAMETER } from '../../core/model/callback-protocol.js';
import { checkRedirectUrl } from '../../core/model/redirect-url.js';
import { addLinkNote, type LinkCallback, prepareCallback } from '../binding/link-state.js';
import { getAuthConfig } from '../composio/auth-configs.js';
import { createLink } from '../composio/connections.js';
import { authConfigDisabled, upstreamError } from '../composio/upstream-error.js';
import type { UserContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import type { StoredValue } from '../store/store.js';
import { assertNotConnected, releaseDeadAlias } from './account-guard.js';
import { refuseUndeclaredFields } from './declared-fields.js';

/** More than the time limit for all upstream calls of a request. */
const MAX_CREATION_MS = 30_000;

/**
 * Returns a pending link that an equal request of this user created, or a new one. Simultaneous equal requests share the
 * work, even at different instances, so that many elements on a page, or many clicks, create one account.
 */
export async function getOrCreateLink(context: UserContext, link: LinkRequest): Promise<PendingLink> {
  const key = `pending:${await getLinkKey(context, link)}`;
  return context.singleFlight.run(`${key}:${link.allowMultiple}`, async () => {
    // In parallel, because the user is looking at an empty window.
    const [authConfig, accounts, pending] = await Promise.all([
      getAuthConfig(context.upstream, context.toolkits, link.authConfigId),
      assertNotConnected(context, link.authConfigId, link.allowMultiple),
      context.records.read<PendingLink>(key),
    ]);
    if (authConfig.isDisabled) throw authConfigDisabled();
    refuseUndeclaredFields(link.connectionData, authConfig, 'connectionData');
    const isWaiting = accounts.some(({ id, status }) => id === pending?.accountId && status !== 'ACTIVE');
    if (pending !== null && isWaiting) return pending;
    return context.singleFlight.run(key, () =>
      context.lock.withLock(key, MAX_CREATION_MS, () => makeLink(pending?.accountId)),
    );
  });

  /** @param deadId the account of the stored link, which is no longer pending */
  async function makeLink(deadId: string | undefined): Promise<PendingLink> {
    const latest = await context.records.read<PendingLink>(key);
    if (latest !== null && latest.accountId !== deadId) return latest;
    const created = await createCheckedLink(context, link);
    await context.records.write(key, created);
    return created;
  }
}

/** Returns the key that equal requests share. It covers everything but the attempt. */
function getLinkKey({ identity }: UserContext, link: LinkRequest): Promise<string> {
  const page = new URL(link.callbackPage);
  page.searchParams.delete(ATTEMPT_PARAMETER);
  const data = [...link.connectionData].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify([identity.userId, link.authConfigId, page.href, link.alias ?? '', data]));
}

/** The request of a page for a link. */
export interface LinkRequest {
  readonly authConfigId: string;
  readonly callbackPage: URL;
  readonly challenge: string | undefined;
  readonly alias: string | undefined;
  readonly allowMultiple: boolean;
  readonly connectionData: ReadonlyMap<string, string>;
}

/** A pending link. The URL is a bearer capability: it is kept only in the store, where equal requests find it. */
export interface PendingLink extends StoredValue {
  readonly accountId: string;
  /** The nonce of its note. Each requester adds a challenge to it. */
  readonly nonce: string | null;
  readonly redirectUrl: string;
}

/** Creates a link upstream, checks its URL, and stores its note before anyone can use it. */
export async function createCheckedLink(context: UserContext, link: LinkRequest): Promise<PendingLink> {
  const { authConfigId } = link;
  await context.rateLimiter.consume(context.identity.userId);
  const callback = await prepareCallback(context, link.callbackPage, link);
  const { id: accountId, expiresAt, redirectUrl } = await createUnderAlias(context, link, callback);
  const checkedUrl = checkRedirectUrl(redirectUrl, context.origin);
  if (checkedUrl === null) throw upstreamError();
  await addLinkNote(context, callback, { accountId, authConfigId, kind: 'link', linkExpiresAt: expiresAt });
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
  } catch (error) {
    const isTaken = error instanceof RequestError && error.code === 'alias_taken';
    if (!isTaken || !alias || !(await releaseDeadAlias(context, authConfigId, alias))) throw error;
    return createLink(context.upstream, body);
  }
}
