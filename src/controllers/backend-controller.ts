import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onPage } from '../browser/page-limits.js';
import { accountsChannel, createPageSignals } from '../browser/page-signals.js';
import { AccountsStore } from '../core/accounts/accounts-store.js';
import { HttpConnectionClient } from '../core/http/http-connection-client.js';
import type { SessionTokenSource } from '../core/http/session-tokens.js';
import { systemClock } from '../core/model/clock.js';
import type { ConnectionClient } from '../core/model/connection-client.js';
import { normalizeEndpoint } from '../core/model/urls.js';
import { afterMove } from './moves.js';

/** The properties that say how an element reaches its backend. */
export interface EndpointProperties {
  readonly userId: string;
  readonly endpoint: string;
  /** The page's own transport. It takes precedence over `endpoint`. */
  readonly client: ConnectionClient | undefined;
  readonly sessionToken: SessionTokenSource | undefined;
}

/** An element that shows the accounts of one user. */
export interface BackendHost extends ReactiveControllerHost, EndpointProperties {
  readonly isConnected: boolean;
  readonly ownerDocument: Document;
}

/** Gives an element the client of its backend, and the {@link AccountsStore} that it shares with the elements of the same user. */
export class BackendController implements ReactiveController {
  readonly #host: BackendHost;
  readonly #client: EndpointClient;
  #held: { readonly key: StoreKey; readonly store: AccountsStore } | null = null;
  #listening = new AbortController();

  constructor(host: BackendHost) {
    this.#host = host;
    this.#client = new EndpointClient(host);
    host.addController(this);
  }

  get client(): ConnectionClient {
    return this.#client.current;
  }

  /**
   * The store for the current properties of the host. Stores are found with a DOM event instead of a global registry, so
   * they are garbage-collected with the last element that holds them.
   */
  get store(): AccountsStore {
    const key = storeKey(this.#host);
    if (this.#held && isSame(this.#held.key, key)) return this.#held.store;
    const find = new FindAccountsStoreEvent(key);
    this.#host.ownerDocument.dispatchEvent(find);
    const store = find.store ?? this.#createStore(key.userId);
    this.#held = { key, store };
    if (this.#host.isConnected) this.#listen();
    return store;
  }

  hostConnected(): void {
    if (this.#held) this.#listen();
  }

  hostDisconnected(): void {
    afterMove(this.#host, () => {
      this.#listening.abort();
      this.#held = null;
    });
  }

  /** Listens on the document that the host is in now, for other elements that look for its store. */
  #listen(): void {
    this.#listening.abort();
    this.#listening = new AbortController();
    const onFind = (event: Event) => {
      if (!(event instanceof FindAccountsStoreEvent) || !this.#held || !isSame(event.key, this.#held.key)) return;
      event.store = this.#held.store;
      event.stopImmediatePropagation();
    };
    this.#host.ownerDocument.addEventListener(FindAccountsStoreEvent.type, onFind, { signal: this.#listening.signal });
  }

  #createStore(userId: string): AccountsStore {
    return new AccountsStore({
      client: this.client,
      userId,
      clock: systemClock,
      page: createPageSignals(),
      channel: accountsChannel,
      gather: endOfTask,
    });
  }
}

/**
 * The page's own client, or one on the element's endpoint that is created on first use and reads the current session token.
 * Each user has another one, because a client keeps the token that it was given.
 */
export class EndpointClient {
  readonly #properties: EndpointProperties;
  #created: { readonly endpoint: string; readonly userId: string; readonly client: ConnectionClient } | undefined;

  constructor(properties: EndpointProperties) {
    this.#properties = properties;
  }

  get current(): ConnectionClient {
    const { client, endpoint, userId } = this.#properties;
    if (client) return client;
    if (this.#created?.endpoint !== endpoint || this.#created.userId !== userId) {
      this.#created = { endpoint, userId, client: this.#create(endpoint) };
    }
    return this.#created.client;
  }

  #create(endpoint: string): ConnectionClient {
    const properties = this.#properties;
    return new HttpConnectionClient({
      endpoint: normalizeEndpoint(endpoint, onPage),
      pageUrl: self.origin === 'null' ? document.baseURI : self.origin,
      get sessionToken() {
        // A framework may set it to null or '' until there is one.
        return properties.sessionToken || undefined;
      },
    });
  }
}

/** Two elements with the same key share a store. */
interface StoreKey {
  readonly backend: ConnectionClient | string;
  readonly userId: string;
  /** A token that comes late starts the reading again, because what was read without it may be another user's or refused. */
  readonly hasToken: boolean;
}

/** Asks the other elements of the page for a store, whatever shadow root they are in. */
class FindAccountsStoreEvent extends Event {
  static readonly type = 'connect-account:find-accounts-store';
  readonly key: StoreKey;
  store: AccountsStore | null = null;

  constructor(key: StoreKey) {
    super(FindAccountsStoreEvent.type);
    this.key = key;
  }
}

/** Microtasks are too early: a parser runs them between two elements that it inserts. */
function endOfTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function storeKey({ client, endpoint, userId, sessionToken }: BackendHost): StoreKey {
  const hasToken = !client && Boolean(sessionToken);
  return { backend: client ?? normalizeEndpoint(endpoint, onPage), userId, hasToken };
}

function isSame(one: StoreKey, other: StoreKey): boolean {
  return one.backend === other.backend && one.userId === other.userId && one.hasToken === other.hasToken;
}
