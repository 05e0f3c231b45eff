// A late part of the client. A fake clock does not wait for its import.
import '../../src/core/http/response-error.js';

/** A `fetch` with scripted responses that records its requests. */
export class ScriptedFetch {
  readonly requests: Array<{ readonly url: string; readonly init: RequestInit }> = [];
  readonly #script: Array<(signal: AbortSignal | null | undefined) => Promise<Response>> = [];

  /** Scripts a JSON response to the next request. */
  json(body: unknown, init: ResponseInit = {}): this {
    return this.respond(JSON.stringify(body), init);
  }

  /** Scripts a text response to the next request. */
  respond(body: string | null, init: ResponseInit = {}): this {
    this.#script.push(async () => new Response(body, init));
    return this;
  }

  /** Makes the next request fail, as without a network. */
  fail(): this {
    this.#script.push(() => Promise.reject(new TypeError('Failed to fetch')));
    return this;
  }

  /** Makes the next request hang until it is aborted. */
  hang(): this {
    this.#script.push(
      (signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    return this;
  }

  /** The function to use in place of the platform's `fetch`. */
  readonly fetch: typeof globalThis.fetch = (input, init = {}) => {
    this.requests.push({ url: String(input), init });
    const answer = this.#script.shift();
    return answer ? answer(init.signal) : Promise.reject(new Error(`Not in the script: ${String(input)}`));
  };

  /** Returns a header of the request with this number, from 0. */
  header(request: number, name: string): string | null {
    return new Headers(this.requests[request]?.init.headers).get(name);
  }
}
