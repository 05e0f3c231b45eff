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
