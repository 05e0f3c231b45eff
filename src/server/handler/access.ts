import { UPSTREAM_PARAMETERS } from '../../core/model/callback-message.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { applyBinding, isDead } from '../binding/account-binding.js';
import { bindingDeadline, type LinkNote } from '../binding/link-notes.js';
import { getAccount } from '../composio/accounts.js';
import { isWireId } from '../composio/wire-value.js';
import { accountNotFound, authConfigNotFound, invalidRequest, RequestError } from '../http/errors.js';
import { type RequestContext, spendCalls, type UserContext } from './context.js';

/** Returns whether the handler and the identity both allow this auth config. */
export function isAllowedAuthConfig({ settings, identity }: UserContext, id: string): boolean {
  return [settings.authConfigIds, identity.authConfigIds].every(
    (allowed) => allowed === undefined || allowed.includes(id),
  );
}

/** @throws RequestError 404, the same for a forbidden auth config as for an unknown one */
export function requireAllowedAuthConfig(context: UserContext, id: string): void {
  if (!isWireId(id) || !isAllowedAuthConfig(context, id)) throw authConfigNotFound();
}

/** Returns the auth configs to filter by; `undefined` means all, an empty list means none. */
export function narrowAuthConfigs(context: UserContext, asked: readonly string[] | undefined): string[] | undefined {
  const wanted = asked ?? context.settings.authConfigIds ?? context.identity.authConfigIds;
  return wanted?.filter((id) => isAllowedAuthConfig(context, id));
}

/**
 * Returns the account with this id if it is the user's own and allowed. Every route that takes an id calls this.
 *
 * @throws RequestError the same 404 for every other id
 */
export async function getOwnAccount(context: UserContext, id: string): Promise<ConnectedAccount> {
  if (!isWireId(id)) throw accountNotFound();
  context.subject.connectedAccountId = id;
  const [account, note] = await Promise.all([
    getAccount(context.upstream, context.identity.userId, id),
    context.notes.findByAccount(id),
  ]);
  return review(context, account, note);
}

/** For this long after a browser returned, its user is told what upstream says, and waits for nobody else. */
const RETURNED_MS = 60_000;

/**
 * Like {@link getOwnAccount}, for a user who polls while connecting. The note of the link says who its owner is, so that one
 * upstream call can serve many users.
 *
 * @throws RequestError as {@link getOwnAccount}, and `rate_limited` for too many reads of accounts that do not wait
 */
export async function pollOwnAccount(context: UserContext, id: string): Promise<ConnectedAccount> {
  const note = isWireId(id) ? await context.notes.findByAccount(id) : null;
  // Other ids are not shared: upstream might refuse one, and with it those of others.
  if (note?.userId !== context.identity.userId || Date.now() >= bindingDeadline(note)) return readAlone(context, id);
  context.subject.connectedAccountId = id;
  if (note.phase === 'rejected' && note.isRemoved) throw accountNotFound();
  if (note.ended) return review(context, note.ended, note);
  if (hasReturned(note)) {
    context.statusReads.forget(note.userId, id);
    const isWithinBudget = await spendCalls(context, 1).then(() => true, isRateLimit);
    if (isWithinBudget) return getOwnAccount(context, id);
  }
  return readTogether(context, note);
}

/**
 * Like {@link getOwnAccount}, charged to the user.
 *
 * @throws RequestError as {@link getOwnAccount}, and `rate_limited`
 */
export async function readAlone(context: UserContext, id: string): Promise<ConnectedAccount> {
  if (isWireId(id)) await spendCalls(context, 1);
  return getOwnAccount(context, id);
}

function hasReturned({ phase, returnedAt = 0 }: LinkNote): boolean {
  return phase === 'bound' || phase === 'early' || Date.now() - returnedAt < RETURNED_MS;
}

/** Returns false for a refusal because of too many requests. */
function isRateLimit(error: unknown): false {
  if (error instanceof RequestError && error.code === 'rate_limited') return false;
  throw error;
}

async function readTogether(context: UserContext, note: LinkNote): Promise<ConnectedAccount> {
  const { accountId, userId } = note;
  const account = (await context.statusReads.read(userId, accountId)) ?? note.started;
  if (account === undefined) return readAlone(context, accountId);
  // Read again: a browser may have been bound in the meantime.
  const latest = await context.notes.findByAccount(accountId);
  const isWaiting = latest?.phase === 'pending' || latest?.phase === 'open';
  if (isWaiting && isDead(account)) await context.notes.change(latest, { phase: latest.phase, ended: account });
  return review(context, account, latest);
}

async function review(
  context: UserContext,
  account: ConnectedAccount,
  note: LinkNote | null,
): Promise<ConnectedAccount> {
  if (!isAllowedAuthConfig(context, account.authConfig.id)) throw accountNotFound();
  const reviewed = await applyBinding(context, account, note);
  if (reviewed === null) throw accountNotFound();
  return reviewed;
}

/** Adds the toolkit's name and logo if they are cached. */
export function withToolkit({ toolkits }: UserContext, account: ConnectedAccount): ConnectedAccount {
  const toolkit = toolkits.peek(account.toolkit.slug);
  if (toolkit === undefined) return account;
  const { slug, name, logo } = toolkit;
  return { ...account, toolkit: { slug, name, ...(logo !== null && { logo }) } };
}

const MAX_CALLBACK_URL_LENGTH = 4096;

/**
 * Returns the page on which the provider flow ends: the requested page if it is allowed, or the handler's own. The query is
 * kept because it names the attempt.
 *
 * @throws RequestError 400 for any other page: an open redirect would leak the `state` (RFC 9700 §4.11)
 */
export function resolveCallbackUrl({ origin, settings }: RequestContext, given: string | undefined): URL {
  const ownPage = `${origin}${settings.publicPath}/callback`;
  if (given === undefined) return new URL(ownPage);
  if (given.length > MAX_CALLBACK_URL_LENGTH || !URL.canParse(given)) throw notAllowed();
  const url = new URL(given);
  const isAllowed = [ownPage, ...settings.callbackUrls].includes(url.origin + url.pathname);
  if (!isAllowed || url.username !== '' || url.password !== '') throw notAllowed();
  url.hash = '';
  // The callback page trusts these to come from upstream, so a caller must not set them.
  for (const name of UPSTREAM_PARAMETERS) url.searchParams.delete(name);
  return url;
}

function notAllowed(): Error {
  return invalidRequest("`callbackUrl` must be the handler's own callback page or one of the `callbackUrls` option.");
}
