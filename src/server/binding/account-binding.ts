import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { BindingContext } from '../handler/context.js';
import { bindingDeadline, type LinkNote } from './link-notes.js';
import { rejectAccount, removeRejected } from './rejected-account.js';
import { finishReplacement } from './replaced-account.js';

/**
 * Returns an account as its user may see it. Until the browser that finished the link is bound, an account that upstream
 * reports as ACTIVE may belong to someone else who was sent the link. It is shown as INITIATED, without a name.
 *
 * @param note the note of the account, from `findLinkNote`
 * @returns `null` for an account that is removed because its link ended unbound or in another browser
 */
export async function applyBinding(
  context: BindingContext,
  account: ConnectedAccount,
  note: LinkNote | null,
): Promise<ConnectedAccount | null> {
  switch (note?.phase) {
    case undefined:
    case 'open':
      return account;
    case 'bound':
      await finishReplacement(context, note);
      return account;
    case 'rejected':
      await removeRejected(context, note);
      return null;
    case 'early':
      return applyEarlyProof(context, account, note);
    case 'pending':
      return applyPending(context, account, note);
  }
}

/** Binds the account if upstream is ACTIVE within the minute of an early proof. A proof of a dead flow is void. */
async function applyEarlyProof(
  context: BindingContext,
  account: ConnectedAccount,
  note: LinkNote,
): Promise<ConnectedAccount | null> {
  if (isDead(account)) await context.notes.change(note, { phase: 'pending' });
  if (!isFinished(account)) return asNameless(account);
  return applyBinding(context, account, await context.notes.change(note, { phase: 'bound' }));
}

async function applyPending(
  context: BindingContext,
  account: ConnectedAccount,
  note: LinkNote,
): Promise<ConnectedAccount | null> {
  if (isDead(account)) return asNameless(account);
  if (Date.now() < bindingDeadline(note)) return isFinished(account) ? asPending(account) : account;
  await rejectAccount(context, note, 'unfinished');
  return null;
}

function asPending(account: ConnectedAccount): ConnectedAccount {
  return { ...asNameless(account), status: 'INITIATED', statusReason: null, isDisabled: false, wasActive: false };
}

function asNameless(account: ConnectedAccount): ConnectedAccount {
  return { ...account, displayName: null };
}

/** Returns whether somebody finished the flow, so that the account holds tokens that work. */
function isFinished({ status }: ConnectedAccount): boolean {
  return status === 'ACTIVE' || status === 'INACTIVE';
}

/** Returns whether the flow can no longer be finished. */
export function isDead({ status }: ConnectedAccount): boolean {
  return status === 'FAILED' || status === 'EXPIRED' || status === 'REVOKED';
}
