import { type Clock, systemClock, wait } from '../model/clock.js';
import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { RequestOptions } from '../model/connection-client.js';
import { LatePart } from '../model/late-part.js';
import { normalizeEndpoint } from '../model/urls.js';
import { type SessionTokenSource, SessionTokens } from './session-tokens.js';

/** The address of the backend, and how to reach it. */
export interface HttpRequesterOptions {
  /** Base URL of the backend. It may be relative in a page, and must be absolute elsewhere. */
  readonly endpoint: string;
  /** Address of the page, if there is one. Cookies go to a backend of another origin only if this is given. */
  readonly pageUrl?: string;
  /** Token for `Authorization: Bearer`. A function is called before the first request, and once after each 401. */
  readonly sessionToken?: SessionTokenSource | undefined;
  /** Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch;
  /** Default: the platform's clock. */
  readonly clock?: Clock;
}

/** The result of a 2xx response. */
export interface HttpResult {
  readonly body: unknown;
  /** The `Date` header, or null if the page may not read it. */
  readonly date: string | null;
}

type Query = Readonly<Record<string, string | undefined>>;

const REQUEST_TIMEOUT_MS = 30_000;
const DEFAULT_RETRIES = 2;
const FIRST_RETRY_DELAY_MS = 300;
/** In UTF-16 code units. No response of this protocol comes near it. */
const MAX_RESPONSE_LENGTH = 2_000_000;

/** The reading of error responses, which most pages never get. */
const responseErrorPart = new LatePart(() => import('./response-error.js'));

/** Sends JSON over HTTP with a time limit and the session token, and retries reads. */
export class HttpRequester {
  readonly #options: HttpRequesterOptions;
  readonly #clock: Clock;
  readonly #tokens: SessionTokens;

  constructor(options: HttpRequesterOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#tokens = new SessionTokens(() => options.sessionToken);
  }

  /** The base URL of the backend, without trailing slashes. */
  get endpoint(): string {
    return normalizeEndpoint(this.#options.endpoint);
  }

  /** Sends a GET, and retries it after temporary failures. */
  async read(path: string, query: Query, { retries = DEFAULT_RETRIES, signal }: RequestOptions): Promise<HttpResult> {
    for (let retry = 0; ; retry++) {
      try {
        return await this.#authorized(this.#url(path, query), { method: 'GET' }, signal);
      } catch (error) {
        if (retry >= retries || !(error instanceof ConnectError && error.info.retryable)) throw error;
        const backOff = FIRST_RETRY_DELAY_MS * 2 ** retry * (1 + Math.random());
        await wait(this.#clock, Math.max(error.retryAfter ?? 0, backOff), signal);
      }
    }
  }

  /** Sends a change with a JSON body. Never retried. */
  write(method: 'POST' | 'PATCH', path: string, body: object, { signal }: RequestOptions): Promise<HttpResult> {
    const init = { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return this.#authorized(this.#url(path), init, signal);
  }

  /** Sends a DELETE. Never retried. */
  remove(path: string, query: Query, { signal }: RequestOptions): Promise<HttpResult> {
    return this.#authorized(this.#url(path, query), { method: 'DELETE' }, signal);
  }

  async #authorized(url: string, init: RequestInit, signal?: AbortSignal): Promise<HttpResult> {
    const token = await this.#tokens.current();
    try {
      return await this.#send(url, init, token, signal);
    } catch (error) {
      // A 401 precedes any effect, so even a POST may be sent once more with a new token.
      const isExpired = error instanceof ConnectError && error.info.status === 401;
      if (!isExpired || !this.#tokens.isRenewable) throw error;
      return this.#send(url, init, await this.#tokens.renew(token), signal);
    }
  }

  async #send(url: string, init: RequestInit, token?: string, signal?: AbortSignal): Promise<HttpResult> {
    signal?.throwIfAborted();
    const limit = new AbortController();
    const cancelLimit = this.#clock.setTimeout(() => limit.abort(), REQUEST_TIMEOUT_MS);
    const onAbort = () => limit.abort();
    signal?.addEventListener('abort', onAbort);
    try {
      const request: RequestInit = { ...init, ...this.#commonInit(init, token), signal: limit.signal };
      const response = await (this.#options.fetch ?? fetch)(url, request);
      return await this.#read(response);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ConnectError) throw error;
      throw limit.signal.aborted
        ? new ConnectError(
            connectErrorInfo('timeout', `The backend did not respond within ${REQUEST_TIMEOUT_MS / 1000} seconds.`),
          )
        : new ConnectError(connectErrorInfo('network_error', 'The backend could not be reached.'), { cause: error });
    } finally {
      cancelLimit();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #commonInit(init: RequestInit, token: string | undefined): RequestInit {
    const { endpoint, pageUrl } = this.#options;
    const isSameOrigin = !pageUrl || new URL(endpoint, pageUrl).origin === new URL(pageUrl).origin;
    return {
      headers: {
        Accept: 'application/json',
        ...init.headers,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      credentials: isSameOrigin ? 'same-origin' : 'include',
      cache: 'no-store',
    };
  }

  #url(path: string, query: Query = {}): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
    const search = String(parameters);
    return `${this.endpoint}${path}${search && `?${search}`}`;
  }

  async #read(response: Response): Promise<HttpResult> {
    const text = await response.text();
    const body = text.length > MAX_RESPONSE_LENGTH ? undefined : parseJson(text);
    if (!response.ok) throw (await responseErrorPart.load()).toResponseError(response, body, this.#clock.wallNow());
    if (body !== undefined) return { body, date: response.headers.get('Date') };
    throw new ConnectError(
      connectErrorInfo('invalid_response', 'The backend did not return JSON. Check `endpoint`.', {
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

/** Returns the path of an account in the protocol. */
export function accountPath(connectedAccountId: string): string {
  return `/connected-accounts/${encodeURIComponent(connectedAccountId)}`;
}
