import { UPSTREAM_PARAMETERS } from '../../core/model/callback-protocol.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { applyBinding } from '../binding/account-binding.js';
import { findLinkNote, type LinkNote } from '../binding/link-notes.js';
import { getAccount } from '../composio/accounts.js';
import { isWireId } from '../composio/wire-value.js';
import { accountNotFound, authConfigNotFound, invalidRequest } from '../http/errors.js';
import type { RequestContext, UserContext } from './context.js';

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
    findLinkNote(context, id),
  ]);
  return review(context, account, note);
}

/**
 * Like {@link getOwnAccount}, for a user who polls while connecting. The note of the link says who its owner is, so that one
 * upstream call can serve many users.
 *
 * @throws RequestError as {@link getOwnAccount}
 */
export async function pollOwnAccount(context: UserContext, id: string): Promise<ConnectedAccount> {
  const { identity, notes, statusReads, upstream } = context;
  const note = isWireId(id) ? await notes.findByAccount(id) : null;
  // Other ids are not batched: upstream might refuse one, and with it the whole batch.
  if (note?.userId !== identity.userId) return getOwnAccount(context, id);
  // The user has already returned; read now instead of waiting for the batch.
  if (note.phase === 'bound') return getOwnAccount(context, id);
  if (note.phase === 'rejected' && note.isRemoved) throw accountNotFound();
  const account = await statusReads.read(upstream, identity.userId, id);
  // Read again: a browser may have been bound in the meantime.
  return review(context, account, await findLinkNote(context, id));
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
