import { errorResponse, invalidRequest } from './errors.js';

/** The members of Node's `IncomingMessage` that are read, so that this package needs no types of Node. */
export interface IncomingMessageLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express cuts the mount path off `url` and keeps the whole here. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Set by a body parser that ran before and used the body up. */
  readonly body?: unknown;
  readonly readableEnded?: boolean;
  /** A `TLSSocket` has `encrypted`. */
  readonly socket?: object | null;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
}

/** The members of Node's `ServerResponse` that are used. */
export interface ServerResponseLike {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): void;
  end(body: Uint8Array): unknown;
}

/** More than the handler accepts: enough for it to see that a body is too large, not enough to fill the memory. */
const MAX_BUFFERED_BYTES = 65_537;

/**
 * A handler as a listener for `node:http`, Express, Connect or Fastify's raw requests.
 *
 * @param handler what `createConnectHandler` made
 * @throws Error for anything else, in words that say the mend
 */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (incoming: IncomingMessageLike, outgoing: ServerResponseLike) => void {
  if (typeof handler !== 'function') throw new Error('toNodeListener needs what createConnectHandler made.');
  return (incoming, outgoing) => {
    listen(handler, incoming, outgoing).catch(() => {
      // Ours never rejects; the host may have wrapped it.
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
  // A middleware such as Helmet may have set one for the whole app, and it would cut the callback page off its opener.
  outgoing.removeHeader('Cross-Origin-Opener-Policy');
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  // The rest of a body that was refused is not worth reading.
  if (response.status === 413) outgoing.setHeader('Connection', 'close');
  outgoing.end(new Uint8Array(await response.arrayBuffer()));
}

/** The client broke off, or its request line is none, or of a method that is not for `fetch`, like TRACE. */
function unreadable(): Response {
  return errorResponse(invalidRequest('This is no request that can be read.'), crypto.randomUUID());
}

async function toRequest(incoming: IncomingMessageLike): Promise<Request> {
  const { method = 'GET', originalUrl, url = '/', socket } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    // HTTP/2 writes `:path` and the like among the headers.
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
  // Somebody before us read it: nothing more will come. `JSON.stringify` answers `undefined` for what nobody kept.
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
    incoming.on('close', () => reject(new Error('The request was broken off.')));
    incoming.on('error', reject);
  });
}
