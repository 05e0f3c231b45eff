import type { ReactiveController, ReactiveElement } from 'lit';
import { loadRecord } from '../../browser/attempt-ports.js';
import { ConnectFlowController, type ConnectFlowOptions } from '../../controllers/connect-flow-controller.js';
import { afterMove } from '../../controllers/moves.js';
import type { ConnectSettings } from '../../core/flow/connect-settings.js';
import { isBusy, isLinked } from '../../core/flow/connect-state.js';
import { systemClock } from '../../core/model/clock.js';
import { type ConnectedAccount, isCredentialScheme, isRedirectScheme } from '../../core/model/connection-types.js';
import { createAttemptId } from '../../core/model/crypto.js';
import { AccountConnectErrorEvent, AccountConnectedEvent } from '../../events/account-events.js';

/** The attempt events that a list dispatches; its rows show the others. */
const EVENT_TYPES = [AccountConnectedEvent.type, AccountConnectErrorEvent.type];

/** The callbacks of the element for the flow of a row. */
export interface ReconnectOptions extends Pick<ConnectFlowOptions, 'settings' | 'texts' | 'onTransition'> {
  /** Resolves when the new account has taken the place of the old one. */
  finishReconnect(...accounts: Parameters<ConnectFlowOptions['finishReconnect']>): Promise<void>;
}

/** A row that is being reconnected. */
export interface Reconnect {
  readonly account: ConnectedAccount;
  readonly controller: ConnectFlowController;
  /** The client and the user of the account. */
  readonly owner: Pick<ConnectSettings, 'client' | 'userId'>;
}

/** The flows of the rows that are being reconnected. The new account of each takes the place of the old one. */
export class Reconnects implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: (account: ConnectedAccount) => ReconnectOptions;
  readonly #storageKey: (account: ConnectedAccount) => string;
  readonly #reconnects = new Map<string, Reconnect>();
  #version = 0;
  /** Accounts whose interrupted attempt was looked up already. */
  readonly #checked = new WeakSet<ConnectedAccount>();

  /** @param storageKey returns the key of the settings; it is asked for each row */
  constructor(
    host: ReactiveElement,
    options: (account: ConnectedAccount) => ReconnectOptions,
    storageKey: (account: ConnectedAccount) => string,
  ) {
    this.#host = host;
    this.#options = options;
    this.#storageKey = storageKey;
    host.addController(this);
  }

  hostUpdate(): void {
    for (const { account, owner } of [...this.#reconnects.values()]) {
      const { client, userId } = this.#options(account).settings();
      // What follows on a success must not reach another user, or another backend.
      if (client !== owner.client || userId !== owner.userId) this.cancel(account);
    }
  }

  hostDisconnected(): void {
    afterMove(this.#host, () => {
      for (const { controller } of this.#reconnects.values()) controller.dispose('removed');
      this.#reconnects.clear();
    });
  }

  /** Changes with the state of any of the flows. */
  get version(): number {
    return this.#version;
  }

  get({ id }: ConnectedAccount): Reconnect | null {
    return this.#reconnects.get(id) ?? null;
  }

  /** The row whose fields are being asked for, or null. */
  get asking(): Reconnect | null {
    const isAsking = ({ controller: { flow } }: Reconnect) =>
      flow.state.phase === 'collecting-credentials' || flow.state.phase === 'submitting';
    return [...this.#reconnects.values()].find(isAsking) ?? null;
  }

  /** Returns the accounts without the ones that are being made to replace others. Those get rows when they are connected. */
  withoutPending(accounts: readonly ConnectedAccount[]): readonly ConnectedAccount[] {
    const states = [...this.#reconnects.values()].map(({ controller }) => controller.flow.state);
    const pending = new Set(states.filter(isLinked).map(({ connectedAccountId }) => connectedAccountId));
    return pending.size > 0 ? accounts.filter(({ id }) => !pending.has(id)) : accounts;
  }

  /**
   * Cancels the attempt whose fields the user is filling in, unless its account is one of these. The form stands at a row that
   * is gone, or is to go to another one. What has been sent goes on.
   */
  stopAsking(accounts: readonly ConnectedAccount[] = []): void {
    const { asking } = this;
    if (asking?.controller.flow.state.phase !== 'collecting-credentials') return;
    if (!accounts.some(({ id }) => id === asking.account.id)) this.cancel(asking.account);
  }

  /** Starts an attempt, or focuses the window of the current one. Call it in a user gesture. */
  start(account: ConnectedAccount): void {
    const flow = this.get(account)?.controller.flow;
    if (flow && isBusy(flow.state)) void flow.connect();
    else this.#connect(account);
    this.#changed();
  }

  /** Resumes the attempts that a reload of the page interrupted. */
  resume(accounts: readonly ConnectedAccount[]): void {
    for (const account of accounts.filter((one) => !this.#checked.has(one))) {
      this.#checked.add(account);
      const record = loadRecord(this.#storageKey(account));
      const isAlive = record && !record.cancelled && record.expiresAt > systemClock.wallNow();
      if (isAlive && !this.#reconnects.has(account.id)) this.#open(account);
    }
  }

  /** Cancels the attempt of a row, or dismisses its failure. */
  cancel({ id }: ConnectedAccount): void {
    const reconnect = this.#reconnects.get(id);
    this.#reconnects.delete(id);
    reconnect?.controller.dispose('user');
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    this.#host.requestUpdate();
  }

  #connect(account: ConnectedAccount): void {
    this.get(account)?.controller.dispose('user');
    const isForm = !needsWindow(account, this.#options(account).settings());
    // There is one form, which goes where the user turns to.
    if (isForm) this.stopAsking();
    const { flow } = this.#open(account);
    const connect = () => void flow.connect(createAttemptId(), account);
    // A window can be opened only in this gesture. For a form, the auth config has to be read first.
    if (isForm) flow.subscribe((_state, _previous, event) => event.type === 'loaded' && connect());
    else connect();
  }

  #open(account: ConnectedAccount): ConnectFlowController {
    const { onTransition, finishReconnect, ...options } = this.#options(account);
    const controller = new ConnectFlowController(this.#host, {
      ...options,
      replaces: account,
      eventTypes: EVENT_TYPES,
      onTransition: (state, previous, event) => {
        const isCancelled = event.type === 'ended' && event.outcome.status === 'cancelled';
        if (isCancelled && this.get(account)?.controller === controller) this.cancel(account);
        onTransition(state, previous, event);
        this.#changed();
      },
      finishReconnect: (...accounts) => void finishReconnect(...accounts).then(() => this.cancel(account)),
    });
    this.#reconnects.set(account.id, { account, controller, owner: options.settings() });
    controller.update();
    return controller;
  }
}

/** Returns whether a window is needed. An unknown scheme most likely leads to the provider. */
function needsWindow(
  { authConfig: { authScheme } }: ConnectedAccount,
  { credentialsForm }: Pick<ConnectSettings, 'credentialsForm'>,
): boolean {
  if (authScheme === undefined || isRedirectScheme(authScheme)) return true;
  return credentialsForm === 'hosted' && isCredentialScheme(authScheme);
}
