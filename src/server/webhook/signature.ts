import { RequestError } from '../http/errors.js';

/** Seconds that a delivery may be old, or the sender's clock ahead. */
const TIMESTAMP_TOLERANCE_SECONDS = 300;

/** A delivery whose signature holds. */
export interface SignedDelivery {
  /** The same in each repetition of one delivery. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Keys of the `secret` option: any of them may have signed, so that a secret can be replaced. */
export type WebhookKeys = readonly string[];

/**
 * Checks who sent a delivery and when: `webhook-signature` is a list of `v1,` base64(HMAC-SHA256(secret, id.timestamp.body)).
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @throws RequestError 401
 */
export async function verifyDelivery(headers: Headers, bytes: Uint8Array, keys: WebhookKeys): Promise<SignedDelivery> {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const signatures = readSignatures(headers.get('webhook-signature') ?? '');
  if (!/^[\w.:-]{1,256}$/.test(id) || !/^\d{1,12}$/.test(timestamp) || signatures.length === 0) throw unsigned();
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TIMESTAMP_TOLERANCE_SECONDS) throw unsigned();
  const signed = join(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  for (const key of await Promise.all(keys.map(importKey))) {
    for (const signature of signatures) {
      // `verify` compares in constant time.
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return { id, bytes };
    }
  }
  throw unsigned();
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
}

/** The `v1` signatures of a header; others are of algorithms that are not known here. */
function readSignatures(header: string): Uint8Array<ArrayBuffer>[] {
  return header
    .split(' ')
    .slice(0, 10)
    .flatMap((entry) => {
      const [, base64] = /^v1,([A-Za-z\d+/]{43}=)$/.exec(entry) ?? [];
      return base64 === undefined ? [] : [Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))];
    });
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.byteLength + second.byteLength);
  both.set(first);
  both.set(second, first.byteLength);
  return both;
}

/** One answer to all that is wrong with a signature: a forger need not know what. */
function unsigned(): RequestError {
  return new RequestError('unauthorized', 'The signature of this delivery is missing, wrong or too old.');
}
