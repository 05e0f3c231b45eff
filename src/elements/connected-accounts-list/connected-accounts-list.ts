import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { state as internal, property } from 'lit/decorators.js';
import { AccountsListController } from '../../controllers/accounts-list-controller.js';
import { AuthorWarnings, nameAttributes } from '../../controllers/author-errors.js';
import { BackendController } from '../../controllers/backend-controller.js';
import { MessagesController } from '../../controllers/messages-controller.js';
import { adoptSheetsAgain } from '../../controllers/moves.js';
import { AccountSearch } from '../../core/accounts/account-search.js';
import type { SessionTokenSource } from '../../core/http/session-tokens.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectionClient } from '../../core/model/connection-client.js';
import type { ConnectedAccount, ConnectionStatus } from '../../core/model/connection-types.js';
import { AccountsLoadErrorEvent, AccountsLoadedEvent } from '../../events/list-events.js';
import { type Messages, mergeMessages, type PartialMessages } from '../../messages/messages.js';
import { controls } from '../../styles/controls.js';
import { tokens } from '../../styles/tokens.js';
import { accountMenuStyles } from '../account-menu/account-menu-styles.js';
import { credentialsFormStyles } from '../credentials-form/credentials-form-styles.js';
import { accountRowStyles } from './account-row-styles.js';
import { connectedAccountsListStyles } from './connected-accounts-list-styles.js';
import { ListActions } from './list-actions.js';
import type { ListView } from './list-view.js';
import { queryOf } from './query-of.js';
import { countText, renderList, showListStatus } from './render-list.js';
import { ListTimes } from './row-times.js';
import { wordList } from './word-list.js';

/**
 * Lists the connected accounts of a user, and lets them mend, rename, switch off and disconnect each.
 *
 * ```html
 * <connected-accounts-list user-id="user_123" searchable></connected-accounts-list>
 * ```
 *
 * @tagname connected-accounts-list
 *
 * @slot header - Above the list, in every state.
 * @slot empty - Replaces what is said when no account is connected.
 * @slot loading - Replaces the rows that stand for those being read.
 * @slot error - Replaces what is said when the accounts could not be read.
 *
 * @fires {AccountsLoadedEvent} accounts-loaded - A page was read.
 * @fires {AccountsLoadErrorEvent} accounts-load-error - A page could not be read.
 * @fires {AccountConnectedEvent} account-connected - An account was connected again, after the server said ACTIVE.
 * @fires {AccountConnectErrorEvent} account-connect-error - An account could not be connected again.
 * @fires {AccountDisconnectStartEvent} account-disconnect-start - Before a disconnect; cancelable.
 * @fires {AccountDisconnectedEvent} account-disconnected - The server confirmed the disconnect.
 * @fires {AccountUpdatedEvent} account-updated - The server confirmed a change of an account.
 *
 * @csspart list - The rows.
 * @csspart row - One account.
 * @csspart logo - The toolkit's logo, or its letter.
 * @csspart name - Name of the app.
 * @csspart identity - Which login it is.
 * @csspart badge - Status of the account, in words.
 * @csspart time - How long ago it was connected, or changed.
 * @csspart actions - What can be done with the account.
 * @csspart action - One button of these.
 * @csspart search - The search box.
 * @csspart more - Reads the next page.
 * @csspart empty - Stands in place of the rows when there are none.
 * @csspart confirm - The question before a disconnect.
 * @csspart form - The form for the credentials, where keys are typed again.
 * @csspart field - One field of the form.
 * @csspart field-label - Its name.
 * @csspart field-input - What the user types into.
 * @csspart field-hint - What the field is for.
 * @csspart field-error - What is wrong with it.
 * @csspart submit - Sends the form.
 * @csspart cancel - Puts the form away.
 *
 * @cssprop --connect-account-accent - Colour of actions and focus.
 * @cssprop --connect-account-accent-text - Text on the accent.
 * @cssprop --connect-account-surface - Background.
 * @cssprop --connect-account-text - Text.
 * @cssprop --connect-account-muted - Text of less weight.
 * @cssprop --connect-account-border - Lines.
 * @cssprop --connect-account-danger - Errors, and what was withdrawn.
 * @cssprop --connect-account-success - What is well.
 * @cssprop --connect-account-warning - What needs attention.
 * @cssprop --connect-account-radius - Corners.
 * @cssprop --connect-account-space - Unit of all distances.
 * @cssprop --connect-account-font - Font family.
 * @cssprop --connect-account-font-size - Font size.
 * @cssprop --connect-account-shadow - Shadow of what opens.
 * @cssprop --connect-account-focus-ring - Outline of what has the focus.
 *
 * @cssState loading - The first page is being read.
 * @cssState ready - Accounts are shown.
 * @cssState empty - There are none.
 * @cssState failed - The last reading failed.
 */
export class ConnectedAccountsList extends LitElement {
  static override readonly styles = [
    tokens,
    controls,
    accountMenuStyles,
    credentialsFormStyles,
    connectedAccountsListStyles,
    accountRowStyles,
  ];

  /** External user id from the host's database. A claim: the backend decides. Required. */
  @property({ attribute: 'user-id' }) userId = '';
  /** Base URL of the backend, of the same or another origin. */
  @property() endpoint = '/api/connect';
  /** Lists accounts of these toolkits only. In the attribute, between spaces or commas. */
  @property({ attribute: 'toolkit-slugs', converter: wordList }) toolkitSlugs: readonly string[] = [];
  /** Lists accounts of these auth configs only. */
  @property({ attribute: 'auth-config-ids', converter: wordList }) authConfigIds: readonly string[] = [];
  /** Lists accounts of these statuses only. */
  @property({ converter: wordList }) statuses: readonly ConnectionStatus[] = [];
  /** Size of a page, 1 to 100. */
  @property({ type: Number }) limit = 20;
  /** Newest first, by this time. */
  @property({ attribute: 'order-by' }) orderBy: 'created_at' | 'updated_at' = 'created_at';
  /** Shows a search box over name, alias and identity. */
  @property({ type: Boolean }) searchable = false;
  /** Shows no actions. */
  @property({ type: Boolean }) readonly = false;
  /** Replaces the transport; an HTTP client on `endpoint` unless set. */
  @property({ attribute: false }) client: ConnectionClient | undefined;
  /** Session token for the backend, or what fetches one; sent as `Authorization: Bearer`. */
  @property({ attribute: false }) sessionToken: SessionTokenSource | undefined;
  /** Overrides some of the texts; the rest comes from the nearest `lang`. */
  @property({ attribute: false }) messages: PartialMessages | undefined;

  @internal() private searched = '';
  readonly #internals = this.attachInternals();
  readonly #language = new MessagesController(this);
  readonly #backend = new BackendController(this);
  readonly #list = new AccountsListController(this, {
    describeError: (error) => nameAttributes(error, this),
    onLoaded: () => this.#onLoaded(),
    onFailed: (error) => this.#onFailed(error),
  });
  readonly #warnings = new AuthorWarnings();
  readonly #search = new AccountSearch();
  readonly #times = new ListTimes(this);
  readonly #actions = new ListActions(this, { backend: this.#backend, messages: () => this.#texts });
  /** What `messages` is laid over. */
  #base: Messages = this.#language.messages;
  #texts: Messages = this.#language.messages;

  /** The accounts loaded so far, as the server said last. */
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

  /** Why the last reading failed, or null. */
  get error(): ConnectErrorInfo | null {
    return this.#list.error;
  }

  /** Reads the first page again. Resolves when that is over; never rejects: `error` says what failed. */
  reload(): Promise<void> {
    this.#sync();
    return this.#list.reload();
  }

  /** Reads the next page. Resolves when that is over; never rejects: `error` says what failed. */
  loadMore(): Promise<void> {
    this.#sync();
    return this.#list.loadMore();
  }

  adoptedCallback(): void {
    if (this.shadowRoot) adoptSheetsAgain(this.shadowRoot, ConnectedAccountsList.elementStyles);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { messages, language } = this.#language;
    if (changed.has('messages') || this.#base !== messages) this.#texts = mergeMessages(messages, this.messages);
    this.#times.tell(language, this.orderBy === 'updated_at');
    this.#base = messages;
    this.#sync();
    showListStatus(this.#internals.states, this.#list);
  }

  protected override render(): TemplateResult {
    return html`
      ${renderList(this.#view())}${this.#actions.renderForm()}
      <p class="visually-hidden" role="status">${this.#actions.announcement}</p>
    `;
  }

  #view(): ListView {
    const { actions, reconnects } = this.#actions;
    const searched = this.searchable ? this.searched : '';
    const accounts = this.#search.find(reconnects.withoutPending(this.accounts), searched);
    return {
      ...this.#times.of(accounts),
      state: this.#list,
      accounts,
      searched,
      searchable: this.searchable,
      readonly: this.readonly,
      limit: this.limit,
      messages: this.#texts,
      actions,
      reconnects,
      notice: this.#actions.notice,
      onDismissNotice: () => this.#actions.dismissNotice(),
      onSearch: (text) => this.#onSearch(text),
      onMore: () => void this.#onMore(),
      onRetry: () => void this.#list.retry(),
    };
  }

  #sync(): void {
    const { store, client } = this.#backend;
    this.#list.sync({ store, client, query: queryOf(this) });
  }

  #onLoaded(): void {
    const { accounts, hasMore } = this;
    showListStatus(this.#internals.states, this.#list);
    this.#actions.reconnects.resume(accounts);
    this.#actions.announce(countText(accounts.length, this.#texts));
    this.dispatchEvent(new AccountsLoadedEvent({ count: accounts.length, hasMore }));
  }

  #onFailed(error: ConnectErrorInfo): void {
    showListStatus(this.#internals.states, this.#list);
    if (error.code === 'invalid_configuration') this.#warnings.show(error.message);
    this.dispatchEvent(new AccountsLoadErrorEvent({ error }));
  }

  #onSearch(text: string): void {
    this.searched = text;
    this.#actions.announce(countText(this.#view().accounts.length, this.#texts));
  }

  /** The button goes with the last page: then the focus goes on to the first new row. */
  async #onMore(): Promise<void> {
    const { length } = this.accounts;
    await this.loadMore();
    if (!this.hasMore && !this.error) await this.#actions.focusRow(this.accounts[length]);
  }
}
