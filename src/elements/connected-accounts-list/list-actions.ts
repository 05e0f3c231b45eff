import type { nothing, TemplateResult } from 'lit';
import { AccountActionsController, type AccountFailure } from '../../controllers/account-actions-controller.js';
import type { AccountsStore } from '../../core/accounts/accounts-store.js';
import type { ConnectSettings } from '../../core/flow/connect-settings.js';
import type { ConnectionClient } from '../../core/model/connection-client.js';
import { type ConnectedAccount, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';
import { type AccountWords, failureText, formatForAccount, identityOf } from '../account-menu/account-view.js';
import type { ConnectedAccountsList } from './connected-accounts-list.js';
import { ReconnectForm } from './reconnect-form.js';
import { Reconnects } from './reconnects.js';
import { toolkitName } from './render-row.js';
import { RowFocusController } from './row-focus-controller.js';

/** What the element has at hand, as its properties say now. */
export interface ListSurroundings {
  readonly store: AccountsStore;
  readonly client: ConnectionClient;
  readonly messages: Messages;
}

/** What is said of an account that has no row any more. */
export interface Notice {
  readonly identity: string;
  readonly text: string;
}

/** What the user's clicks on the rows do, and what a screen reader says of it. */
export class ListActions {
  readonly actions: AccountActionsController;
  readonly reconnects: Reconnects;
  readonly #element: ConnectedAccountsList;
  readonly #surroundings: () => ListSurroundings;
  readonly #form: ReconnectForm;
  #announcement = '';
  #notice: Notice | null = null;

  constructor(element: ConnectedAccountsList, surroundings: () => ListSurroundings) {
    this.#element = element;
    this.#surroundings = surroundings;
    this.actions = new AccountActionsController(element, {
      store: () => surroundings().store,
      reconnect: (account) => this.reconnects.begin(account),
      onDone: (account, done) => this.announce(formatForAccount(this.#messages.menu[done], wordsOf(account))),
      onStarted: () => this.dismissNotice(),
      onFailed: (account, failure) => this.#onFailed(account, failure),
    });
    this.reconnects = new Reconnects(element, {
      actions: this.actions,
      settings: (account) => this.#settingsOf(account),
      storageKey: ({ id }) => this.#storageKey(id),
      waitingText: (account) => formatMessage(this.#messages.preparing, { app: toolkitName(account) }),
      messages: () => this.#messages,
      announce: (text) => this.announce(text),
    });
    this.#form = new ReconnectForm(element, this.reconnects);
    new RowFocusController(element);
  }

  /** What has just happened, for the live region. */
  get announcement(): string {
    return this.#announcement;
  }

  /** Why an action on an account that turned out to be gone did not work. */
  get notice(): Notice | null {
    return this.#notice;
  }

  dismissNotice(): void {
    this.#notice = null;
    this.#element.requestUpdate();
  }

  announce(text: string): void {
    this.#announcement = text;
    this.#element.requestUpdate();
  }

  renderForm(): TemplateResult | typeof nothing {
    return this.#form.render(this.#messages);
  }

  /** Focuses a row, or the list where it has no such row. */
  async focusRow(account: ConnectedAccount | undefined): Promise<void> {
    await this.#element.updateComplete;
    const { renderRoot } = this.#element;
    const row = account && renderRoot.querySelector<HTMLElement>(`[data-account="${CSS.escape(account.id)}"]`);
    (row ?? renderRoot.querySelector<HTMLElement>('.list'))?.focus();
  }

  get #messages(): Messages {
    return this.#surroundings().messages;
  }

  #onFailed(account: ConnectedAccount, failure: AccountFailure): void {
    const words = wordsOf(account);
    const text = failureText(failure, account, this.#messages, words);
    if (failure.error.code === 'not_found') {
      // There is no row left that could say it.
      this.#notice = { identity: words.identity, text };
      this.actions.dismiss(account);
    }
    this.announce(text);
  }

  #settingsOf({ id, authConfig }: ConnectedAccount): ConnectSettings {
    const { userId, endpoint } = this.#element;
    const { store, client } = this.#surroundings();
    const base = URL.canParse(endpoint, document.baseURI) ? new URL(endpoint, document.baseURI).href : endpoint;
    const callbackUrl = `${base.replace(/\/+$/, '')}/callback`;
    return {
      client,
      store,
      userId,
      authConfigId: authConfig.id,
      // The account that is to be replaced may be ACTIVE.
      allowMultiple: true,
      timeout: LINK_LIFETIME_MS,
      callbackUrl,
      storageKey: this.#storageKey(id),
    };
  }

  /** Ids of accounts are Composio's, so no other backend has the same. */
  #storageKey(id: string): string {
    return JSON.stringify([this.#element.userId, id]);
  }
}

function wordsOf(account: ConnectedAccount): AccountWords {
  const app = toolkitName(account);
  return { app, identity: identityOf(account, app) };
}
