import { removeAccount, setEnabled } from '../composio/accounts.js';
import { RequestError } from '../http/request-error.js';
import type { RequestContext } from '../request-context.js';
import type { LinkNote } from './link-notes.js';

/**
 * Takes an account from whoever began its link, because nobody or somebody else finished it: removes it, or disables it when
 * it was there before a refresh. Never fails: when upstream does, the note stays, and the next read tries again.
 */
export async function takeAway(context: RequestContext, note: LinkNote): Promise<void> {
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
  } catch (thrown) {
    context.audit({ ...event, outcome: thrown instanceof RequestError ? thrown.code : 'internal_error' });
  }
}
