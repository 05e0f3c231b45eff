import '../shared/load-lit.js';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { BackendController } from '../../controllers/backend-controller.js';
import { ConnectFlowController, connectSettings } from '../../controllers/connect-flow-controller.js';
import { FormValueController, internalsOf, replaceState } from '../../controllers/form-value-controller.js';
import { LatePropertiesController, switchConverter } from '../../controllers/late-properties-controller.js';
import { MessagesController } from '../../controllers/messages-controller.js';
import { SlotsController } from '../../controllers/slots-controller.js';
import type { ConnectFlow, ConnectListener } from '../../core/flow/connect-flow.js';
import { type ConnectOutcome, type ConnectState, isBusy } from '../../core/flow/connect-state.js';
import type { SessionTokenSource } from '../../core/http/session-tokens.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectionClient } from '../../core/model/connection-client.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { createAttemptId } from '../../core/model/crypto.js';
import { AccountConnectStartEvent } from '../../events/account-events.js';
import type { PartialMessages } from '../../messages/messages.js';
import { registerMessages } from '../../messages/registered-messages.js';
import { formatForAccount } from '../account-menu/account-view.js';
import { appName, isLost, windowTexts } from '../shared/app-words.js';
import { connectAccountStyles } from './connect-account-styles.js';
import { ConnectParts } from './connect-parts.js';
import {
  accountWithMenu,
  type ConnectView,
  deadAccount,
  formValue,
  hasMenu,
  isDisabled,
  lookOf,
  menuView,
  neededParts,
  partsForClick,
} from './connect-view.js';
import { renderDetails } from './render-details.js';
import { renderMenu, renderTrigger } from './render-trigger.js';

/**
 * Connects one third-party account of a user.
 *
 * ```html
 * <connect-account user-id="user_123" auth-config-id="ac_github"></connect-account>
 * ```
 * @tagname connect-account
 *
 * @slot - Label of the trigger before anything is connected.
 * @slot icon - Picture in the trigger. Default: the toolkit's logo.
 * @slot description - Text below the trigger, in every phase.
 * @slot connected - Shown below the trigger while an account is connected.
 * @slot error - Replaces the text of any error.
 * @slot error-<code> - Replaces the text of one error, like `error-link_expired`.
 *
 * @fires {AccountConnectStartEvent} account-connect-start - Fired before the first side effect of an attempt; cancelable.
 * @fires {AccountConnectStatusEvent} account-connect-status - Fired when the server reports another status.
 * @fires {AccountConnectedEvent} account-connected - Fired once per attempt, after the server reported ACTIVE.
 * @fires {AccountConnectErrorEvent} account-connect-error - Fired once per attempt that failed.
 * @fires {AccountConnectCancelEvent} account-connect-cancel - Fired once per attempt that was cancelled.
 * @fires {AccountDisconnectStartEvent} account-disconnect-start - Fired before a disconnect; cancelable.
 * @fires {AccountDisconnectedEvent} account-disconnected - Fired after the server confirmed the disconnect.
 * @fires {AccountUpdatedEvent} account-updated - Fired after the server confirmed a change of the account.
 *
 * @csspart trigger - The button.
 * @csspart icon - Picture in the trigger.
 * @csspart spinner - Replaces the icon while the element waits. Hiding the icon does not hide it.
 * @csspart skeleton - Replaces the label while the element is loading.
 * @csspart label - Text of the trigger.
 * @csspart identity - Name of the connected account.
 * @csspart badge - Status of the account: a sign, and a word for screen readers.
 * @csspart notice - Why the account needs attention, below the trigger.
 * @csspart status - Progress of the attempt, below the trigger; a live region.
 * @csspart error - Error text, below the trigger; a live region.
 * @csspart menu-button - The button that opens the menu of the account.
 * @csspart menu - Menu of the account.
 * @csspart menu-item - One action in the menu.
 * @csspart action-<name> - A menu item by its action, like `action-disconnect`.
 * @csspart confirm - The question before a disconnect.
 * @csspart dialog - The form for the name of the account.
 * @csspart button - A button in the question and in the form for the name.
 * @csspart panel - The panel around the form.
 * @csspart form - The form that asks for the fields of the auth config.
 * @csspart field - One field of the form.
 * @csspart field-label - Label of a field.
 * @csspart field-input - Input of a field.
 * @csspart field-hint - Hint of a field.
 * @csspart field-error - Error of a field.
 * @csspart submit - The form's submit button.
 * @csspart link - The real link that replaces a blocked window.
 * @csspart reopen - The button that opens the window again.
 * @csspart cancel - The button that cancels the attempt.
 *
 * @cssState loading - The auth config and the accounts of this user are being read.
 * @cssState ready - Nothing is connected yet, or another account may be.
 * @cssState collecting-credentials - The form asks the user for the fields of the auth config.
 * @cssState submitting - The fields have been sent to the backend.
 * @cssState preparing - The link is being made.
 * @cssState popup-blocked - The browser blocked the window.
 * @cssState awaiting-authorization - The user is at the provider.
 * @cssState confirming - The user is back; the server has not confirmed the connection yet.
 * @cssState connected - An ACTIVE account exists.
 * @cssState needs-attention - The account is EXPIRED, REVOKED, FAILED or INACTIVE.
 * @cssState failed - The last attempt, or the reading, failed.
 * @cssState misconfigured - The page author or the backend must fix the configuration first.
 */
export class ConnectAccount extends LitElement {
  static override readonly styles = connectAccountStyles;
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static readonly formAssociated = true;
  /** Adds a language for the page, or changes texts of one; for pages that load a file and import nothing. */
  static readonly registerMessages = registerMessages;

  /** External user id from the host's database. A claim: the backend decides. Required. */
  @property({ attribute: 'user-id', useDefault: true }) userId = '';
  /** The auth config to connect. Required. */
  @property({ attribute: 'auth-config-id', useDefault: true }) authConfigId = '';
  /** Base URL of the backend, of the same or another origin. */
  @property({ useDefault: true }) endpoint = '/api/connect';
  /** `redirect`: the provider takes the place of this page, and the user comes back to it afterwards. */
  @property({ useDefault: true }) mode: 'popup' | 'redirect' = 'popup';
  /** URL that the provider flow ends on. Default: `{endpoint}/callback`. */
  @property({ attribute: 'callback-url', useDefault: true }) callbackUrl = '';
  /** Human-readable name of the connection. */
  @property({ useDefault: true }) alias = '';
  /** Lets one user connect several accounts of this auth config. */
  @property({ attribute: 'allow-multiple', converter: switchConverter }) allowMultiple = false;
  /** `inline`: keys are asked for here. `hosted`: on a hosted page, so that no secret touches this one. */
  @property({ attribute: 'credentials-form', useDefault: true }) credentialsForm: 'inline' | 'hosted' = 'inline';
  /** Time to wait for ACTIVE, in ms; never longer than the link lives. */
  @property({ type: Number, useDefault: true }) timeout = 600_000;
  /** Text of the trigger. Default: from `messages`. */
  @property({ useDefault: true }) label = '';
  /** Disables the trigger. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** How much the trigger stands out. An unknown word is the default. */
  @property({ useDefault: true }) variant: 'outline' | 'primary' | 'plain' = 'outline';
  /** Height of the trigger: 32, 36 or 44 px. An unknown word is the default. */
  @property({ useDefault: true }) size: 'small' | 'medium' | 'large' = 'medium';
  /** Name in a form. The form value is the id of the connected account. */
  @property({ reflect: true, useDefault: true }) name = '';
  /** A form that contains this element cannot be submitted before an account is connected. */
  @property({ type: Boolean, reflect: true }) required = false;
  /** Replaces the transport. Default: an HTTP client on `endpoint`. */
  @property({ attribute: false }) client: ConnectionClient | undefined;
  /** Session token for the backend, or a function that fetches one; sent as `Authorization: Bearer`. */
  @property({ attribute: false }) sessionToken: SessionTokenSource | undefined;
  /** Pre-fills connection fields, like a subdomain or a region. */
  @property({ attribute: false }) connectionData: Readonly<Record<string, string>> | undefined;
  /** Overrides some of the texts. The others follow the nearest `lang`. */
  @property({ attribute: false }) messages: PartialMessages | undefined;

  readonly #internals = internalsOf(this);
  readonly #language = new MessagesController(this, () => this.#parts.texts);
  readonly #backend = new BackendController(this);
  readonly #slots = new SlotsController(this);
  readonly #controller = new ConnectFlowController(this, {
    settings: () => connectSettings(this, this.#backend),
    texts: () => windowTexts(this.#texts, appName(this.state) ?? this.#texts.unknownApp, this.#language.language),
    onTransition: (...transition) => this.#onTransition(...transition),
    finishReconnect: (...accounts) => this.#parts.withActions((actions) => void actions.finishReconnect(...accounts)),
  });
  readonly #late = new LatePropertiesController(this, () => Boolean(this.userId && this.authConfigId));
  readonly #parts: ConnectParts = new ConnectParts(this, {
    actions: {
      store: () => this.#backend.store,
      reconnect: (account) => void (isBusy(this.state) ? this.#flow.connect() : this.#start(account)),
      onDone: (account, done) =>
        this.#announce(formatForAccount(this.#texts.menu[done], menuView(account, this.#view()))),
    },
    form: () => {
      const { connectionData: data, alias } = this;
      return { flow: this.#flow, anchor: '.trigger', data, alias, cancel: () => this.#flow.cancel('user') };
    },
    fallbackFocus: () => this.#trigger,
    onSign: () => {
      this.#controller.prepare();
      return partsForClick(this.#view());
    },
  });
  #texts = this.#language.messages();
  #announcement = '';

  constructor() {
    super();
    replaceState(this.#internals, '', this.state.phase);
    new FormValueController(this, this.#internals, () =>
      formValue(this.state, { required: this.required, messages: this.#texts, anchor: this.#trigger }),
    );
  }

  /** The current state: a frozen union, discriminated by `phase`. */
  get state(): ConnectState {
    return this.#flow.state;
  }

  /** The account, or null. */
  get account(): ConnectedAccount | null {
    return this.state.account;
  }

  /** The error of the last attempt or action, or null. */
  get error(): ConnectErrorInfo | null {
    return this.state.error ?? this.#parts.actions?.failure?.error ?? this.#parts.failure;
  }

  /** The form that the element belongs to, or null. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** The element's `ValidityState`. */
  get validity(): ValidityState {
    return this.#internals.validity;
  }

  /** The validation message, or `''`. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  /** Whether the element takes part in form validation. */
  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  /** Returns whether the element is valid; fires `invalid` if not. */
  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  /** Like `checkValidity()`, and reports the problem to the user. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /**
   * Starts connecting, or returns the promise of the attempt in progress. Call it in a user gesture: the window opens
   * before the first await, and again if it was blocked or closed. Never rejects.
   */
  connect(): Promise<ConnectOutcome> {
    if (this.#late.isDeferred) return Promise.resolve({ status: 'cancelled', reason: 'host' });
    this.#controller.invalidate();
    this.#controller.update();
    const { state } = this;
    if (!this.isConnected) return Promise.resolve({ status: 'cancelled', reason: 'removed' });
    if (isBusy(state)) return this.#flow.connect();
    if (state.phase === 'connected') return Promise.resolve({ status: 'connected', account: state.account });
    return this.#start(deadAccount(state));
  }

  /** Cancels the current attempt. */
  cancel(): void {
    this.#flow.cancel('host');
  }

  /** Disconnects the account without a question. Returns whether the server confirmed it; if not, `error` says why. */
  disconnect(): Promise<boolean> {
    return this.account ? this.#parts.disconnect(this.account) : Promise.resolve(false);
  }

  /** Focuses the trigger. */
  override focus(options?: FocusOptions): void {
    this.#trigger?.focus(options);
  }

  /** Called by the browser when a fieldset around the element is disabled or enabled. */
  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** Called by the browser when the element is moved to another document. */
  adoptedCallback(): void {
    this.#parts.adoptSheets();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('sessionToken')) this.#controller.retryRefused(this.sessionToken);
    if (changed.size > 0) this.#controller.invalidate();
    if (this.#late.isReady) this.#controller.update();
    // The update may have found a mistake of the page author, and a part that is there already brings its texts.
    for (const part of neededParts(this.#view())) this.#parts.need(part);
    this.#texts = this.#language.messages(this.messages);
  }

  protected override render(): TemplateResult {
    const view = this.#view();
    const account = accountWithMenu(view.state);
    return html`
      <div class="frame" data-menu-anchor>${renderTrigger(view)}${account && hasMenu(view) ? renderMenu(account, view) : nothing}</div>
      ${this.#parts.form?.render(this.#texts)}${renderDetails(view)}
    `;
  }

  get #flow(): ConnectFlow {
    return this.#controller.flow;
  }

  get #trigger(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>('.trigger') ?? null;
  }

  /** Not `async`: the window must open in the task of the user's click. */
  #start(replaces: ConnectedAccount | null): Promise<ConnectOutcome> {
    const attempt = createAttemptId();
    const start = new AccountConnectStartEvent({ userId: this.userId, authConfigId: this.authConfigId, attempt });
    if (isDisabled(this) || !this.dispatchEvent(start)) return Promise.resolve({ status: 'cancelled', reason: 'host' });
    return this.#flow.connect(attempt, replaces);
  }

  /** Handles a click on the trigger. Ten clicks start one attempt, and none of them ends it. */
  #onTriggerClick(): void {
    const { state } = this;
    if (state.phase === 'connected') this.#parts.toggleMenu(state.account);
    else if (state.phase === 'collecting-credentials') this.#parts.form?.focus();
    else if (isLost(state, this.#controller.sameTab)) this.#flow.reopen();
    else if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE')
      this.#parts.withActions((actions) => void actions.enable(state.account));
    else void this.connect();
  }

  #onTransition(...[state, previous, event]: Parameters<ConnectListener>): void {
    replaceState(this.#internals, previous.phase, state.phase);
    // A failed action is history once the account or the attempt has changed.
    const { actions, attempt } = this.#parts;
    if (actions?.failure) actions.dismiss(actions.failure.account);
    this.#announce(event.type === 'ended' ? (attempt?.outcomeText(event.outcome, state, this.#texts) ?? '') : '');
  }

  #announce(text: string): void {
    this.#announcement = text;
    this.requestUpdate();
  }

  #view(): ConnectView {
    return {
      state: this.state,
      error: this.error,
      messages: this.#texts,
      label: this.label,
      disabled: isDisabled(this),
      look: lookOf(this),
      settings: this,
      announcement: this.#announcement,
      controller: this.#controller,
      slots: this.#slots,
      parts: this.#parts,
      onTriggerClick: () => this.#onTriggerClick(),
    };
  }
}
