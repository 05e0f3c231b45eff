import { isObject } from '../composio/wire-value.js';
import { RequestError } from './errors.js';

/**
 * The places where a body may be: the stream of a `Request` of any class, or what a middleware left after it read the body.
 * `body` is an object, a string or bytes then, and `rawBody` (Google Cloud Functions, NestJS, Fastify plugins) the bytes.
 */
export interface BodySource {
  readonly body?: unknown;
  readonly rawBody?: unknown;
  readonly bodyUsed?: boolean | undefined;
  arrayBuffer?(): Promise<ArrayBuffer>;
}

/** A body that is not read yet. */
export type UnreadBody = AsyncIterable<Uint8Array>;

/** Where a body was found. `parsed` was made from an object, so its bytes are not those that were sent. */
export interface FoundBody {
  readonly data: Uint8Array | UnreadBody;
  readonly isParsed?: true;
}

/**
 * Finds the body of a request.
 *
 * @param isExpected whether the headers announce a body
 * @throws RequestError 500 for a body that was read before and not kept
 */
export function findBody(source: BodySource, isExpected: boolean): FoundBody | null {
  const kept = readKept(source.rawBody) ?? readKept(source.body);
  if (kept !== null) return { data: kept };
  const { body } = source;
  if (body === null) return null;
  if (source.bodyUsed === true) throw bodyReadBefore();
  if (isStream(body)) {
    if (body.locked) throw bodyReadBefore();
    return { data: chunksOf(body) };
  }
  if (isObject(body) && Symbol.asyncIterator in body) return { data: body as unknown as UnreadBody };
  // Some classes have no `body`, and only methods that read it.
  if (body === undefined && typeof source.arrayBuffer === 'function') return { data: readWhole(source) };
  // A parser leaves an empty object for a request that has no body.
  if (!isExpected && Object.keys(Object(body)).length === 0) return null;
  if (body === undefined) throw bodyReadBefore();
  return { data: encode(JSON.stringify(body)), isParsed: true };
}

/** The error for a body that the host has consumed. It is the host's mistake, so it must not blame a field. */
export function bodyReadBefore(): RequestError {
  console.error(
    'connect-account: the body of a request was read before; pass `request.clone()` to the handler, mount the handler before ' +
      'the body parser, or keep what was read in `request.body` or `request.rawBody`.',
  );
  return new RequestError('internal_error', 'The server could not read the request.');
}

/** Returns whether the headers announce a body. */
export function announcesBody(headers: Headers): boolean {
  return Number(headers.get('content-length') ?? 0) > 0 || headers.has('transfer-encoding');
}

function readKept(value: unknown): Uint8Array | null {
  if (typeof value === 'string') return encode(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  // A `Buffer` of another realm is not an instance of this one's `Uint8Array`.
  if (!ArrayBuffer.isView(value)) return null;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return isObject(value) && typeof value['getReader'] === 'function';
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    // Not awaited: if the request was cloned, this settles only after the other branch is cancelled.
    reader.cancel().catch(() => {});
  }
}

async function* readWhole(source: BodySource): AsyncGenerator<Uint8Array> {
  const bytes = await source.arrayBuffer?.();
  if (bytes !== undefined) yield new Uint8Array(bytes);
}
