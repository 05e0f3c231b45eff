import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AccountsList, type AccountsListListener } from '../core/accounts/accounts-list.js';
import type { AccountsStore } from '../core/accounts/accounts-store.js';
import type { AccountsQuery } from '../core/accounts/list-query.js';
import type { ConnectionClient } from '../core/model/connection-client.js';

/** What the controller asks of its element. */
export interface AccountsListHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
}

/** What an element wants to be listed, as its properties say now. */
export interface ListedAccounts {
  readonly store: AccountsStore;
  readonly client: ConnectionClient;
  readonly query: AccountsQuery;
}

/** Ties an {@link AccountsList} to the life of an element; survives a move of the element within the page. */
export class AccountsListController implements ReactiveController {
  readonly list = new AccountsList();
  readonly #host: AccountsListHost;
  #running: { readonly store: AccountsStore; readonly query: string } | null = null;
  #warned = '';

  /** @param onEvent called at once with every change of state */
  constructor(host: AccountsListHost, onEvent: AccountsListListener) {
    this.#host = host;
    this.list.subscribe((state, event) => {
      if (state.error?.code === 'invalid_configuration') this.#warn(state.error.message);
      onEvent(state, event);
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  /** A move is a removal and an insertion in the same task (https://dom.spec.whatwg.org/#concept-node-insert), so wait for its end. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#running = null;
      this.list.stop();
    });
  }

  /** Call it when properties may have changed: another user, backend or filter begins anew. */
  sync({ store, client, query }: ListedAccounts): void {
    if (!this.#host.isConnected) return;
    const asked = JSON.stringify(query);
    if (this.#running?.store === store && this.#running.query === asked) return;
    this.#running = { store, query: asked };
    void this.list.start(store, query, client);
  }

  /** The page author's to mend, so it is the page author who is told, once. */
  #warn(message: string): void {
    if (message === this.#warned) return;
    this.#warned = message;
    console.warn(message);
  }
}
