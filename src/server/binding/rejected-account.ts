import { removeAccount } from '../composio/accounts.js';
import type { BindingContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import type { LinkNote } from './link-notes.js';

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
 * Removes a rejected account upstream and revokes its tokens. Never rejects because of upstream: the note stays, and the
 * next read or the sweep tries again.
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
    await removeAccount(context.upstream, accountId);
  } catch (error) {
    context.sweep.watch(accountId, Date.now() + RETRY_AFTER_MS);
    context.audit({ ...event, outcome: error instanceof RequestError ? error.code : 'internal_error' });
    return;
  }
  context.audit({ ...event, outcome: 'success' });
  await context.notes.change(note, { phase: 'rejected', isRemoved: true });
}
