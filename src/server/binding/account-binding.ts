import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { removeAccount, setEnabled } from '../composio/accounts.js';
import type { RequestContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import { isUnbound, type LinkNote } from './link-notes.js';

/**
 * Returns an account as its user may see it. Until the browser that finished the link is bound, an account that upstream
 * reports as ACTIVE may belong to someone else who was sent the link. It is shown as INITIATED, without a name.
 *
 * @param note the note of the account, from `findLinkNote`
 * @returns `null` for an account that was removed because its link ended unbound or in another browser
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

/** Returns whether there is nothing to revoke, because the account never worked or no longer works. */
function isDead({ status }: ConnectedAccount): boolean {
  return status === 'FAILED' || status === 'EXPIRED' || status === 'REVOKED';
}

/**
 * Revokes an account whose link was not finished by the browser that started it. An account from a first link is removed; one
 * that existed before a refresh is disabled. Never rejects: if upstream fails, the note stays and the next read tries again.
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
