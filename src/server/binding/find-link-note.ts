import type { RequestContext } from '../request-context.js';
import type { LinkNote } from './link-notes.js';

/** The note that counts for an account: none in the modes that leave binding to Composio, or do without. */
export async function findLinkNote(context: RequestContext, accountId: string): Promise<LinkNote | null> {
  return context.settings.binding === 'state' ? context.notes.ofAccount(accountId) : null;
}
