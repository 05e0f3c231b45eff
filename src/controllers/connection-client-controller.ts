import { HttpConnectionClient } from '../core/http/http-connection-client.js';
import type { SessionTokenSource } from '../core/http/session-tokens.js';
import type { ConnectionClient } from '../core/model/connection-client.js';

/** What says how an element reaches its backend. */
export interface ConnectionClientHost {
  readonly endpoint: string;
  readonly client: ConnectionClient | undefined;
  readonly sessionToken: SessionTokenSource | undefined;
}

/** The page's own client, or one on the element's endpoint, made when first asked for and kept with its session token. */
export class ConnectionClientController {
  readonly #host: ConnectionClientHost;
  #made: { readonly endpoint: string; readonly client: ConnectionClient } | undefined;

  constructor(host: ConnectionClientHost) {
    this.#host = host;
  }

  get current(): ConnectionClient {
    const { client, endpoint } = this.#host;
    if (client) return client;
    if (this.#made?.endpoint !== endpoint) this.#made = { endpoint, client: this.#make(endpoint) };
    return this.#made.client;
  }

  #make(endpoint: string): ConnectionClient {
    const host = this.#host;
    return new HttpConnectionClient({
      endpoint,
      pageUrl: document.baseURI,
      get sessionToken() {
        return host.sessionToken;
      },
    });
  }
}
