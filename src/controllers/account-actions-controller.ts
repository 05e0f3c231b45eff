import type { ReactiveController, ReactiveElement } from 'lit';
import {
  type AccountAction,
  actionsFor,
  disableAccount,
  disconnectAccount,
  enableAccount,
  finishReconnect,
  type OfferedChange,
  renameAccount,
} from '../core/accounts/account-actions.js';
import type { AccountsStore } from '../core/accounts/accounts-store.js';
import { type ConnectErrorInfo, toConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectedAccount } from '../core/model/connection-types.js';
import { AccountDisconnectedEvent, AccountDisconnectStartEvent, AccountUpdatedEvent } from '../events/action-events.js';
import { AccountPanelController } from './account-panel-controller.js';

/** The callbacks between the controller and its element. */
export interface AccountActionsOptions {
  store(): AccountsStore;
  /** Starts to reconnect an account. Called in the user's gesture, because a window may open. */
  reconnect(account: ConnectedAccount): void;
  /** Called before the server is asked. */
  onStarted?(): void;
  /** Called after the server confirmed the change and the event was dispatched. */
  onDone?(account: ConnectedAccount, done: OfferedChange | 'disconnected'): void;
  /** Called after the server refused, or could not be reached. */
  onFailed?(failure: AccountFailure): void;
  /** Called when the element shows the accounts of another user or backend. It hears nothing more of the earlier ones. */
  onOtherStore?(): void;
}

/** The kind of panel that is open beside an account: its menu, the question before a disconnect, or the form for its name. */
export type AccountPanel = 'menu' | 'confirm' | 'rename';

/** A failed action. */
export interface AccountFailure {
  readonly account: ConnectedAccount;
  readonly action: AccountAction;
  readonly error: ConnectErrorInfo;
  /** The name that the account was to be given. */
  readonly alias?: string;
}

/** The state of the actions of one account. The same object for as long as nothing changes. */
export interface AccountActionState {
  readonly panel: AccountPanel | null;
  /** The action that the server is being asked for. */
  readonly busy: AccountAction | null;
  readonly failure: AccountFailure | null;
}

const IDLE: AccountActionState = Object.freeze({ panel: null, busy: null, failure: null });
const CHANGES = { enable: 'enabled', disable: 'disabled' } as const;

/**
 * Runs the actions of the accounts that an element shows, and keeps which panel is open, which request runs, and what
 * failed. Dispatches `account-disconnect-start`, and after the server's answer `account-disconnected` or `account-updated`.
 */
export class AccountActionsController implements ReactiveController {
  /** Changes with the state of any account, so that a long list need not compare the state of each. */
  version = 0;
  readonly #host: ReactiveElement;
  readonly #options: AccountActionsOptions;
  readonly #panel: AccountPanelController;
  readonly #states = new Map<string, AccountActionState>();
  #openAccount: ConnectedAccount | null = null;
  /** The account whose action failed last, until another action starts. */
  #lastFailed: ConnectedAccount | null = null;
  #store: AccountsStore | null = null;

  constructor(host: ReactiveElement, options: AccountActionsOptions) {
    this.#host = host;
    this.#options = options;
    this.#panel = new AccountPanelController(
      host,
      () => this.#openAccount !== null,
      (leave) => this.close(leave),
    );
    host.addController(this);
  }

  hostUpdate(): void {
    const before = this.#current;
    this.#store = this.#options.store();
    if (this.#store === before) return;
    this.close({ focus: false });
    this.#states.clear();
    this.#lastFailed = null;
    this.#options.onOtherStore?.();
  }

  hostDisconnected(): void {
    this.close({ focus: false });
  }

  getState({ id }: ConnectedAccount): AccountActionState {
    return this.#states.get(id) ?? IDLE;
  }

  /** The failure of the last action, or null. */
  get failure(): AccountFailure | null {
    return this.#lastFailed && this.failureOf(this.#lastFailed);
  }

  /** Returns the failure of an account's action, or null. A failure that the form for the name shows is not counted. */
  failureOf(account: ConnectedAccount): AccountFailure | null {
    const { failure, panel } = this.getState(account);
    return panel === 'rename' ? null : failure;
  }

  /** Returns the actions that an account allows and the backend offers. */
  actionsFor(account: ConnectedAccount): readonly AccountAction[] {
    const store = this.#options.store();
    return actionsFor(account, (method) => store.offers(method));
  }

  /** Opens the menu of an account, or closes it. */
  toggleMenu(account: ConnectedAccount, focus: 'first' | 'last' = 'first'): void {
    if (this.getState(account).panel) this.close();
    else this.#open(account, 'menu', focus);
  }

  /** Closes the open panel. The focus returns to the button that opened it, unless `focus` is false. */
  close({ focus = true } = {}): void {
    if (!this.#openAccount) return;
    if (focus) this.#panel.returnFocus();
    this.#set(this.#openAccount, { panel: null });
    this.#openAccount = null;
  }

  /** Handles a click on an action. Call it in a user gesture. */
  choose(account: ConnectedAccount, action: AccountAction): void {
    if (this.getState(account).busy) return;
    if (action === 'disconnect') this.#open(account, 'confirm');
    else if (action === 'rename') this.#open(account, 'rename');
    else {
      this.close();
      if (action === 'reconnect') this.#options.reconnect(account);
      else void this.#change(account, action);
    }
  }

  /** Handles the user's consent to a disconnect. */
  async confirmDisconnect(account: ConnectedAccount): Promise<void> {
    this.close();
    await this.disconnect(account);
  }

  /** Disconnects an account without a question. Returns whether the server confirmed it. */
  async disconnect(account: ConnectedAccount): Promise<boolean> {
    if (this.getState(account).busy || !this.#dispatch(new AccountDisconnectStartEvent({ account }))) return false;
    const store = this.#current;
    const removed = await this.#request(store, { account, action: 'disconnect' }, async () => {
      await disconnectAccount(store, account);
      return account;
    });
    if (!removed) return false;
    this.#dispatch(new AccountDisconnectedEvent({ account }));
    if (store !== this.#store) return true;
    this.#states.delete(account.id);
    this.#options.onDone?.(account, 'disconnected');
    return true;
  }

  /** Gives an account a name; `''` removes it. The form for the name stays open until the server has accepted the name. */
  async rename(account: ConnectedAccount, alias: string): Promise<void> {
    const store = this.#current;
    const renamed = await this.#request(store, { account, action: 'rename', alias }, () =>
      renameAccount(store, account, alias),
    );
    if (!renamed) return;
    if (this.#openAccount?.id === account.id) this.close();
    this.#done(store, renamed, 'renamed');
  }

  /** Enables an account again. */
  enable(account: ConnectedAccount): Promise<void> {
    return this.#change(account, 'enable');
  }

  /** Repeats the action that failed. Call it in a user gesture. */
  retry(account: ConnectedAccount): void {
    const { failure } = this.getState(account);
    if (!failure) return;
    if (failure.alias !== undefined) void this.rename(account, failure.alias);
    else if (failure.action === 'disconnect') void this.disconnect(account);
    else this.choose(account, failure.action);
  }

  /** Forgets the failure of an account. */
  dismiss(account: ConnectedAccount): void {
    this.#set(account, { failure: null });
  }

  /**
   * Removes an account that a new one has replaced, and carries its name over.
   * @param change `credentials-replaced` where the user typed the credentials here
   */
  async finishReconnect(
    previous: ConnectedAccount,
    account: ConnectedAccount,
    change: OfferedChange = 'reconnected',
  ): Promise<void> {
    const store = this.#current;
    const finished = await finishReconnect(store, previous, account);
    const { aliasError, removalError } = finished;
    this.#done(store, finished.account, change);
    if (removalError) this.#fail(store, { account: previous, action: 'disconnect', error: removalError });
    // The name is kept for another try.
    if (aliasError && previous.alias)
      this.#fail(store, { account, action: 'rename', error: aliasError, alias: previous.alias });
  }

  /** The store of the accounts that the element shows. A request goes there, whatever the element shows at its end. */
  get #current(): AccountsStore {
    this.#store ??= this.#options.store();
    return this.#store;
  }

  async #change(account: ConnectedAccount, action: keyof typeof CHANGES): Promise<void> {
    const request = { enable: enableAccount, disable: disableAccount }[action];
    const store = this.#current;
    const changed = await this.#request(store, { account, action }, () => request(store, account));
    if (changed) this.#done(store, changed, CHANGES[action]);
  }

  /** Sends one request however often the user clicks. Returns null when it failed, or when another request is running. */
  async #request(
    store: AccountsStore,
    requested: Omit<AccountFailure, 'error'>,
    send: () => Promise<ConnectedAccount>,
  ): Promise<ConnectedAccount | null> {
    const { account, action } = requested;
    if (this.getState(account).busy) return null;
    this.#lastFailed = null;
    this.#set(account, { busy: action, failure: null });
    this.#options.onStarted?.();
    try {
      const confirmed = await send();
      if (store === this.#store) this.#set(account, { busy: null });
      return confirmed;
    } catch (error) {
      this.#fail(store, { ...requested, error: toConnectErrorInfo(error) });
      return null;
    }
  }

  #fail(store: AccountsStore, failure: AccountFailure): void {
    if (store !== this.#store) return;
    this.#lastFailed = failure.account;
    this.#set(failure.account, { busy: null, failure: Object.freeze(failure) });
    this.#options.onFailed?.(failure);
  }

  #done(store: AccountsStore, account: ConnectedAccount, change: OfferedChange): void {
    this.#dispatch(new AccountUpdatedEvent({ account, change }));
    if (store === this.#store) this.#options.onDone?.(account, change);
  }

  /** An element that has left the page dispatches nothing. */
  #dispatch(event: CustomEvent): boolean {
    return this.#host.isConnected && this.#host.dispatchEvent(event);
  }

  #open(account: ConnectedAccount, panel: AccountPanel, focus: 'first' | 'last' = 'first'): void {
    if (this.#openAccount && this.#openAccount.id !== account.id) this.close({ focus: false });
    this.#openAccount = account;
    this.#panel.focusNext(focus);
    // An earlier failure of another kind has nothing to say about what opens now.
    this.#set(account, { panel, failure: null });
  }

  #set(account: ConnectedAccount, change: Partial<AccountActionState>): void {
    const next = { ...this.getState(account), ...change };
    this.version += 1;
    if (next.panel || next.busy || next.failure) this.#states.set(account.id, Object.freeze(next));
    else this.#states.delete(account.id);
    this.#host.requestUpdate();
  }
}
