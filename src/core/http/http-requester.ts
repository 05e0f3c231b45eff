import { type Clock, systemClock, wait } from '../model/clock.js';
import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { RequestOptions } from '../model/connection-client.js';
import { trimEndpoint } from '../model/endpoint.js';
import { failureOfResponse } from './response-error.js';
import { type SessionTokenSource, SessionTokens } from './session-tokens.js';

/** Where the backend is, and how to reach it. */
export interface HttpRequesterOptions {
  /** Base URL of the backend; relative to `pageUrl` in a page, absolute elsewhere. */
  readonly endpoint: string;
  /** Address of the page. Decides whether cookies go to the same origin only or to another one. */
  readonly pageUrl?: string;
  /** Sent as `Authorization: Bearer`. A function is called once for the first request and once after each 401. */
  readonly sessionToken?: SessionTokenSource | undefined;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
}

/** A 2xx answer. */
export interface HttpAnswer {
  readonly body: unknown;
  /** The `Date` header, where the page may read it. */
  readonly date: string | null;
}

type Query = Readonly<Record<string, string | undefined>>;

const ANSWER_WITHIN = 30_000;
const RETRIES = 2;
const FIRST_RETRY_DELAY = 300;
/** No answer of this protocol comes near it. */
const LONGEST_ANSWER = 2_000_000;

/** JSON over HTTP with a time limit, the session token, and retries of reads. */
export class HttpRequester {
  readonly #options: HttpRequesterOptions;
  readonly #clock: Clock;
  readonly #tokens: SessionTokens;

  constructor(options: HttpRequesterOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#tokens = new SessionTokens(() => options.sessionToken);
  }

  /** GET, repeated on passing failures. */
  async read(path: string, query: Query, options: RequestOptions): Promise<HttpAnswer> {
    for (let retries = options.retries ?? RETRIES; ; retries--) {
      try {
        return await this.#authorized(path, { method: 'GET' }, query, options.signal);
      } catch (thrown) {
        if (retries <= 0 || !(thrown instanceof ConnectError && thrown.info.retryable)) throw thrown;
        const backOff = FIRST_RETRY_DELAY * 2 ** (RETRIES - retries);
        await wait(this.#clock, Math.max(thrown.retryAfter ?? 0, backOff * (1 + Math.random())), options.signal);
      }
    }
  }

  /** A change with a JSON body; never repeated. */
  write(method: 'POST' | 'PATCH', path: string, body: object, options: RequestOptions): Promise<HttpAnswer> {
    const init = { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return this.#authorized(path, init, {}, options.signal);
  }

  /** DELETE; never repeated. */
  remove(path: string, query: Query, options: RequestOptions): Promise<HttpAnswer> {
    return this.#authorized(path, { method: 'DELETE' }, query, options.signal);
  }

  async #authorized(path: string, init: RequestInit, query: Query, signal?: AbortSignal): Promise<HttpAnswer> {
    const token = await this.#tokens.current();
    try {
      return await this.#send(path, init, query, token, signal);
    } catch (thrown) {
      // A 401 came before any effect, so even a POST may go once more with a fresh token.
      const expired = thrown instanceof ConnectError && thrown.info.status === 401;
      if (!expired || !this.#tokens.renewable) throw thrown;
      return this.#send(path, init, query, await this.#tokens.renew(token), signal);
    }
  }

  async #send(
    path: string,
    init: RequestInit,
    query: Query,
    token?: string,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    signal?.throwIfAborted();
    const limit = new AbortController();
    const cancelLimit = this.#clock.setTimeout(() => limit.abort(), ANSWER_WITHIN);
    const onAbort = () => limit.abort();
    signal?.addEventListener('abort', onAbort);
    try {
      const request: RequestInit = { ...init, ...this.#commonInit(init, token), signal: limit.signal };
      const response = await (this.#options.fetch ?? fetch)(this.#url(path, query), request);
      return await this.#read(response);
    } catch (thrown) {
      signal?.throwIfAborted();
      if (thrown instanceof ConnectError) throw thrown;
      throw limit.signal.aborted
        ? new ConnectError(
            connectErrorInfo('timeout', `The backend did not answer within ${ANSWER_WITHIN / 1000} seconds.`),
          )
        : new ConnectError(connectErrorInfo('network_error', 'The backend could not be reached.'), { cause: thrown });
    } finally {
      cancelLimit();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #commonInit(init: RequestInit, token: string | undefined): RequestInit {
    const { endpoint, pageUrl } = this.#options;
    const sameOrigin = !pageUrl || new URL(endpoint, pageUrl).origin === new URL(pageUrl).origin;
    return {
      headers: {
        Accept: 'application/json',
        ...init.headers,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      credentials: sameOrigin ? 'same-origin' : 'include',
      cache: 'no-store',
    };
  }

  #url(path: string, query: Query): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
    const search = parameters.size > 0 ? `?${parameters}` : '';
    return `${trimEndpoint(this.#options.endpoint)}${path}${search}`;
  }

  async #read(response: Response): Promise<HttpAnswer> {
    const text = await response.text();
    const body = text.length > LONGEST_ANSWER ? undefined : parseJson(text);
    if (!response.ok) throw failureOfResponse(response, body, this.#clock.wallNow());
    if (body !== undefined) return { body, date: response.headers.get('Date') };
    throw new ConnectError(
      connectErrorInfo('invalid_response', 'The backend answered something else than JSON. Is the endpoint right?', {
        status: response.status,
      }),
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
