/** The messages with which the tabs of one origin tell each other that accounts have changed, and names that others share. */

/** Name of the BroadcastChannel on which the callback page reports that it was reached. */
export const CALLBACK_CHANNEL = 'connect-account';

/** Returns the `sessionStorage` key of the page to go back to in `redirect` mode. */
export function returnKey(attempt: string): string {
  return `connect-account:return:${attempt}`;
}

/** Returns the storage key of the data that the page that begins an attempt leaves for the callback page. */
export function briefingKey(attempt: string): string {
  return `connect-account:briefing:${attempt}`;
}

/** `type` of the message with which a tab tells the others that accounts have changed. */
export const ACCOUNTS_MESSAGE_TYPE = 'connect-account:accounts';

/** That message. It names accounts and tells nothing about them. */
export interface AccountsMessage {
  readonly type: typeof ACCOUNTS_MESSAGE_TYPE;
  readonly ids: readonly string[];
  /** Id of the sender's page, so that no page hears itself. */
  readonly page?: string;
}

/**
 * Returns the well-formed ids of an {@link AccountsMessage}, or null for any other message. Any script of the origin may
 * have sent it.
 */
export function readAccountsMessage(data: unknown): Pick<AccountsMessage, 'ids' | 'page'> | null {
  if (typeof data !== 'object' || data === null) return null;
  const { type, ids, page } = data as Record<'type' | 'ids' | 'page', unknown>;
  if (type !== ACCOUNTS_MESSAGE_TYPE || !Array.isArray(ids)) return null;
  const wellFormed = ids.filter((id): id is string => typeof id === 'string' && /^[\w-]{1,128}$/.test(id));
  return { ids: wellFormed, ...(typeof page === 'string' && { page }) };
}
