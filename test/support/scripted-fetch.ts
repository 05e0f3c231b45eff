/** A `fetch` that answers as told and remembers what it was asked. */
export class ScriptedFetch {
  readonly requests: Array<{ readonly url: string; readonly init: RequestInit }> = [];
  readonly #script: Array<(signal: AbortSignal | null | undefined) => Promise<Response>> = [];

  /** The next request is answered with this JSON. */
  json(body: unknown, init: ResponseInit = {}): this {
    return this.respond(JSON.stringify(body), init);
  }

  /** The next request is answered with this text. */
  respond(body: string | null, init: ResponseInit = {}): this {
    this.#script.push(async () => new Response(body, init));
    return this;
  }

  /** The next request fails, as without a network. */
  fail(): this {
    this.#script.push(() => Promise.reject(new TypeError('Failed to fetch')));
    return this;
  }

  /** The next request is never answered; it ends when it is called off. */
  hang(): this {
    this.#script.push(
      (signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    return this;
  }

  /** What a client takes in place of the platform's `fetch`. */
  readonly fetch: typeof globalThis.fetch = (input, init = {}) => {
    this.requests.push({ url: String(input), init });
    const answer = this.#script.shift();
    return answer ? answer(init.signal) : Promise.reject(new Error(`Not in the script: ${String(input)}`));
  };

  /** A header of the request with this number, from 0. */
  header(request: number, name: string): string | null {
    return new Headers(this.requests[request]?.init.headers).get(name);
  }
}
