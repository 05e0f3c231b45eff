import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { accountsChannel } from '../browser/accounts-channel.js';
import { createPageSignals } from '../browser/page-signals.js';
import { AccountsStore } from '../core/accounts/accounts-store.js';
import { HttpConnectionClient } from '../core/http/http-connection-client.js';
import type { SessionTokenSource } from '../core/http/session-tokens.js';
import { systemClock } from '../core/model/clock.js';
import type { ConnectionClient } from '../core/model/connection-client.js';

/** What says whose accounts an element shows. */
export interface AccountsStoreHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
  readonly ownerDocument: Document;
  readonly endpoint: string;
  readonly userId: string;
  /** The page's own transport; without it, `endpoint` says where the backend is. */
  readonly client: ConnectionClient | undefined;
}

/** Two elements with the same key share a store. */
interface StoreKey {
  readonly backend: ConnectionClient | string;
  readonly userId: string;
}

/** Asks the other elements of the page, whatever bundle or shadow root they live in, whether they have this store already. */
class FindAccountsStoreEvent extends Event {
  static readonly type = 'connect-account:find-accounts-store';
  readonly key: StoreKey;
  store: AccountsStore | null = null;

  constructor(key: StoreKey) {
    super(FindAccountsStoreEvent.type);
    this.key = key;
  }
}

/**
 * Gives an element the {@link AccountsStore} that it shares with the elements of the same backend and user. There is no
 * registry: whoever needs a store asks through the document, and an element that holds it answers; so a store goes with
 * the last element that holds it.
 */
export class AccountsStoreController implements ReactiveController {
  readonly #host: AccountsStoreHost;
  readonly #client: () => ConnectionClient;
  #held: { readonly key: StoreKey; readonly store: AccountsStore } | null = null;
  #answering = new AbortController();

  /** @param client the host's own, made on its endpoint unless the page gave one */
  constructor(host: AccountsStoreHost, client: () => ConnectionClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  /** The store for what the host's properties say now. */
  get current(): AccountsStore {
    const key = keyOf(this.#host);
    if (this.#held && isSame(this.#held.key, key)) return this.#held.store;
    const find = new FindAccountsStoreEvent(key);
    this.#host.ownerDocument.dispatchEvent(find);
    const store = find.store ?? this.#create(key.userId);
    this.#held = { key, store };
    if (this.#host.isConnected) this.#answer();
    return store;
  }

  hostConnected(): void {
    if (this.#held) this.#answer();
  }

  /** A move within the page is a removal and an insertion in one task: the store is let go only after that. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#answering.abort();
      this.#held = null;
    });
  }

  /** On the document that the host is in now. */
  #answer(): void {
    this.#answering.abort();
    this.#answering = new AbortController();
    const onFind = (event: Event) => {
      if (!(event instanceof FindAccountsStoreEvent) || !this.#held || !isSame(event.key, this.#held.key)) return;
      event.store = this.#held.store;
      event.stopImmediatePropagation();
    };
    this.#host.ownerDocument.addEventListener(FindAccountsStoreEvent.type, onFind, { signal: this.#answering.signal });
  }

  #create(userId: string): AccountsStore {
    return new AccountsStore({
      client: this.#client(),
      userId,
      clock: systemClock,
      page: createPageSignals(),
      channel: accountsChannel,
      gather: endOfTask,
    });
  }
}

/** Not the microtasks: a parser runs them between two elements that it inserts. */
function endOfTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function keyOf({ client, endpoint, userId, ownerDocument: { baseURI } }: AccountsStoreHost): StoreKey {
  if (client) return { backend: client, userId };
  const backend = URL.canParse(endpoint, baseURI) ? new URL(endpoint, baseURI).href.replace(/\/+$/, '') : endpoint;
  return { backend, userId };
}

function isSame(one: StoreKey, other: StoreKey): boolean {
  return one.backend === other.backend && one.userId === other.userId;
}

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
