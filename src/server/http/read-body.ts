import { isObject, type JsonObject } from '../composio/wire-value.js';
import { announcesBody, bodyReadBefore, findBody, type UnreadBody } from './body-source.js';
import { invalidRequest, RequestError } from './errors.js';
import type { IncomingRequest } from './incoming-request.js';

/** A service account's key file has about 3 KB. */
const MAX_BODY_BYTES = 65_536;

/**
 * Returns the bytes of a body, or none if there is no body. Reads no more than the limit, whatever `Content-Length` says.
 *
 * @param isSigned `true` if a parsed body will not do, because its bytes were signed
 * @throws RequestError 413 over 64 KB, 400 for an incomplete body, 500 for one that the host has already read
 */
export async function readBodyBytes(
  { head: { headers }, source }: Pick<IncomingRequest, 'head' | 'source'>,
  isSigned = false,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw bodyTooLarge();
  const found = findBody(source, announcesBody(headers));
  if (found === null) return new Uint8Array();
  if (isSigned && found.isParsed) throw bodyReadBefore();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(found.data)) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) throw bodyTooLarge();
    chunks.push(chunk);
  }
  return join(chunks, length);
}

async function* chunksOf(data: Uint8Array | UnreadBody): AsyncGenerator<Uint8Array> {
  if (data instanceof Uint8Array) return yield data;
  try {
    yield* data;
  } catch (error) {
    throw error instanceof RequestError ? error : invalidRequest('The body is incomplete.');
  }
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
