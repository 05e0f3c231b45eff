import { sha256 } from '../../core/model/binding-verifier.js';
import { ATTEMPT_PARAMETER } from '../../core/model/callback-protocol.js';
import type { AuthConfig, ConnectedAccount } from '../../core/model/connection-types.js';
import { checkRedirectUrl } from '../../core/model/redirect-url.js';
import { rejectAccount } from '../binding/account-binding.js';
import type { ReplacedAccount } from '../binding/link-notes.js';
import { addLinkNote, type LinkCallback, prepareCallback } from '../binding/link-state.js';
import { getAuthConfig } from '../composio/auth-configs.js';
import { createLink } from '../composio/connections.js';
import { waitForAll } from '../composio/upstream-calls.js';
import { authConfigDisabled, upstreamError } from '../composio/upstream-error.js';
import { creationCalls, spendCalls, type UserContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import type { StoredValue } from '../store/store.js';
import { assertNotConnected, refuseUndeclaredFields, releaseDeadAlias } from './account-guard.js';
import { limitUnfinished } from './unfinished-links.js';

/** More than the time limit for all upstream calls of a request. */
const MAX_CREATION_MS = 30_000;
/** The upstream calls of a request that shares a link: the list. Auth configs are cached. */
const SHARING_CALLS = 1;
/** The time in which equal requests gather that ask whether their link is still pending. */
const GATHERING_MS = 50;
/** The upstream calls that free an alias and try again. */
const RELEASE_CALLS = 3;

/**
 * Returns a pending link that an equal request of this user and browser created, or a new one. Simultaneous equal requests
 * share the work, even at different instances, so that many elements on a page, or many clicks, create one account. Another
 * browser of the same user gets a link of its own, because the first browser's link leads back to the first browser.
 */
export async function getOrCreateLink(context: UserContext, link: LinkRequest): Promise<PendingLink> {
  const key = `pending:${await getLinkKey(context, link)}`;
  const browser = context.settings.binding === 'state' ? (link.challenge ?? '') : '';
  return context.singleFlight.run(`${key}:${browser}:${link.allowMultiple}`, async () => {
    const pending = await context.records.read<PendingLink>(key);
    if (pending?.browser === browser && (await isOffered(context, pending))) {
      // Others of a flood may join. They come one by one over the network, and each alone would cost a call.
      await new Promise((resolve) => setTimeout(resolve, GATHERING_MS));
      await spendCalls(context, SHARING_CALLS);
      const { accounts } = await checkLink(context, link);
      if (accounts.some(({ id, status }) => id === pending.accountId && status !== 'ACTIVE')) return pending;
    }
    return context.lock.withLock(key, MAX_CREATION_MS, () => makeLink(pending?.accountId));
  });

  /** @param knownId the account of the stored link, which is no longer pending or belongs to another browser */
  async function makeLink(knownId: string | undefined): Promise<PendingLink> {
    const latest = await context.records.read<PendingLink>(key);
    const isOwn = latest?.browser === browser;
    if (latest !== null && isOwn && latest.accountId !== knownId) return latest;
    // Counted before upstream is asked, so that requests over a limit cost nothing there.
    await context.rateLimiter.consume(context.identity.userId);
    await spendCalls(context, creationCalls(context, link.authConfigId));
    const { authConfig } = await checkLink(context, link);
    if (latest !== null && !isOwn) await takeBackLink(context, latest.accountId);
    const created = { ...(await createCheckedLink(context, link, authConfig)), browser };
    await context.records.write(key, created);
    return created;
  }
}

/**
 * Checks that the link may be made.
 *
 * @returns its auth config, and the user's active and pending accounts of it
 */
async function checkLink(
  context: UserContext,
  link: LinkRequest,
): Promise<{ authConfig: AuthConfig; accounts: readonly ConnectedAccount[] }> {
  // In parallel, because the user is looking at an empty window.
  const [authConfig, accounts] = await waitForAll([
    getAuthConfig(context.upstream, context.toolkits, link.authConfigId),
    assertNotConnected(context, link.authConfigId, link.allowMultiple),
  ]);
  if (authConfig.isDisabled) throw authConfigDisabled();
  refuseUndeclaredFields(link.connectionData, authConfig, 'connectionData');
  return { authConfig, accounts };
}

/** Describes the account that a link creates, as upstream would until its user has done something. */
function describeStarted(id: string, authConfig: AuthConfig, alias: string | undefined): ConnectedAccount {
  const now = new Date().toISOString();
  const { id: authConfigId, authScheme, isComposioManaged, toolkit } = authConfig;
  return {
    id,
    toolkit: { slug: toolkit.slug },
    authConfig: { id: authConfigId, authScheme, isComposioManaged, isDisabled: false },
    alias: alias || null,
    ...{ wordId: null, displayName: null, statusReason: null, isDisabled: false },
    status: 'INITIATED',
    ...{ createdAt: now, updatedAt: now, wasActive: false },
  };
}

/** Returns whether a link may be given out again. An account that was taken away can be there for a while. */
async function isOffered({ notes }: UserContext, { accountId }: PendingLink): Promise<boolean> {
  return (await notes.findByAccount(accountId))?.phase !== 'rejected';
}

/** Takes back a link that nobody has finished yet. From then on its account reads like an unknown one. */
async function takeBackLink(context: UserContext, accountId: string): Promise<void> {
  const note = await context.notes.findByAccount(accountId);
  if (note?.phase === 'pending') await rejectAccount(context, note, 'taken_back');
}

/** Returns the key that equal requests share. It covers everything but the attempt and the browser. */
function getLinkKey({ identity }: UserContext, link: LinkRequest): Promise<string> {
  const page = new URL(link.callbackPage);
  page.searchParams.delete(ATTEMPT_PARAMETER);
  const data = [...link.connectionData].sort(([one], [other]) => (one < other ? -1 : 1));
  const { authConfigId, alias = '', replaces } = link;
  return sha256(JSON.stringify([identity.userId, authConfigId, page.href, alias, data, replaces?.id ?? '']));
}

/** The request of a page for a link. */
export interface LinkRequest {
  readonly authConfigId: string;
  readonly callbackPage: URL;
  readonly challenge: string | undefined;
  readonly alias: string | undefined;
  readonly allowMultiple: boolean;
  readonly connectionData: ReadonlyMap<string, string>;
  /** The account that gives way to the new one. */
  readonly replaces: ReplacedAccount | null;
}

/** A link that was checked. The URL is a bearer capability: it is kept only in the store, where equal requests find it. */
interface CheckedLink extends StoredValue {
  readonly accountId: string;
  readonly redirectUrl: string;
}

/** A link that waits for its user, for requests of one browser. */
export interface PendingLink extends CheckedLink {
  /** The challenge of that browser, or `''`. */
  readonly browser: string;
}

/** Creates a link upstream, checks its URL, and stores its note before anyone can use it. */
async function createCheckedLink(
  context: UserContext,
  link: LinkRequest,
  authConfig: AuthConfig,
): Promise<CheckedLink> {
  const { authConfigId, replaces } = link;
  const callback = await prepareCallback(context, link.callbackPage, link);
  const { id: accountId, expiresAt, redirectUrl } = await createUnderAlias(context, link, callback);
  const checkedUrl = checkRedirectUrl(redirectUrl, context.origin);
  if (checkedUrl === null) throw upstreamError();
  const started = describeStarted(accountId, authConfig, link.alias);
  await addLinkNote(context, callback, { accountId, authConfigId, replaces, started, linkExpiresAt: expiresAt });
  await limitUnfinished(context, accountId);
  return { accountId, redirectUrl: checkedUrl, expiresAt };
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
    if (!isTaken || !alias) throw error;
    await spendCalls(context, RELEASE_CALLS);
    if (!(await releaseDeadAlias(context, authConfigId, alias))) throw error;
    return createLink(context.upstream, body);
  }
}
