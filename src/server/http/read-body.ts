import { isObject, type JsonObject } from '../composio/wire-value.js';
import { invalidRequest, RequestError } from './errors.js';

/** A service account's key file has about 3 KB. */
const MAX_BODY_BYTES = 65_536;

/**
 * Returns the bytes of a body, or none if there is no body. Reads no more than the limit, whatever `Content-Length` says.
 *
 * @throws RequestError 413 over 64 KB, 400 for an incomplete body, 500 for one that the host has already read
 */
export async function readBodyBytes({ body, bodyUsed, headers }: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array();
  if (bodyUsed || body.locked) throw bodyReadBefore();
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw bodyTooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  const read = () => reader.read().catch(() => Promise.reject(invalidRequest('The body is incomplete.')));
  for (let step = await read(); !step.done; step = await read()) {
    length += step.value.byteLength;
    chunks.push(step.value);
    if (length <= MAX_BODY_BYTES) continue;
    // Not awaited: if the request was cloned, this settles only after the other branch is cancelled.
    reader.cancel().catch(() => {});
    throw bodyTooLarge();
  }
  return join(chunks, length);
}

/**
 * Returns the JSON object in a body, or an empty one if there is no body.
 *
 * @throws RequestError 400 if it is not UTF-8, not JSON or not an object, or has a key that could change a prototype
 */
export function parseJsonObject(bytes: Uint8Array): JsonObject {
  if (bytes.byteLength === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), refusePrototypeKeys);
  } catch (error) {
    throw error instanceof RequestError ? error : invalidRequest('The body is not JSON.');
  }
  if (!isObject(value)) throw invalidRequest('The body must be a JSON object.');
  return value;
}

/** Refuses `__proto__` and the like. `JSON.parse` makes it an own key, and copying it pollutes the target (CWE-1321). */
function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
    throw invalidRequest('The body has a key that is not allowed.');
  }
  return value;
}

function bodyReadBefore(): RequestError {
  console.error('connect-account: the body of a request was read before; pass `request.clone()` to the handler.');
  return new RequestError('internal_error', 'The server could not read the request.');
}

function bodyTooLarge(): RequestError {
  return new RequestError('invalid_request', 'The body is larger than 64 KB.', { status: 413 });
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
