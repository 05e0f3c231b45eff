import { errorResponse, invalidRequest } from './errors.js';

/** The members of Node's `IncomingMessage` that are read here, so that this package does not need the types of Node. */
export interface IncomingMessageLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express removes the mount path from `url` and keeps the full URL here. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Set by a body parser that has already consumed the body. */
  readonly body?: unknown;
  readonly readableEnded?: boolean;
  /** A `TLSSocket` has `encrypted`. */
  readonly socket?: object | null;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
}

/** The members of Node's `ServerResponse` that are used here. */
export interface ServerResponseLike {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): void;
  end(body: Uint8Array): unknown;
}

/** One byte more than the handler accepts, so that it sees that a body is too large and memory stays bounded. */
const MAX_BUFFERED_BYTES = 65_537;

/**
 * Converts a handler to a listener for `node:http`, Express, Connect or Fastify's raw requests.
 *
 * @param handler the handler from `createConnectHandler`
 * @throws Error if it is not a function
 */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (incoming: IncomingMessageLike, outgoing: ServerResponseLike) => void {
  if (typeof handler !== 'function')
    throw new Error('toNodeListener: pass the handler that createConnectHandler returned.');
  return (incoming, outgoing) => {
    listen(handler, incoming, outgoing).catch(() => {
      // Our handler never rejects, but the host may have wrapped it.
      outgoing.statusCode = 500;
      outgoing.end(new Uint8Array());
    });
  };
}

async function listen(
  handler: (request: Request) => Promise<Response>,
  incoming: IncomingMessageLike,
  outgoing: ServerResponseLike,
): Promise<void> {
  const response = await toRequest(incoming).then(handler, unreadable);
  outgoing.statusCode = response.status;
  // A middleware such as Helmet may set it for the whole app, and it would disconnect the callback page from its opener.
  outgoing.removeHeader('Cross-Origin-Opener-Policy');
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  // The rest of a refused body is not read.
  if (response.status === 413) outgoing.setHeader('Connection', 'close');
  outgoing.end(new Uint8Array(await response.arrayBuffer()));
}

/** The client disconnected, or its request line is malformed, or `fetch` does not support its method, like TRACE. */
function unreadable(): Response {
  return errorResponse(invalidRequest('Malformed request.'), crypto.randomUUID());
}

async function toRequest(incoming: IncomingMessageLike): Promise<Request> {
  const { method = 'GET', originalUrl, url = '/', socket } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    // In HTTP/2, the headers include pseudo-headers like `:path`.
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const host = incoming.headers['host'] ?? incoming.headers[':authority'];
  const address = `${socket && 'encrypted' in socket ? 'https' : 'http'}://${String(host)}${originalUrl ?? url}`;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return new Request(address, { method, headers });
  const body = await readBody(incoming);
  return new Request(address, { method, headers, ...(body.byteLength > 0 && { body }) });
}

function readBody(incoming: IncomingMessageLike): Promise<Uint8Array<ArrayBuffer>> {
  // Another middleware has read the body. `JSON.stringify` returns `undefined` if it did not keep it.
  if (incoming.readableEnded) return Promise.resolve(new TextEncoder().encode(JSON.stringify(incoming.body)));
  return new Promise((resolve, reject) => {
    const buffer = new Uint8Array(MAX_BUFFERED_BYTES);
    let length = 0;
    incoming.on('data', (chunk) => {
      const taken = chunk.subarray(0, MAX_BUFFERED_BYTES - length);
      buffer.set(taken, length);
      length += taken.byteLength;
      if (length === MAX_BUFFERED_BYTES) resolve(buffer);
    });
    incoming.on('end', () => resolve(buffer.slice(0, length)));
    incoming.on('close', () => reject(new Error('The client disconnected.')));
    incoming.on('error', reject);
  });
}
