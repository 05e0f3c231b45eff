import { isObject, type JsonObject } from '../composio/wire-value.js';
import { announcesBody, type BodySource, bodyReadBefore, findBody, type UnreadBody } from './body-source.js';
import { invalidRequest, RequestError } from './errors.js';

/**
 * A request as the handler reads it. Some runtimes have a class of their own for `Request` (srvx and h3, ponyfills, Azure
 * Functions), which `new Request(request)` refuses, so each member is read by itself and the body only when it is needed.
 *
 * @see https://github.com/h3js/srvx/pull/109
 */
export interface IncomingRequest {
  /** Method, URL and headers. The method is `GET` for a `HEAD`, which is served like it. */
  readonly head: Request;
  readonly isHead: boolean;
  readonly signal: AbortSignal | undefined;
  /** The request that the host gave, with its body. */
  readonly source: BodySource;
}

/**
 * Reads a request that the host passed to the handler.
 *
 * @throws RequestError 500 for a value that is no request, with the fix in the log; 400 for a method that `fetch` forbids
 */
export function readIncoming(request: Request): IncomingRequest {
  // Nothing is certain about the class of the value.
  const { method, url, headers, signal } = Object(request) as Record<keyof Request, unknown>;
  if (typeof method !== 'string' || typeof url !== 'string' || !URL.canParse(url) || typeof headers !== 'object') {
    throw notRequest();
  }
  const isHead = method.toUpperCase() === 'HEAD';
  return {
    // A copy of the runtime's own class would be the same again, at the price of half a status read.
    head:
      isNative(request) && !isHead
        ? request
        : createRequest(url, { method: isHead ? 'GET' : method, headers: toHeaders(headers) }),
    isHead,
    signal: signal instanceof AbortSignal ? signal : undefined,
    source: Object(request) as BodySource,
  };
}

/** Returns whether a request is exactly of the runtime's class. A foreign class may inherit from it and override its members. */
function isNative(request: Request): boolean {
  return request?.constructor === Request;
}

function createRequest(url: string, init: RequestInit): Request {
  try {
    return new Request(url, init);
  } catch {
    throw invalidRequest('Malformed request.');
  }
}

function toHeaders(headers: object | null): HeadersInit {
  const isIterable = isObject(headers) && Symbol.iterator in headers;
  if (isIterable || typeof (headers as Partial<Headers> | null)?.forEach !== 'function') {
    return (headers ?? {}) as HeadersInit;
  }
  const pairs: [string, string][] = [];
  (headers as Headers).forEach((value, name) => {
    pairs.push([name, value]);
  });
  return pairs;
}

function notRequest(): RequestError {
  console.error(
    'connect-account: the handler was called without a `Request` that has an absolute URL. Pass the Request of your ' +
      'framework; wrap the handler where there is none: toNodeListener(handler) for the requests of Node.',
  );
  return new RequestError('internal_error', 'The server could not read the request.');
}

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
