import type { nothing, ReactiveElement, TemplateResult } from 'lit';
import { AccountActionsController, type AccountFailure } from '../../controllers/account-actions-controller.js';
import type { BackendController } from '../../controllers/backend-controller.js';
import { backendKey, type ConnectProperties, connectSettings } from '../../controllers/connect-flow-controller.js';
import { KeptFocusController } from '../../controllers/kept-focus-controller.js';
import type { ConnectState } from '../../core/flow/connect-state.js';
import { type ConnectedAccount, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { failureText } from '../account-menu/account-failure.js';
import { type AccountWords, formatForAccount, getIdentity, toolkitName } from '../account-menu/account-view.js';
import { CredentialsPanel } from '../credentials-form/credentials-panel.js';
import { errorText, messagesFor, windowTexts } from '../shared/app-words.js';
import { statusText } from '../shared/describe-attempt.js';
import { type ReconnectOptions, Reconnects } from './reconnects.js';
import { ShownNames } from './shown-names.js';

/** The element, as far as the actions of its rows need it. */
export interface ListActionsHost
  extends ReactiveElement,
    Pick<ConnectProperties, 'userId' | 'endpoint' | 'callbackUrl' | 'mode' | 'credentialsForm' | 'connectionData'> {}

/** The backend and the texts of the element. */
export interface ListContext {
  readonly backend: Pick<BackendController, 'client' | 'store'>;
  messages(): Messages;
  /** The language of the messages. */
  language(): string;
}

/** A message about an account that has no row any more. */
export interface Notice {
  readonly identity: string;
  readonly text: string;
}

/** Handles the user's actions on the rows, and announces their results to screen readers. */
export class ListActions {
  readonly actions: AccountActionsController;
  readonly reconnects: Reconnects;
  readonly #host: ListActionsHost;
  readonly #context: ListContext;
  readonly #form: CredentialsPanel;
  #announcement = '';
  #notice: Notice | null = null;

  constructor(host: ListActionsHost, context: ListContext) {
    this.#host = host;
    this.#context = context;
    this.actions = new AccountActionsController(host, {
      store: () => context.backend.store,
      reconnect: (account) => this.reconnects.start(account),
      onDone: (account, done) => this.announce(formatForAccount(this.#messages.menu[done], accountWords(account))),
      onStarted: () => this.#forget(),
      onFailed: (failure) => this.#onFailed(failure),
      onOtherStore: () => this.#forget(),
    });
    this.reconnects = new Reconnects(
      host,
      (account) => this.#reconnectOptions(account),
      (account) => this.#storageKey(account),
    );
    this.#form = new CredentialsPanel(host, () => {
      const { asking } = this.reconnects;
      if (!asking) return null;
      const { account, controller } = asking;
      const anchor = `[data-account="${CSS.escape(account.id)}"] [data-action="reconnect"]`;
      const { connectionData: data } = host;
      return { flow: controller.flow, anchor, data, cancel: () => this.reconnects.cancel(account) };
    });
    new KeptFocusController(host, () => host.renderRoot.querySelector<HTMLElement>('.list'));
    new ShownNames(host);
  }

  /** The text of the live region. */
  get announcement(): string {
    return this.#announcement;
  }

  /** The message about an action that failed because its account is gone, or null. */
  get notice(): Notice | null {
    return this.#notice;
  }

  dismissNotice(): void {
    this.#notice = null;
    this.#host.requestUpdate();
  }

  /** A result may have the words of the one before it, and is told only if the region was empty in between. */
  #forget(): void {
    this.announce('');
    this.dismissNotice();
  }

  announce(text: string): void {
    this.#announcement = text;
    this.#host.requestUpdate();
  }

  renderForm(): TemplateResult | typeof nothing {
    return this.#form.render(this.#messages);
  }

  /**
   * Focuses the row of an account, or the list if it has no such row or a search hides it. The focus stays where the user has
   * put it in the meantime.
   */
  async focusRow(account: ConnectedAccount | undefined): Promise<void> {
    await this.#host.updateComplete;
    const { renderRoot, ownerDocument } = this.#host;
    const focused = (renderRoot as ShadowRoot).activeElement ?? ownerDocument.activeElement;
    if (focused && focused !== ownerDocument.body && !focused.matches('.list')) return;
    const row =
      account && renderRoot.querySelector<HTMLElement>(`[data-account="${CSS.escape(account.id)}"]:not([hidden])`);
    (row ?? renderRoot.querySelector<HTMLElement>('.list'))?.focus();
  }

  get #messages(): Messages {
    return this.#context.messages();
  }

  #onFailed(failure: AccountFailure): void {
    const { account, error } = failure;
    const words = accountWords(account);
    const text = failureText(failure, this.#messages, words);
    const isGone = error.code === 'not_found';
    // The form for the name tells its own failure.
    if (isGone || this.actions.getState(account).panel !== 'rename') this.announce(text);
    if (isGone) {
      // There is no row left that could show it.
      this.#notice = { identity: words.identity, text };
      this.actions.dismiss(account);
    }
  }

  #reconnectOptions(account: ConnectedAccount): ReconnectOptions {
    return {
      settings: () => {
        const { userId, endpoint, callbackUrl = '', mode, credentialsForm, connectionData } = this.#host;
        return connectSettings(
          {
            ...{ userId, endpoint, callbackUrl, mode, credentialsForm, connectionData },
            authConfigId: account.authConfig.id,
            // The account that is to be replaced may be ACTIVE.
            allowMultiple: true,
            timeout: LINK_LIFETIME_MS,
            storageKey: this.#storageKey(account),
          },
          this.#context.backend,
        );
      },
      texts: () => windowTexts(this.#messages, toolkitName(account), this.#context.language()),
      onTransition: (state) => this.#announceState(state, account),
      finishReconnect: (...accounts) => this.actions.finishReconnect(...accounts),
    };
  }

  #announceState(state: ConnectState, account: ConnectedAccount): void {
    const sameTab = this.reconnects.get(account)?.controller.sameTab;
    const messages = messagesFor(account, this.#messages);
    const text = state.error ? errorText(state.error, state, messages) : statusText(state, messages, sameTab);
    if (text) this.announce(text);
  }

  #storageKey({ id }: ConnectedAccount): string {
    return JSON.stringify([backendKey(this.#context.backend.client), this.#host.userId, id]);
  }
}

function accountWords(account: ConnectedAccount): AccountWords {
  const app = toolkitName(account);
  return { app, identity: getIdentity(account, app) };
}
