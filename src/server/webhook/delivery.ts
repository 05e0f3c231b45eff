import { Webhook } from 'standardwebhooks';
import { asObject, asText, isObject, isWireId } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';
import { HOST_TIMEOUT_MS } from '../http/time-limit.js';
import type { Records } from '../store/records.js';
import type { StoredValue } from '../store/store.js';

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

/** Longer than a sender repeats a delivery, each time with a new timestamp. Standard Webhooks suggests three days. */
const DELIVERY_LIFETIME_MS = 7 * 24 * 3600_000;
/** Longer than `onExpired` and the store may take. An instance that is silent for longer has died. */
const CLAIM_LIFETIME_MS = 3 * HOST_TIMEOUT_MS;

interface Claim extends StoredValue {
  readonly owner: string;
}

/**
 * Runs the work of a delivery once over all instances that share a store with `setIfAbsent`. It counts as done only after
 * it has succeeded, so a delivery is not lost with an instance that dies half-way.
 *
 * @throws RequestError 503 with `Retry-After` while another instance works on it
 */
export async function takeDelivery(records: Records, id: string, work: () => Promise<void>): Promise<void> {
  const doneKey = `webhook:${id}`;
  const claimKey = `webhook-claim:${id}`;
  const isDone = async () => (await records.read(doneKey)) !== null;
  if (await isDone()) return;
  const owner = crypto.randomUUID();
  if (!(await records.claim<Claim>(claimKey, { owner, expiresAt: Date.now() + CLAIM_LIFETIME_MS }))) {
    if (await isDone()) return;
    throw takenByOther();
  }
  try {
    // Read again: another instance may have finished between the first look and the claim.
    if (await isDone()) return;
    await work();
    await records.write(doneKey, { expiresAt: Date.now() + DELIVERY_LIFETIME_MS });
  } finally {
    await release(records, claimKey, owner).catch(() => {});
  }
}

async function release(records: Records, key: string, owner: string): Promise<void> {
  if ((await records.read<Claim>(key))?.owner === owner) await records.erase(key);
}

function takenByOther(): RequestError {
  return new RequestError('internal_error', 'Another instance works on this delivery.', {
    status: 503,
    headers: { 'Retry-After': String(HOST_TIMEOUT_MS / 1000) },
  });
}
