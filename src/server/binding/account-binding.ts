import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { removeAccount, setEnabled } from '../composio/accounts.js';
import type { RequestContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import { isUnbound, type LinkNote } from './link-notes.js';

/**
 * An account as its user may see it. Until the browser that finished its link was bound, what upstream calls ACTIVE may be
 * the account of somebody who was sent the link, so it is INITIATED here, without a name.
 *
 * @param note of the account, the one that `findLinkNote` answers
 * @returns `null` for an account that was removed, because its link ended unbound or in another browser
 */
export async function applyBinding(
  context: RequestContext,
  account: ConnectedAccount,
  note: LinkNote | null,
): Promise<ConnectedAccount | null> {
  if (!isUnbound(note)) return account;
  if (note.phase === 'pending' && Date.now() < note.linkExpiresAt) return asPending(account, note);
  return note.kind === 'link' ? endLink(context, account, note) : endRefresh(context, account, note);
}

function asPending(account: ConnectedAccount, note: LinkNote): ConnectedAccount {
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
  await revokeUnbound(context, note);
  return null;
}

async function endRefresh(
  context: RequestContext,
  account: ConnectedAccount,
  note: LinkNote,
): Promise<ConnectedAccount> {
  if (account.status !== 'ACTIVE') return asNameless(account);
  await revokeUnbound(context, note);
  return { ...asNameless(account), status: 'INACTIVE', isDisabled: true };
}

function asNameless(account: ConnectedAccount): ConnectedAccount {
  return { ...account, displayName: null };
}

/** Nothing to take away: it never worked, or works no more. */
function isDead({ status }: ConnectedAccount): boolean {
  return status === 'FAILED' || status === 'EXPIRED' || status === 'REVOKED';
}

/**
 * Takes an account from whoever began its link, because nobody or somebody else finished it: removes it, or disables it when
 * it was there before a refresh. Never fails: when upstream does, the note stays, and the next read tries again.
 */
export async function revokeUnbound(context: RequestContext, note: LinkNote): Promise<void> {
  const event = {
    action: note.kind === 'link' ? 'remove_unbound' : 'disable_unbound',
    userId: note.userId,
    connectedAccountId: note.accountId,
    authConfigId: note.authConfigId,
  } as const;
  try {
    if (note.kind === 'link') await removeAccount(context.upstream, note.accountId);
    else await setEnabled(context.upstream, note.accountId, false);
    if (note.kind === 'link') await context.notes.forget(note.accountId);
    context.audit({ ...event, outcome: 'success' });
  } catch (error) {
    context.audit({ ...event, outcome: error instanceof RequestError ? error.code : 'internal_error' });
  }
}
