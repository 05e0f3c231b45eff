import { AccountsStoreController, ConnectionClientController } from '../../controllers/accounts-store-controller.js';
import { ConnectFlowController } from '../../controllers/connect-flow-controller.js';
import { FormValueController } from '../../controllers/form-value-controller.js';
import { KeptFocusController } from '../../controllers/kept-focus-controller.js';
import { MessagesController } from '../../controllers/messages-controller.js';
import type { ConnectFlow, ConnectListener } from '../../core/flow/connect-flow.js';
import { eventOfTransition } from '../../events/transition-event.js';
import { type Messages, mergeMessages } from '../../messages/messages.js';
import { announcementOf, formatForApp } from '../shared/describe-attempt.js';
import type { ConnectAccount } from './connect-account.js';
import { type ConnectView, viewOf } from './connect-view.js';
import { formValueOf } from './form-value-of.js';
import { settingsOf } from './settings-of.js';
import { UserActions } from './user-actions.js';

/** What stands behind the element's properties: its flow, its texts, and what its user does, tied together. */
export class ConnectWiring {
  readonly actions: UserActions;
  readonly #element: ConnectAccount;
  readonly #internals: ElementInternals;
  readonly #language: MessagesController;
  readonly #client: ConnectionClientController;
  readonly #store: AccountsStoreController;
  readonly #controller: ConnectFlowController;
  /** For screen readers: what has just ended well. */
  #announcement = '';

  constructor(element: ConnectAccount, internals: ElementInternals) {
    this.#element = element;
    this.#internals = internals;
    this.#language = new MessagesController(element);
    this.#client = new ConnectionClientController(element);
    this.#store = new AccountsStoreController(element, () => this.#client.current);
    this.#controller = new ConnectFlowController(element, {
      settings: () => settingsOf(element, this.#client.current, this.#store.current),
      onTransition: (...transition) => this.#onTransition(...transition),
      waitingText: () => formatForApp(this.#texts.preparing, element.state, this.#texts),
    });
    this.actions = new UserActions(element, {
      flow: this.flow,
      store: () => this.#store.current,
      messages: () => this.#texts,
      say: (text) => this.#say(text),
    });
    internals.states.add(this.flow.state.phase);
    new KeptFocusController(element);
    new FormValueController(element, internals, () => formValueOf(element, this.#texts));
  }

  get flow(): ConnectFlow {
    return this.#controller.flow;
  }

  /** Everything that is drawn. */
  get view(): ConnectView {
    const known = { messages: this.#texts, announcement: this.#announcement, actions: this.actions };
    return viewOf(this.#element, this.flow, known);
  }

  /** Hands the element's properties to the flow. */
  sync(): void {
    const { client, endpoint, userId, authConfigId, allowMultiple } = this.#element;
    this.#controller.sync([client, endpoint, userId, authConfigId, allowMultiple]);
  }

  get #texts(): Messages {
    return mergeMessages(this.#language.messages, this.#element.messages);
  }

  #say(text: string): void {
    this.#announcement = text;
    this.#element.requestUpdate();
  }

  #onTransition(...[state, previous, event]: Parameters<ConnectListener>): void {
    this.#internals.states.delete(previous.phase);
    this.#internals.states.add(state.phase);
    this.#say(event.type === 'ended' ? announcementOf(event.outcome, state, this.#texts) : '');
    const domEvent = eventOfTransition(state, previous, event);
    if (domEvent) this.#fire(domEvent);
    if (event.type === 'ended') this.actions.menu.finishReconnect(event);
  }

  /** An element that was taken out of the page is out of reach for who listens at the document: the end is told there too. */
  #fire(event: CustomEvent): void {
    this.#element.dispatchEvent(event);
    if (!this.#element.isConnected) this.#element.ownerDocument.dispatchEvent(event);
  }
}
