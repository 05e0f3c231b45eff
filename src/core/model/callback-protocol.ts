/**
 * The names and messages that the element, the callback page and the backend agree on.
 * A message is a hint to look, never proof: the server's status decides.
 */

/** Query parameter of the callback URL that names the attempt: 128 random bits in base64url. */
export const ATTEMPT_PARAMETER = 'connect_attempt';

/** Query parameters that Composio appends to the callback URL. */
export const UPSTREAM_PARAMETERS: readonly string[] = [
  'status',
  'connected_account_id',
  'connectedAccountId',
  'error',
  'session_uri',
  'state',
  'appName',
];

/** `type` of that message. */
export const CALLBACK_MESSAGE_TYPE = 'connect-account:callback';

/** The message. If it has no `attempt`, every waiting element polls. */
export interface CallbackMessage {
  readonly type: typeof CALLBACK_MESSAGE_TYPE;
  readonly attempt?: string;
}

/** The texts of the callback page, in the language of the page that began. */
export interface CallbackTexts {
  readonly lang: string;
  readonly finishing: string;
  /** The window can be closed. */
  readonly done: string;
  readonly browser_mismatch: string;
  readonly link_expired: string;
  /** Any other refusal. */
  readonly refused: string;
  readonly unreachable: string;
}

/** The data that the page that begins an attempt leaves for the callback page, in storage of this browser. */
export interface CallbackBriefing {
  /** The secret of this browser (RFC 7636 in spirit). */
  readonly verifier?: string;
  readonly texts?: CallbackTexts;
}

/** Returns the `localStorage` key of the code with which the backend refused the browser that returned from an attempt. */
export function refusalKey(attempt: string): string {
  return `connect-account:refusal:${attempt}`;
}

/** `localStorage` key that the callback page writes, so that a `storage` event fires if BroadcastChannel is missing. */
export const CALLBACK_STORAGE_KEY = 'connect-account:callback';

/** Returns the attempt that a message names, null if it names none, or undefined if it is not a {@link CallbackMessage}. */
export function readCallbackMessage(data: unknown): string | null | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, attempt } = data as Record<'type' | 'attempt', unknown>;
  if (type !== CALLBACK_MESSAGE_TYPE) return undefined;
  if (attempt === undefined || attempt === null) return null;
  return typeof attempt === 'string' && isAttemptId(attempt) ? attempt : undefined;
}

/** Returns whether a text has the shape of an attempt id. */
export function isAttemptId(text: string): boolean {
  return /^[\w-]{8,64}$/.test(text);
}

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
interface AccountsMessage {
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
