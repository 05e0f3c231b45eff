import type { ReactiveController } from 'lit';
import { attemptStorage } from '../../browser/attempt-storage.js';
import { createBrowserPorts } from '../../browser/browser-ports.js';
import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import { ConnectFlow, type ConnectListener } from '../../core/flow/connect-flow.js';
import type { ConnectSettings } from '../../core/flow/connect-settings.js';
import { isBusy, isLinked } from '../../core/flow/connect-state.js';
import { systemClock } from '../../core/model/clock.js';
import { type ConnectedAccount, isCredentialScheme, isRedirectScheme } from '../../core/model/connection-types.js';
import { createAttemptId } from '../../core/model/crypto.js';
import { AccountConnectErrorEvent, AccountConnectedEvent } from '../../events/account-events.js';
import { eventOfTransition } from '../../events/transition-event.js';
import type { Messages } from '../../messages/messages.js';
import { errorText, statusText } from '../shared/describe-attempt.js';
import type { ConnectedAccountsList } from './connected-accounts-list.js';

/** What the rows being reconnected need of their element. */
export interface ReconnectsBinding {
  readonly actions: AccountActionsController;
  settings(account: ConnectedAccount): ConnectSettings;
  /** That of the settings: it is asked for each row. */
  storageKey(account: ConnectedAccount): string;
  /** What a window says until it is sent to the provider. */
  waitingText(account: ConnectedAccount): string;
  messages(): Messages;
  /** Says something in the live region. */
  announce(text: string): void;
}

/** A row that is being reconnected. */
export interface Reconnect {
  readonly account: ConnectedAccount;
  readonly flow: ConnectFlow;
}

/** One {@link ConnectFlow} for each row that is being reconnected; its new account takes the place of the old one. */
export class Reconnects implements ReactiveController {
  readonly #element: ConnectedAccountsList;
  readonly #binding: ReconnectsBinding;
  readonly #underWay = new Map<string, Reconnect>();
  #version = 0;
  /** Accounts that were looked up in the storage. */
  readonly #checked = new WeakSet<ConnectedAccount>();

  constructor(element: ConnectedAccountsList, binding: ReconnectsBinding) {
    this.#element = element;
    this.#binding = binding;
    element.addController(this);
  }

  /** A move within the page is a removal and an insertion in the same task, so wait for its end. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#element.isConnected) return;
      for (const { flow } of this.#underWay.values()) flow.stop('removed');
      this.#underWay.clear();
    });
  }

  /** Another number whenever any of them has changed. */
  get version(): number {
    return this.#version;
  }

  of({ id }: ConnectedAccount): Reconnect | null {
    return this.#underWay.get(id) ?? null;
  }

  /** The row whose fields are being asked for. */
  get asking(): Reconnect | null {
    const isAsking = ({ flow: { state } }: Reconnect) =>
      state.phase === 'collecting-credentials' || state.phase === 'submitting';
    return [...this.#underWay.values()].find(isAsking) ?? null;
  }

  /** Accounts that are being made to take the place of others have no rows of their own until they have. */
  withoutUnfinished(accounts: readonly ConnectedAccount[]): readonly ConnectedAccount[] {
    const states = [...this.#underWay.values()].map(({ flow }) => flow.state);
    const unfinished = new Set(states.filter(isLinked).map(({ connectedAccountId }) => connectedAccountId));
    return unfinished.size > 0 ? accounts.filter(({ id }) => !unfinished.has(id)) : accounts;
  }

  /** Begins, or brings the window of what is under way to the front. Call it in a user gesture. */
  begin(account: ConnectedAccount): void {
    const known = this.of(account)?.flow;
    if (known && isBusy(known.state)) void known.connect();
    else this.#connect(account);
    this.#changed();
  }

  /** Goes on with what a reload of the page interrupted. */
  resume(accounts: readonly ConnectedAccount[]): void {
    for (const account of accounts.filter((one) => !this.#checked.has(one))) {
      this.#checked.add(account);
      const record = attemptStorage.load(this.#binding.storageKey(account));
      const isAlive = record && !record.cancelled && record.expiresAt > systemClock.wallNow();
      if (isAlive && !this.#underWay.has(account.id)) this.#start(account);
    }
  }

  /** A window with a handle is better than the link's own: it is tried first, and the link follows where that fails. */
  followLink(account: ConnectedAccount, event: MouseEvent): void {
    const flow = this.of(account)?.flow;
    if (!flow || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (flow.reopen()) event.preventDefault();
    else flow.followedLink();
  }

  /** Calls it off, or puts away what is said of its failure. */
  cancel({ id }: ConnectedAccount): void {
    const reconnect = this.#underWay.get(id);
    this.#underWay.delete(id);
    reconnect?.flow.stop('user');
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    this.#element.requestUpdate();
  }

  #connect(account: ConnectedAccount): void {
    this.of(account)?.flow.stop('user');
    const flow = this.#start(account);
    const connect = () => void flow.connect(createAttemptId(), account);
    // A window can be had in this gesture only. Where keys are asked for here, the reading tells what to ask.
    if (needsWindow(account)) connect();
    else flow.subscribe((_state, _previous, event) => event.type === 'loaded' && connect());
  }

  #start(account: ConnectedAccount): ConnectFlow {
    const flow = new ConnectFlow(createBrowserPorts(() => this.#binding.waitingText(account)));
    this.#underWay.set(account.id, { account, flow });
    flow.subscribe((...transition) => this.#onTransition(account, ...transition));
    flow.start(this.#binding.settings(account));
    return flow;
  }

  #onTransition(account: ConnectedAccount, ...transition: Parameters<ConnectListener>): void {
    const [state, , event] = transition;
    const domEvent = eventOfTransition(...transition);
    const isForPage = domEvent instanceof AccountConnectedEvent || domEvent instanceof AccountConnectErrorEvent;
    if (isForPage && this.#element.isConnected) this.#element.dispatchEvent(domEvent);
    if (event.type === 'ended' && event.outcome.status === 'connected')
      void this.#finish(account, event.outcome.account);
    if (event.type === 'ended' && event.outcome.status === 'cancelled') this.#underWay.delete(account.id);
    const messages = this.#binding.messages();
    const text = state.error ? errorText(state.error, state, messages) : statusText(state, messages);
    if (text) this.#binding.announce(text);
    this.#changed();
  }

  async #finish(previous: ConnectedAccount, account: ConnectedAccount): Promise<void> {
    const change = isCredentialScheme(previous.authConfig.authScheme) ? 'credentials-replaced' : 'reconnected';
    await this.#binding.actions.finishReconnect(previous, account, change);
    this.cancel(previous);
  }
}

/** Where the scheme is not told, a visit to the provider is the most likely. */
function needsWindow({ authConfig: { authScheme } }: ConnectedAccount): boolean {
  return authScheme === undefined || isRedirectScheme(authScheme);
}
