import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ConnectOutcome, ConnectState } from '../../core/flow/connect-state.js';
import type { SessionTokenSource } from '../../core/http/session-tokens.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectionClient } from '../../core/model/connection-client.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { PartialMessages } from '../../messages/messages.js';
import { adoptSheetsAgain } from '../shared/adopt-sheets.js';
import { connectAccountStyles } from './connect-account-styles.js';
import { ConnectWiring } from './connect-wiring.js';
import { renderConnectAccount } from './render-connect-account.js';

/**
 * Connects one third-party account of a user.
 *
 * ```html
 * <connect-account user-id="user_123" auth-config-id="ac_github"></connect-account>
 * ```
 *
 * @tagname connect-account
 *
 * @slot - Label of the trigger before anything is connected.
 * @slot icon - Picture in the trigger; the toolkit's logo unless filled.
 * @slot description - Text below the trigger, in every phase.
 * @slot connected - Shown below the trigger while an account is connected.
 * @slot error - Replaces the text of any error.
 * @slot error-<code> - Replaces the text of one error, like `error-link_expired`.
 *
 * @fires {AccountConnectStartEvent} account-connect-start - Before the first side effect of an attempt; cancelable.
 * @fires {AccountConnectStatusEvent} account-connect-status - The server reported another status.
 * @fires {AccountConnectedEvent} account-connected - Once an attempt, after the server said ACTIVE.
 * @fires {AccountConnectErrorEvent} account-connect-error - Once an attempt that failed.
 * @fires {AccountConnectCancelEvent} account-connect-cancel - Once an attempt that was called off.
 * @fires {AccountDisconnectStartEvent} account-disconnect-start - Before a disconnect; cancelable.
 * @fires {AccountDisconnectedEvent} account-disconnected - The server confirmed the disconnect.
 * @fires {AccountUpdatedEvent} account-updated - The server confirmed a change of the account.
 *
 * @csspart trigger - The button.
 * @csspart icon - Picture in the trigger.
 * @csspart label - Text of the trigger.
 * @csspart identity - Whose account is connected.
 * @csspart badge - Status of the account, in words.
 * @csspart status - What is going on, below the trigger; a live region.
 * @csspart error - What went wrong, below the trigger; a live region.
 * @csspart menu-button - Opens the menu of the account.
 * @csspart menu - What can be done with the account.
 * @csspart menu-item - One of these.
 * @csspart confirm - The question before a disconnect.
 * @csspart form - The form that asks for the fields of the auth config.
 * @csspart field - One field of it.
 * @csspart field-label - Its label.
 * @csspart field-input - Its input.
 * @csspart field-hint - What to put in.
 * @csspart field-error - What is wrong with it.
 * @csspart submit - Sends the form.
 * @csspart link - The real link that stands in place of a refused window.
 * @csspart reopen - Opens the window again.
 * @csspart cancel - Calls the attempt off.
 *
 * @cssprop --connect-account-accent - Colour of actions and focus.
 * @cssprop --connect-account-accent-text - Text on the accent.
 * @cssprop --connect-account-surface - Background of the trigger.
 * @cssprop --connect-account-text - Text.
 * @cssprop --connect-account-muted - Text of less weight.
 * @cssprop --connect-account-border - Lines.
 * @cssprop --connect-account-danger - Errors.
 * @cssprop --connect-account-success - What is well.
 * @cssprop --connect-account-warning - What needs attention.
 * @cssprop --connect-account-radius - Corners.
 * @cssprop --connect-account-space - Unit of all distances.
 * @cssprop --connect-account-font - Font family.
 * @cssprop --connect-account-font-size - Font size.
 * @cssprop --connect-account-shadow - Shadow of the trigger.
 * @cssprop --connect-account-focus-ring - Outline of what has the focus.
 *
 * @cssState loading - The auth config and the accounts of this user are being read.
 * @cssState ready - Nothing connected yet, or another account may be.
 * @cssState collecting-credentials - The user is asked for the fields of the auth config.
 * @cssState submitting - The backend has the fields.
 * @cssState preparing - The link is being made.
 * @cssState popup-blocked - The browser refused the window.
 * @cssState awaiting-authorization - The user is at the provider.
 * @cssState confirming - The provider has sent the user back; the server's word is awaited.
 * @cssState connected - An ACTIVE account exists.
 * @cssState needs-attention - The account is EXPIRED, REVOKED, FAILED or INACTIVE.
 * @cssState failed - The last attempt, or the reading, failed.
 * @cssState misconfigured - The page author or the backend has to mend something first.
 */
export class ConnectAccount extends LitElement {
  static override readonly styles = connectAccountStyles;
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static readonly formAssociated = true;

  /** External user id from the host's database. A claim: the backend decides. Required. */
  @property({ attribute: 'user-id', useDefault: true }) userId = '';
  /** Which auth config to connect. Required. */
  @property({ attribute: 'auth-config-id', useDefault: true }) authConfigId = '';
  /** Base URL of the backend, of the same or another origin. */
  @property({ useDefault: true }) endpoint = '/api/connect';
  /** `redirect`: the provider takes the place of this page, and the user comes back to it afterwards. */
  @property({ useDefault: true }) mode: 'popup' | 'redirect' = 'popup';
  /** Where the provider flow ends; `{endpoint}/callback` unless set. */
  @property({ attribute: 'callback-url', useDefault: true }) callbackUrl = '';
  /** Human-readable name of the connection. */
  @property({ useDefault: true }) alias = '';
  /** Lets one user connect several accounts of this auth config. */
  @property({ type: Boolean, attribute: 'allow-multiple' }) allowMultiple = false;
  /** `inline`: keys are asked for here. `hosted`: on a hosted page, so that no secret touches this one. */
  @property({ attribute: 'credentials-form', useDefault: true }) credentialsForm: 'inline' | 'hosted' = 'inline';
  /** How long to wait for ACTIVE, in ms; never longer than the link lives. */
  @property({ type: Number, useDefault: true }) timeout = 600_000;
  /** Text of the trigger; from `messages` unless set. */
  @property({ useDefault: true }) label = '';
  /** Switches the trigger off. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Name in a form; the form value is the id of the connected account. */
  @property({ reflect: true, useDefault: true }) name = '';
  /** A form that holds this element cannot be sent before an account is connected. */
  @property({ type: Boolean, reflect: true }) required = false;
  /** Replaces the transport; an HTTP client on `endpoint` unless set. */
  @property({ attribute: false }) client: ConnectionClient | undefined;
  /** Session token for the backend, or what fetches one; sent as `Authorization: Bearer`. */
  @property({ attribute: false }) sessionToken: SessionTokenSource | undefined;
  /** Pre-fills connection fields, like a subdomain or a region. */
  @property({ attribute: false }) connectionData: Readonly<Record<string, string>> | undefined;
  /** Overrides some of the texts; the rest comes from the nearest `lang`. */
  @property({ attribute: false }) messages: PartialMessages | undefined;

  readonly #internals = this.attachInternals();
  readonly #wiring = new ConnectWiring(this, this.#internals);

  /** Where the element stands: a frozen union, discriminated by `phase`. */
  get state(): ConnectState {
    return this.#wiring.flow.state;
  }

  /** The account, or null. */
  get account(): ConnectedAccount | null {
    return this.state.account;
  }

  /** Why the last attempt or action failed, or null. */
  get error(): ConnectErrorInfo | null {
    return this.state.error;
  }

  /** The form that it belongs to, or null. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** What keeps its form from being sent, as with an `<input>`. */
  get validity(): ValidityState {
    return this.#internals.validity;
  }

  /** The same in words, or ''. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  /** Whether its form asks it at all. */
  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  /** Whether its form can be sent, as far as it is concerned; else it fires `invalid`. */
  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  /** The same, and shows the user why not. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /**
   * Begins an attempt, or answers the one under way. Call it in a user gesture: the window opens before its first await.
   * Never rejects.
   */
  connect(): Promise<ConnectOutcome> {
    this.#wiring.sync();
    return this.#wiring.actions.start.connect();
  }

  /** Calls the attempt under way off. */
  cancel(): void {
    this.#wiring.flow.cancel('host');
  }

  /** Disconnects the account, without asking. Answers whether the server confirmed it; if not, `error` says why. */
  disconnect(): Promise<boolean> {
    return this.account ? this.#wiring.actions.menu.actions.disconnect(this.account) : Promise.resolve(false);
  }

  /** Focuses the trigger. */
  override focus(options?: FocusOptions): void {
    this.renderRoot?.querySelector<HTMLElement>('.trigger')?.focus(options);
  }

  /** Called by the browser: a fieldset around it was switched off or on. */
  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** Called by the browser: the element was moved to another document. */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptSheetsAgain(this.shadowRoot, ConnectAccount.elementStyles);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#wiring.sync();
  }

  protected override render(): TemplateResult {
    return renderConnectAccount(this.#wiring.view);
  }
}
