/** The names that the element, the callback page and the backend agree on. Those of messages are in `callback-message`. */

/** Query parameter of the callback URL that names the attempt: 128 random bits in base64url. */
export const ATTEMPT_PARAMETER = 'connect_attempt';

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

/** Returns whether a text has the shape of an attempt id. */
export function isAttemptId(text: string): boolean {
  return /^[\w-]{8,64}$/.test(text);
}

/** Returns whether a provider flow has ended on an address. */
export function isCallbackAddress({ search }: { readonly search: string }): boolean {
  const parameters = new URLSearchParams(search);
  const attempt = parameters.get(ATTEMPT_PARAMETER) ?? '';
  return isAttemptId(attempt) && ['state', 'session_uri', 'status'].some((name) => parameters.has(name));
}

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
