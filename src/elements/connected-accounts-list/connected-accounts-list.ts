import '../shared/load-lit.js';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { state as internal, property } from 'lit/decorators.js';
import { AccountsListController } from '../../controllers/accounts-list-controller.js';
import { advise, nameAttributes, warnAuthor } from '../../controllers/author-errors.js';
import { BackendController } from '../../controllers/backend-controller.js';
import { internalsOf } from '../../controllers/form-value-controller.js';
import {
  isOn,
  LatePropertiesController,
  switchConverter,
  tokenListConverter,
  tokens,
} from '../../controllers/late-properties-controller.js';
import { MessagesController } from '../../controllers/messages-controller.js';
import { adoptSheets } from '../../controllers/moves.js';
import { SlotsController } from '../../controllers/slots-controller.js';
import { AccountSearch } from '../../core/accounts/account-search.js';
import type { AccountsQuery } from '../../core/accounts/list-query.js';
import type { SessionTokenSource } from '../../core/http/session-tokens.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectionClient } from '../../core/model/connection-client.js';
import type { ConnectedAccount, ConnectionStatus } from '../../core/model/connection-types.js';
import { AccountsLoadErrorEvent, AccountsLoadedEvent } from '../../events/list-events.js';
import en from '../../messages/en.js';
import type { PartialMessages } from '../../messages/messages.js';
import { registerMessages } from '../../messages/registered-messages.js';
import { anchoredPanelStyles } from '../../styles/anchored-panel-styles.js';
import { buttons } from '../../styles/buttons.js';
import { controls } from '../../styles/controls.js';
import { icons } from '../../styles/icons.js';
import { tokens as colors } from '../../styles/tokens.js';
import { accountMenuStyles } from '../account-menu/account-menu-styles.js';
import { credentialsFormStyles } from '../credentials-form/credentials-form-styles.js';
import { accountRowStyles } from './account-row-styles.js';
import { connectedAccountsListStyles } from './connected-accounts-list-styles.js';
import { AppGroups } from './keyed-rows.js';
import { ListActions } from './list-actions.js';
import { countText, type ListView, renderList, showListStatus } from './render-list.js';
import { ListTimes } from './row-times.js';

/**
 * Lists the connected accounts of a user, who can reconnect, rename, disable and disconnect them.
 *
 * ```html
 * <connected-accounts-list user-id="user_123" searchable></connected-accounts-list>
 * ```
 *
 * @tagname connected-accounts-list
 *
 * @slot header - Content above the list, in every state.
 * @slot empty - Replaces the text that is shown if no account is connected.
 * @slot loading - Replaces the placeholder rows.
 * @slot error - Replaces the text that is shown if the accounts could not be read.
 *
 * @fires {AccountsLoadedEvent} accounts-loaded - A page has been read.
 * @fires {AccountsLoadErrorEvent} accounts-load-error - A page could not be read.
 * @fires {AccountConnectedEvent} account-connected - An account has been reconnected; the server reported ACTIVE.
 * @fires {AccountConnectErrorEvent} account-connect-error - An account could not be reconnected.
 * @fires {AccountDisconnectStartEvent} account-disconnect-start - Before a disconnect; cancelable.
 * @fires {AccountDisconnectedEvent} account-disconnected - The server confirmed the disconnect.
 * @fires {AccountUpdatedEvent} account-updated - The server confirmed a change to an account.
 *
 * @csspart list - The rows.
 * @csspart row - One account.
 * @csspart logo - The toolkit's logo, or its first letter.
 * @csspart name - The app's name.
 * @csspart identity - The name that the user gave the account, and its login.
 * @csspart badge - The account's status.
 * @csspart time - The time since the account was connected or changed.
 * @csspart actions - The account's actions.
 * @csspart action - One action button. Each has a part of its own too, like `action-disconnect`.
 * @csspart action-enable - The button that enables the account.
 * @csspart action-reconnect - The button that reconnects the account, or replaces its key.
 * @csspart action-rename - The button that renames the account.
 * @csspart action-disable - The button that disables the account.
 * @csspart action-disconnect - The button that disconnects the account.
 * @csspart search - The search box.
 * @csspart more - The button that loads the next page.
 * @csspart empty - The text that is shown if there are no rows.
 * @csspart confirm - The question before a disconnect.
 * @csspart dialog - The form for the name of the account.
 * @csspart panel - The panel around the form.
 * @csspart button - Each button in the question and in the forms.
 * @csspart form - The form in which the user replaces credentials.
 * @csspart field - One field of the form.
 * @csspart field-label - The field's label.
 * @csspart field-input - The field's input.
 * @csspart field-hint - The field's description.
 * @csspart field-error - The field's error message.
 * @csspart submit - The form's submit button.
 * @csspart cancel - The form's cancel button.
 *
 * @cssState loading - The first page is being read.
 * @cssState ready - The accounts are shown.
 * @cssState empty - No account is connected.
 * @cssState failed - The last read failed.
 */
export class ConnectedAccountsList extends LitElement {
  /** Adds a language for the page, or changes texts of one; for pages that load a file and import nothing. */
  static readonly registerMessages = registerMessages;
  static override readonly styles = [
    colors,
    controls,
    icons,
    buttons,
    anchoredPanelStyles,
    accountMenuStyles,
    credentialsFormStyles,
    connectedAccountsListStyles,
    accountRowStyles,
  ];

  /** The user's id in your database. The backend verifies that the caller is this user. Required. */
  @property({ attribute: 'user-id' }) userId = '';
  /** The base URL of the backend, on the same or another origin. */
  @property() endpoint = '/api/connect';
  /** Lists only accounts of these toolkits. The attribute separates them by spaces or commas. */
  @property({ attribute: 'toolkit-slugs', converter: tokenListConverter }) toolkitSlugs: readonly string[] = [];
  /** Lists only accounts of these auth configs. */
  @property({ attribute: 'auth-config-ids', converter: tokenListConverter }) authConfigIds: readonly string[] = [];
  /** Lists only accounts with these statuses. */
  @property({ converter: tokenListConverter }) statuses: readonly ConnectionStatus[] = [];
  /** The page size, 1 to 100. */
  @property({ type: Number }) limit = 20;
  /** The time that the list is ordered by, newest first. */
  @property({ attribute: 'order-by' }) orderBy: 'created_at' | 'updated_at' = 'created_at';
  /** Shows a search box for name, alias and identity. */
  @property({ converter: switchConverter }) searchable = false;
  /** Hides all actions. */
  @property({ converter: switchConverter }) readonly = false;
  /** The URL that the provider flow of a reconnect ends on. By default, `{endpoint}/callback` is used. */
  @property({ attribute: 'callback-url' }) callbackUrl = '';
  /** With `redirect`, a reconnect takes the place of this page, and the user comes back to it afterwards. */
  @property() mode: 'popup' | 'redirect' = 'popup';
  /** With `hosted`, keys are replaced on a hosted page, so that no secret touches this one. */
  @property({ attribute: 'credentials-form' }) credentialsForm: 'inline' | 'hosted' = 'inline';
  /** Pre-fills connection fields of a reconnect, like a subdomain. */
  @property({ attribute: false }) connectionData: Readonly<Record<string, string>> | undefined;
  /** Replaces the transport. By default, an HTTP client for `endpoint` is used. */
  @property({ attribute: false }) client: ConnectionClient | undefined;
  /** A session token for the backend, or a function that fetches one. Sent as `Authorization: Bearer`. */
  @property({ attribute: false }) sessionToken: SessionTokenSource | undefined;
  /** Overrides some of the texts. The others are in the language of the nearest `lang`. */
  @property({ attribute: false }) messages: PartialMessages | undefined;

  @internal() private searched = '';
  readonly #internals = internalsOf(this);
  readonly #language = new MessagesController(this, () => en);
  readonly #backend = new BackendController(this);
  readonly #list = new AccountsListController(this, {
    describeError: (error) => nameAttributes(error, this),
    onLoaded: () => this.#onLoaded(),
    onFailed: (error) => this.#onFailed(error),
  });
  readonly #late = new LatePropertiesController(this, () => Boolean(this.userId));
  readonly #slots = new SlotsController(this);
  readonly #search = new AccountSearch();
  readonly #groups = new AppGroups();
  readonly #times = new ListTimes(this);
  readonly #actions = new ListActions(this, {
    backend: this.#backend,
    messages: () => this.#texts,
    language: () => this.#language.language,
  });
  /** The texts that `messages` overrides. */
  #base = this.#language.base;
  #registered = this.#language.registered;
  #texts = this.#language.messages();

  /** The accounts loaded so far, as the server returned them last. */
  get accounts(): readonly ConnectedAccount[] {
    return this.#list.accounts;
  }

  /** Whether the server has more pages. */
  get hasMore(): boolean {
    return this.#list.hasMore;
  }

  /** Whether a page is being read. */
  get loading(): boolean {
    return this.#list.loading;
  }

  /** The error of the last read, or null. */
  get error(): ConnectErrorInfo | null {
    return this.#list.error;
  }

  /** Reads the first page again. Resolves when the read is over. Never rejects; `error` holds the failure. */
  reload(): Promise<void> {
    if (this.#mayRead) this.#sync();
    return this.#list.reload();
  }

  /** Reads the next page. Resolves when the read is over. Never rejects; `error` holds the failure. */
  loadMore(): Promise<void> {
    if (this.#mayRead) this.#sync();
    return this.#list.loadMore();
  }

  adoptedCallback(): void {
    if (this.shadowRoot) adoptSheets(this.shadowRoot, ConnectedAccountsList.elementStyles);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { base, registered, locale } = this.#language;
    if (changed.has('messages') || this.#base !== base || this.#registered !== registered)
      this.#texts = this.#language.messages(this.messages);
    this.#times.configure(locale, this.orderBy === 'updated_at');
    this.#base = base;
    this.#registered = registered;
    if (this.#late.isReady) this.#sync();
    if (this.#list.loaded) this.#actions.reconnects.stopAsking(this.accounts);
    // The task of another function may be the same; another text is another token.
    const isNew = changed.has('sessionToken') && typeof this.sessionToken === 'string';
    if (isNew && this.error?.code === 'unauthorized') void this.#list.reload();
    showListStatus(this.#internals, this.#list);
  }

  protected override render(): TemplateResult {
    return html`
      ${renderList(this.#view())}${this.#actions.renderForm()}
      <p class="visually-hidden" role="status" .textContent=${this.#actions.announcement}></p>
    `;
  }

  #view(): ListView {
    const { actions, reconnects } = this.#actions;
    const searchable = isOn(this.searchable);
    const searched = searchable ? this.searched : '';
    const accounts = this.#groups.group(reconnects.withoutPending(this.accounts));
    return {
      ...this.#times.render(accounts),
      state: this.#list,
      accounts,
      // A form without its row would stand in a corner of the page.
      found: this.#search.find(accounts, searched, reconnects.asking?.account.id),
      searched,
      searchable,
      readonly: isOn(this.readonly),
      sameTab: this.mode === 'redirect',
      limit: this.#query.limit,
      messages: this.#texts,
      actions,
      reconnects,
      notice: this.#actions.notice,
      slots: this.#slots,
      onDismissNotice: () => this.#actions.dismissNotice(),
      onSearch: (text) => this.#onSearch(text),
      onMore: () => void this.#onMore(),
      onRetry: () => void this.#list.retry(),
    };
  }

  /** Whether the page's code may have something read. What is missing is judged after a second, and no sooner. */
  get #mayRead(): boolean {
    return this.#late.isReady || (!this.#late.isDeferred && Boolean(this.userId));
  }

  #sync(): void {
    const { store, client } = this.#backend;
    this.#list.sync({ store, client, query: this.#query });
  }

  /** The query that the properties ask for. Lit sets one to null when its attribute is removed, frameworks to its text. */
  get #query(): AccountsQuery {
    return {
      authConfigIds: tokens(this.authConfigIds),
      toolkitSlugs: tokens(this.toolkitSlugs),
      statuses: tokens(this.statuses),
      limit: Number(this.limit ?? 20),
      orderBy: this.orderBy || 'created_at',
    };
  }

  #onLoaded(): void {
    const { accounts, hasMore } = this;
    showListStatus(this.#internals, this.#list);
    this.#actions.reconnects.resume(accounts);
    this.#actions.announce(countText(accounts.length, this.#texts, this.#language.locale));
    this.dispatchEvent(new AccountsLoadedEvent({ count: accounts.length, hasMore }));
  }

  #onFailed(error: ConnectErrorInfo): void {
    showListStatus(this.#internals, this.#list);
    if (error.code === 'invalid_configuration') warnAuthor(error.message);
    else advise(this, this.#backend.client, error);
    this.dispatchEvent(new AccountsLoadErrorEvent({ error }));
  }

  #onSearch(text: string): void {
    this.searched = text;
    this.#actions.announce(countText(this.#view().found.length, this.#texts, this.#language.locale));
  }

  /** Loads the next page. The button disappears with the last page; the focus then moves to the first new row. */
  async #onMore(): Promise<void> {
    const { length } = this.accounts;
    await this.loadMore();
    if (!this.hasMore && !this.error) await this.#actions.focusRow(this.accounts[length]);
  }
}
