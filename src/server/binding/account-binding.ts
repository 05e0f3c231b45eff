import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { getAccount, removeAccount, setAlias } from '../composio/accounts.js';
import type { BindingContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import { bindingDeadline, type LinkNote, type ReplacedAccount } from './link-notes.js';

/**
 * Returns an account as its user may see it. Until the browser that finished the link is bound, an account that upstream
 * reports as ACTIVE may belong to someone else who was sent the link. It is shown as INITIATED, without a name.
 *
 * @param note the note of the account, from {@link LinkNotes.findByAccount}
 * @returns `null` for an account that is removed because its link ended unbound or in another browser
 */
export async function applyBinding(
  context: BindingContext,
  account: ConnectedAccount,
  note: LinkNote | null,
): Promise<ConnectedAccount | null> {
  switch (note?.phase) {
    case undefined:
      return account;
    case 'open':
      return applyOpen(context, account, note);
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

/** Without a binding of ours, an account takes the place of another as soon as upstream is ACTIVE. */
async function applyOpen(
  context: BindingContext,
  account: ConnectedAccount,
  note: LinkNote,
): Promise<ConnectedAccount> {
  if (note.replaces && isFinished(account))
    await finishReplacement(context, await context.notes.change(note, { phase: 'bound' }));
  return account;
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

/**
 * Deletes the account that a bound one replaces, and hands its name over. It is not revoked: providers revoke a whole grant,
 * which the new account shares. Never rejects because of upstream: the next read of the new account tries again.
 */
export async function finishReplacement(context: BindingContext, note: LinkNote): Promise<void> {
  const { replaces, userId, authConfigId } = note;
  if (!replaces) return;
  const event = { action: 'replace_account', userId, connectedAccountId: replaces.id, authConfigId } as const;
  await context.singleFlight.run(`replace:${replaces.id}`, async () => {
    try {
      await replace(context, note, replaces);
      context.audit({ ...event, outcome: 'success' });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      context.audit({ ...event, outcome: error.code });
      // A name that is taken stays taken.
      if (error.code === 'alias_taken') await context.notes.change(note, { phase: 'bound', replaces: null });
    }
  });
}

async function replace(context: BindingContext, note: LinkNote, replaces: ReplacedAccount): Promise<void> {
  const { upstream, notes } = context;
  const old = await getAccount(upstream, note.userId, replaces.id).catch((error) => {
    if (error instanceof RequestError && error.code === 'not_found') return null;
    throw error;
  });
  // The user may have renamed it meanwhile.
  const alias = old === null ? replaces.alias : old.alias;
  if (old !== null) await removeAccount(upstream, old.id, { revoke: false });
  if (alias) await setAlias(upstream, note.accountId, alias);
  await notes.change(note, { phase: 'bound', replaces: null });
}

/** The pause before a removal that failed upstream is tried again. */
const RETRY_AFTER_MS = 30_000;

/** Takes an account away for good: it is noted as rejected first, so that no read sees it while upstream is slow. */
export async function rejectAccount(
  context: BindingContext,
  note: LinkNote,
  cause: NonNullable<LinkNote['cause']>,
): Promise<void> {
  await removeRejected(context, await context.notes.change(note, { phase: 'rejected', cause }));
}

/**
 * Removes a rejected account upstream. If another browser returned, its tokens are revoked. The tokens of a flow that nobody
 * ended are most likely the user's own: a revocation would end the account that they have connected since, because providers
 * revoke a whole grant. Never rejects because of upstream: the note stays, and the next read or the sweep tries again.
 */
export async function removeRejected(context: BindingContext, note: LinkNote): Promise<void> {
  if (note.isRemoved) return;
  await context.singleFlight.run(`remove:${note.accountId}`, () => remove(context, note));
}

async function remove(context: BindingContext, note: LinkNote): Promise<void> {
  const { userId, authConfigId, accountId } = note;
  const action = note.cause === 'taken_back' ? 'take_back_link' : 'remove_unbound';
  const event = { action, userId, connectedAccountId: accountId, authConfigId } as const;
  try {
    await removeAccount(context.upstream, accountId, { revoke: note.cause === 'mismatch' });
  } catch (error) {
    context.sweep.watch(accountId, Date.now() + RETRY_AFTER_MS);
    context.audit({ ...event, outcome: error instanceof RequestError ? error.code : 'internal_error' });
    return;
  }
  context.audit({ ...event, outcome: 'success' });
  await context.notes.change(note, { phase: 'rejected', isRemoved: true });
}
