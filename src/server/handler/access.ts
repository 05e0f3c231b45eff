import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { applyBinding } from '../binding/account-binding.js';
import { findLinkNote, type LinkNote } from '../binding/link-notes.js';
import { getAccount } from '../composio/accounts.js';
import { isWireId } from '../composio/wire-value.js';
import { accountNotFound, authConfigNotFound } from '../http/errors.js';
import type { UserContext } from './context.js';

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

/**
 * The account of an id, if it is this user's and allowed. Every route that takes an id goes through here.
 *
 * @throws RequestError the one 404 of all other ids
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
 * The same for a user who waits for a link to be finished, and asks again and again. The note of the link says whose it is,
 * so that upstream can be asked for the accounts of many users at once.
 *
 * @throws RequestError as {@link getOwnAccount}
 */
export async function pollOwnAccount(context: UserContext, id: string): Promise<ConnectedAccount> {
  const { identity, notes, statusReads, upstream } = context;
  const note = isWireId(id) ? await notes.findByAccount(id) : null;
  // Any other id goes alone: upstream might refuse it, and all that it was asked for beside.
  if (note?.userId !== identity.userId) return getOwnAccount(context, id);
  // The user is back and only waits to be told: not for a window of the others, too.
  if (note.phase === 'bound') return getOwnAccount(context, id);
  const account = await statusReads.read(upstream, identity.userId, id);
  // Again: a browser may have proved itself meanwhile.
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

/** The account with its toolkit's name and logo, where they are known without asking. */
export function withToolkit({ toolkits }: UserContext, account: ConnectedAccount): ConnectedAccount {
  const toolkit = toolkits.peek(account.toolkit.slug);
  if (toolkit === undefined) return account;
  const { slug, name, logo } = toolkit;
  return { ...account, toolkit: { slug, name, ...(logo !== null && { logo }) } };
}
