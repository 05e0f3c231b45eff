import { isLoopbackHostname } from '../../core/model/redirect-url.js';
import { announcesBody, findBody } from './body-source.js';
import { errorResponse, invalidRequest } from './errors.js';

/** The members of Node's `IncomingMessage` that are read here, so that this package does not need the types of Node. */
export interface IncomingMessageLike extends NodeBody {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express removes the mount path from `url` and keeps the full URL here. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Set by a body parser that has already consumed the body. */
  readonly body?: unknown;
  /** Set by platforms that consume the body and keep its bytes. */
  readonly rawBody?: unknown;
  /** A `TLSSocket` has `encrypted`. */
  readonly socket?: object | null;
}

/** The members of Node's `ServerResponse` that are used here. */
export interface ServerResponseLike {
  statusCode: number;
  readonly writableFinished?: boolean;
  setHeader(name: string, value: string): unknown;
  removeHeader(name: string): void;
  end(body: Uint8Array): unknown;
  on?(event: 'close', listener: () => void): unknown;
}

/** What `toNodeListener` passes to the handler beside the request: Node's request, with `session` and `user` of the host. */
export interface NodeContext<Incoming = IncomingMessageLike> {
  readonly incoming: Incoming;
}

type NodeHandler<Incoming> = (request: Request, context: NodeContext<Incoming>) => Promise<Response>;

/**
 * Converts a handler to a listener for `node:http`, `node:http2`, Express, Koa, NestJS or Fastify's raw requests.
 *
 * @param handler the handler from `createConnectHandler`
 * @throws Error if it is not a function
 */
export function toNodeListener<Incoming extends IncomingMessageLike = IncomingMessageLike>(
  handler: NodeHandler<Incoming>,
): (incoming: Incoming, outgoing: ServerResponseLike) => void {
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

async function listen<Incoming extends IncomingMessageLike>(
  handler: NodeHandler<Incoming>,
  incoming: Incoming,
  outgoing: ServerResponseLike,
): Promise<void> {
  const request = tryToRequest(incoming, outgoing);
  const response = request === null ? unreadable() : await handler(request, { incoming });
  outgoing.statusCode = response.status;
  // A middleware such as Helmet may set it for the whole app, and it would disconnect the callback page from its opener.
  outgoing.removeHeader('Cross-Origin-Opener-Policy');
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  // The rest of a refused body is not read. HTTP/2 has no such header.
  if (response.status === 413 && !(':path' in incoming.headers)) outgoing.setHeader('Connection', 'close');
  outgoing.end(new Uint8Array(await response.arrayBuffer()));
}

function unreadable(): Response {
  return errorResponse(invalidRequest('Malformed request.'), crypto.randomUUID());
}

/** Returns `null` if the request line is malformed or `fetch` does not support its method, like TRACE. */
function tryToRequest(incoming: IncomingMessageLike, outgoing: ServerResponseLike): Request | null {
  try {
    return toRequest(incoming, outgoing);
  } catch {
    return null;
  }
}

function toRequest(incoming: IncomingMessageLike, outgoing: ServerResponseLike): Request {
  const { method = 'GET' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    // In HTTP/2, the headers include pseudo-headers like `:path`.
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const init = { method, headers, signal: abortedOnClose(outgoing) };
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return new Request(addressOf(incoming), init);
  // `duplex` is required for streams and missing in the types of the DOM.
  const body: RequestInit & { duplex: 'half' } = { body: bodyOf(incoming, headers), duplex: 'half' };
  return new Request(addressOf(incoming), { ...init, ...body });
}

/** Returns a signal that is aborted when the client goes before it has its response. */
function abortedOnClose(outgoing: ServerResponseLike): AbortSignal {
  const abort = new AbortController();
  outgoing.on?.('close', () => {
    if (outgoing.writableFinished === false) abort.abort();
  });
  return abort.signal;
}

/** Returns the URL of a request, whose target may be a path or a whole URL (RFC 9112 §3.2.2). */
function addressOf({ headers, originalUrl, url = '/', socket }: IncomingMessageLike): string {
  const target = originalUrl ?? url;
  const isAbsolute = /^https?:\/\//i.test(target);
  const scheme = socket && 'encrypted' in socket ? 'https' : 'http';
  const host = headers['host'] ?? headers[':authority'];
  // A path in it would become that of the request, past a proxy that filters by path. So would the first part of the path, if
  // the host is empty.
  if (!isAbsolute && !/^[^/?#@\\]+$/.test(String(host))) throw new Error('Malformed Host header.');
  const address = new URL(isAbsolute ? target : `${scheme}://${String(host)}${target}`);
  // Anyone may write that they asked for localhost. Whether they sit at this machine is told by the socket.
  if (isLoopbackHostname(address.hostname) && !isLoopbackSocket(socket)) address.hostname = 'not-loopback.invalid';
  return address.href;
}

/** Returns whether both ends of a socket are this machine. An adapter without sockets cannot know, and is believed. */
function isLoopbackSocket(socket: object | null | undefined): boolean {
  if (!socket) return true;
  const { localAddress, remoteAddress } = socket as Readonly<Record<string, unknown>>;
  return [localAddress, remoteAddress].every(
    (address) => address === undefined || /^(::ffff:)?127\.|^::1$/.test(String(address)),
  );
}

/**
 * Returns the body of a request: what a middleware has left of it, or a stream that takes nothing from the socket before it is
 * read. A body that was read and not kept fails when the handler reads it.
 */
function bodyOf(incoming: IncomingMessageLike, headers: Headers): BodyInit | null {
  const { body, rawBody } = incoming;
  const wasRead = incoming.readableEnded ?? (body !== undefined || rawBody !== undefined);
  if (!wasRead) return streamBody(incoming);
  try {
    // The stream itself is not one of the places: it has ended.
    const found = findBody({ body, rawBody }, announcesBody(headers));
    return found?.data instanceof Uint8Array ? new Uint8Array(found.data) : null;
  } catch (error) {
    return new ReadableStream({ pull: (controller) => controller.error(error) }, { highWaterMark: 0 });
  }
}

/** The members of a stream of Node through which a body is read. */
interface NodeBody {
  /** Whether the body was read to its end. */
  readonly readableEnded?: boolean;
  /** Whether the client has gone, or the stream is over. */
  readonly destroyed?: boolean;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
  pause?(): unknown;
  resume?(): unknown;
}

/**
 * Returns a stream of the platform that takes nothing from the socket before it is read. A client that announces a body and
 * does not send it costs no memory then, and one that is refused before its body matters is never read.
 */
function streamBody(incoming: NodeBody): ReadableStream<Uint8Array> {
  let isOver = false;
  let isStarted = false;

  function start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const end = (finish: () => void) => () => {
      if (isOver) return;
      isOver = true;
      finish();
    };
    incoming.on('data', (chunk) => {
      if (isOver) return;
      incoming.pause?.();
      controller.enqueue(chunk);
    });
    incoming.on(
      'end',
      end(() => controller.close()),
    );
    const fail = end(() => controller.error(new Error('The client disconnected.')));
    incoming.on('close', fail);
    incoming.on('error', fail);
    if (incoming.destroyed === true) fail();
  }

  return new ReadableStream(
    {
      pull(controller) {
        if (isStarted) return void incoming.resume?.();
        isStarted = true;
        start(controller);
      },
      cancel() {
        isOver = true;
        incoming.pause?.();
      },
    },
    { highWaterMark: 0 },
  );
}
