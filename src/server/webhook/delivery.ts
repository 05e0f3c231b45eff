import { Webhook } from 'standardwebhooks';
import { asObject, asText, isObject, isWireId } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';

/** Keys of the `secret` option. Any of them may have signed, so that secrets can be rotated. */
export type WebhookKeys = readonly string[];

/**
 * Checks who sent a delivery, and that it was sent within the last 5 minutes.
 *
 * @returns the id of the delivery, the same in each repetition
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @throws RequestError 401
 */
export function verifyDelivery(headers: Headers, bytes: Uint8Array, keys: WebhookKeys): string {
  const id = headers.get('webhook-id') ?? '';
  // A byte order mark is part of what was signed.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const isSigned = keys.some((key) => isSignedBy(key, text, Object.fromEntries(headers)));
  // The id is used as a key in the store.
  if (!isSigned || !/^[\w.:-]{1,256}$/.test(id)) throw unsigned();
  return id;
}

function isSignedBy(secret: string, text: string, headers: Record<string, string>): boolean {
  try {
    // Composio signs with the UTF-8 bytes of the secret. The library would read a string as Latin-1.
    const webhook = new Webhook(new TextEncoder().encode(secret), { format: 'raw' });
    webhook.verify(text, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

/** The same error for everything that is wrong with a signature, so that a forger learns nothing. */
function unsigned(): RequestError {
  return new RequestError('unauthorized', 'The signature of this delivery is missing, wrong or too old.');
}

const EXPIRED = 'composio.connected_account.expired';

/** An account whose credentials no longer work. */
export interface ExpiredAccount {
  readonly connectedAccountId: string;
  /** The user it belongs to, or `null` if Composio did not send it. */
  readonly userId: string | null;
  readonly authConfigId: string | null;
  readonly toolkitSlug: string | null;
  /** A text from Composio to show or log. */
  readonly statusReason: string | null;
  /** The time at which it expired (ISO 8601), or `null` if Composio did not send it. */
  readonly expiredAt: string | null;
}

/** Returns the expired account in an event, `null` for other events, or `undefined` if the event is unreadable. */
export function readExpiredAccount(event: unknown): ExpiredAccount | null | undefined {
  if (!isObject(event) || typeof event['type'] !== 'string') return undefined;
  if (event['type'] !== EXPIRED) return null;
  const data = asObject(event['data']);
  const id = asText(data['id']);
  if (id === null || !isWireId(id)) return undefined;
  const time = Date.parse(String(event['timestamp']));
  return {
    connectedAccountId: id,
    userId: asText(data['user_id']),
    authConfigId: asText(asObject(data['auth_config'])['id']),
    toolkitSlug: asText(asObject(data['toolkit'])['slug']),
    statusReason: asText(data['status_reason']),
    expiredAt: Number.isNaN(time) ? null : new Date(time).toISOString(),
  };
}
