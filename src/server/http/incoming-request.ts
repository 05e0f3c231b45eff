import { isObject } from '../composio/wire-value.js';
import type { BodySource } from './body-source.js';
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
    head: createRequest(url, { method: isHead ? 'GET' : method, headers: toHeaders(headers) }),
    isHead,
    signal: signal instanceof AbortSignal ? signal : undefined,
    source: Object(request) as BodySource,
  };
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
