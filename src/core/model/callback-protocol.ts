/**
 * What the element, the callback page and the backend agree on.
 * A message is a hint to look, never proof: the server's status decides.
 */

/** Query parameter of the callback URL that names the attempt: 128 random bits, base64url. */
export const ATTEMPT_PARAMETER = 'connect_attempt';

/** Name of the BroadcastChannel on which the callback page says that it was reached. */
export const CALLBACK_CHANNEL = 'connect-account';

/** `type` of that message. */
export const CALLBACK_MESSAGE_TYPE = 'connect-account:callback';

/** The message. Without `attempt`, every waiting element looks. */
export interface CallbackMessage {
  readonly type: typeof CALLBACK_MESSAGE_TYPE;
  readonly attempt?: string;
}

/** `localStorage` key under which the element keeps the binding verifier of an attempt (RFC 7636 in spirit). The callback page takes it. */
export function verifierKey(attempt: string): string {
  return `connect-account:verifier:${attempt}`;
}

/** `sessionStorage` key of the page to go back to, in `redirect` mode. */
export function returnKey(attempt: string): string {
  return `connect-account:return:${attempt}`;
}

/** `localStorage` key written by the callback page so that a `storage` event fires where BroadcastChannel is missing. */
export const CALLBACK_STORAGE_KEY = 'connect-account:callback';

/** The attempt that a message names, `null` for none, or `undefined` when it is no message of ours. */
export function readCallbackMessage(data: unknown): string | null | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, attempt } = data as Record<'type' | 'attempt', unknown>;
  if (type !== CALLBACK_MESSAGE_TYPE) return undefined;
  if (attempt === undefined || attempt === null) return null;
  return typeof attempt === 'string' && isAttemptId(attempt) ? attempt : undefined;
}

/** `type` of the message with which a tab tells the others that accounts have changed. */
export const ACCOUNTS_MESSAGE_TYPE = 'connect-account:accounts';

/** That message. It names accounts and says nothing of them. */
export interface AccountsMessage {
  readonly type: typeof ACCOUNTS_MESSAGE_TYPE;
  readonly ids: readonly string[];
  /** Of the sender, so that no page hears itself. */
  readonly page?: number;
}

/** The ids in a message of that type which can be ids, or null when it is no such message. Any script may have sent it. */
export function readAccountsMessage(data: unknown): Pick<AccountsMessage, 'ids' | 'page'> | null {
  if (typeof data !== 'object' || data === null) return null;
  const { type, ids, page } = data as Record<'type' | 'ids' | 'page', unknown>;
  if (type !== ACCOUNTS_MESSAGE_TYPE || !Array.isArray(ids)) return null;
  const named = ids.filter((id): id is string => typeof id === 'string' && /^[\w-]{1,128}$/.test(id));
  return { ids: named, ...(typeof page === 'number' && { page }) };
}

/** Whether a text has the shape of an attempt id. */
export function isAttemptId(text: string): boolean {
  return /^[\w-]{8,64}$/.test(text);
}
