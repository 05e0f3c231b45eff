import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { RequestContext } from '../request-context.js';
import { isUnbound, type LinkNote } from './link-notes.js';
import { takeAway } from './take-away.js';

/**
 * An account as its user may see it. Until the browser that finished its link was bound, what upstream calls ACTIVE may be
 * the account of somebody who was sent the link, so it is INITIATED here, without a name.
 *
 * @param note of the account, the one that `findLinkNote` answers
 * @returns `null` for an account that was removed, because its link ended unbound or in another browser
 */
export async function reviewAccount(
  context: RequestContext,
  account: ConnectedAccount,
  note: LinkNote | null,
): Promise<ConnectedAccount | null> {
  if (!isUnbound(note)) return account;
  if (note.phase === 'pending' && Date.now() < note.linkExpiresAt) return asWaiting(account, note);
  return note.kind === 'link' ? endLink(context, account, note) : endRefresh(context, account, note);
}

function asWaiting(account: ConnectedAccount, note: LinkNote): ConnectedAccount {
  if (account.status !== 'ACTIVE' && account.status !== 'INACTIVE') return account;
  const { wasActive: _, ...rest } = asNameless(account);
  return { ...rest, status: 'INITIATED', statusReason: null, ...(note.kind === 'link' && { wasActive: false }) };
}

async function endLink(
  context: RequestContext,
  account: ConnectedAccount,
  note: LinkNote,
): Promise<ConnectedAccount | null> {
  if (isDead(account)) return asNameless(account);
  await takeAway(context, note);
  return null;
}

async function endRefresh(
  context: RequestContext,
  account: ConnectedAccount,
  note: LinkNote,
): Promise<ConnectedAccount> {
  if (account.status !== 'ACTIVE') return asNameless(account);
  await takeAway(context, note);
  return { ...asNameless(account), status: 'INACTIVE', isDisabled: true };
}

function asNameless(account: ConnectedAccount): ConnectedAccount {
  return { ...account, displayName: null };
}

/** Nothing to take away: it never worked, or works no more. */
function isDead({ status }: ConnectedAccount): boolean {
  return status === 'FAILED' || status === 'EXPIRED' || status === 'REVOKED';
}
