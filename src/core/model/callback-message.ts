/**
 * The message with which the callback page reports, and other names of the protocol that no page needs before a click. A message
 * is a hint to look, never proof: the server's status decides.
 */
import { isAttemptId } from './callback-protocol.js';

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

/** `type` of the message with which the callback page reports that it was reached. */
export const CALLBACK_MESSAGE_TYPE = 'connect-account:callback';

/** That message. If it has no `attempt`, every waiting element polls. */
export interface CallbackMessage {
  readonly type: typeof CALLBACK_MESSAGE_TYPE;
  readonly attempt?: string;
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
