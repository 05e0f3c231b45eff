import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  type AccountAction,
  type AccountChange,
  disableAccount,
  disconnectAccount,
  enableAccount,
  finishReconnect,
  refreshAccount,
  renameAccount,
} from '../core/accounts/account-actions.js';
import type { AccountsStore } from '../core/accounts/accounts-store.js';
import { type ConnectErrorInfo, toConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectedAccount } from '../core/model/connection-types.js';
import {
  AccountDisconnectedEvent,
  AccountDisconnectStartEvent,
  AccountUpdatedEvent,
} from '../events/account-events.js';
import { AccountPanelController } from './account-panel-controller.js';

/** An element that shows accounts. */
export type AccountActionsHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/** What the controller asks of its element. */
export interface AccountActionsBinding {
  store(): AccountsStore;
  /** Begins to reconnect an account. Called in the user's gesture: a window may open. */
  reconnect(account: ConnectedAccount): void;
  /** The server is being asked: what failed before is settled. */
  onStarted?(account: ConnectedAccount): void;
  /** The server confirmed it, and the event has been fired: time to say so in a live region. */
  onDone?(account: ConnectedAccount, done: AccountChange | 'disconnected'): void;
  /** The server refused, or could not be asked. */
  onFailed?(account: ConnectedAccount, failure: AccountFailure): void;
}

/** What is open beside an account: its menu, the question before a disconnect, or the form for its name. */
export type AccountPanel = 'menu' | 'confirm' | 'rename';

/** Why an action failed. */
export interface AccountFailure {
  readonly action: AccountAction;
  readonly error: ConnectErrorInfo;
  /** The name that was to be given. */
  readonly alias?: string;
}

/** Where the actions of one account stand. The same object for as long as nothing changes. */
export interface AccountActionState {
  readonly panel: AccountPanel | null;
  /** What the server is being asked for. */
  readonly busy: AccountAction | null;
  readonly failure: AccountFailure | null;
}

const IDLE: AccountActionState = Object.freeze({ panel: null, busy: null, failure: null });
const CHANGES = { enable: 'enabled', disable: 'disabled', refresh: 'refreshed' } as const;

/**
 * The actions of the accounts that an element shows: which menu is open, what is under way, what failed. Fires
 * `account-disconnect-start`, `account-disconnected` and `account-updated` on the element, each after the server's word.
 */
export class AccountActionsController implements ReactiveController {
  /** Another number whenever the state of any account has changed, so that a long list need not ask for each. */
  version = 0;
  readonly #host: AccountActionsHost;
  readonly #binding: AccountActionsBinding;
  readonly #panel: AccountPanelController;
  readonly #states = new Map<string, AccountActionState>();
  #openAccount: ConnectedAccount | null = null;

  constructor(host: AccountActionsHost, binding: AccountActionsBinding) {
    this.#host = host;
    this.#binding = binding;
    this.#panel = new AccountPanelController(
      host,
      () => this.#openAccount !== null,
      (options) => this.close(options),
    );
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close({ focus: false });
  }

  stateOf({ id }: ConnectedAccount): AccountActionState {
    return this.#states.get(id) ?? IDLE;
  }

  /** Opens the menu of an account, or closes it. */
  toggleMenu(account: ConnectedAccount, focus: 'first' | 'last' = 'first'): void {
    if (this.stateOf(account).panel) this.close();
    else this.#open(account, 'menu', focus);
  }

  /** Closes what is open. The focus goes back to the button that opened it, unless told otherwise. */
  close({ focus = true } = {}): void {
    if (!this.#openAccount) return;
    if (focus) this.#panel.returnFocus();
    this.#set(this.#openAccount, { panel: null });
    this.#openAccount = null;
  }

  /** What a click on an action does. Call it in a user gesture. */
  choose(account: ConnectedAccount, action: AccountAction): void {
    if (this.stateOf(account).busy) return;
    if (action === 'disconnect') this.#open(account, 'confirm');
    else if (action === 'rename') this.#open(account, 'rename');
    else {
      this.close();
      if (action === 'reconnect') this.#binding.reconnect(account);
      else void this.#change(account, action);
    }
  }

  /** The user answered the question. */
  async confirmDisconnect(account: ConnectedAccount): Promise<void> {
    this.close();
    await this.disconnect(account);
  }

  /** Without asking. Answers whether the server confirmed it. */
  async disconnect(account: ConnectedAccount): Promise<boolean> {
    if (this.stateOf(account).busy || !this.#fire(new AccountDisconnectStartEvent({ account }))) return false;
    const gone = await this.#ask(account, { action: 'disconnect' }, async (store) => {
      await disconnectAccount(store, account);
      return account;
    });
    if (!gone) return false;
    this.#states.delete(account.id);
    this.#fire(new AccountDisconnectedEvent({ account }));
    this.#binding.onDone?.(account, 'disconnected');
    return true;
  }

  /** Gives an account a name; `''` takes it away. What is wrong with the name shows in the form, which stays open. */
  async rename(account: ConnectedAccount, alias: string): Promise<boolean> {
    const renamed = await this.#ask(account, { action: 'rename', alias }, (store) =>
      renameAccount(store, account, alias),
    );
    if (!renamed) return false;
    if (this.#openAccount?.id === account.id) this.close();
    this.#done(renamed, 'renamed');
    return true;
  }

  /** Switches an account on again. Answers whether the server confirmed it. */
  enable(account: ConnectedAccount): Promise<boolean> {
    return this.#change(account, 'enable');
  }

  /** Does again what failed. Call it in a user gesture. */
  retry(account: ConnectedAccount): void {
    const { failure } = this.stateOf(account);
    if (!failure) return;
    if (failure.alias !== undefined) void this.rename(account, failure.alias);
    else if (failure.action === 'disconnect') void this.disconnect(account);
    else this.choose(account, failure.action);
  }

  /** Forgets what failed. */
  dismiss(account: ConnectedAccount): void {
    this.#set(account, { failure: null });
  }

  /**
   * A new account has taken the place of an old one: removes the old one and carries its name over.
   * @param change `credentials-replaced` where the user typed them here
   */
  async finishReconnect(
    previous: ConnectedAccount,
    account: ConnectedAccount,
    change: 'reconnected' | 'credentials-replaced' = 'reconnected',
  ): Promise<void> {
    const finished = await finishReconnect(this.#binding.store(), previous, account);
    const { aliasError, removalError } = finished;
    this.#done(finished.account, change);
    if (removalError) this.#fail(previous, { action: 'disconnect', error: removalError });
    // The name is kept for another try.
    if (aliasError && previous.alias)
      this.#fail(account, { action: 'rename', error: aliasError, alias: previous.alias });
  }

  async #change(account: ConnectedAccount, action: keyof typeof CHANGES): Promise<boolean> {
    const request = { enable: enableAccount, disable: disableAccount, refresh: refreshAccount }[action];
    const changed = await this.#ask(account, { action }, (store) => request(store, account));
    if (changed) this.#done(changed, CHANGES[action]);
    return changed !== null;
  }

  /** Ten clicks are one request. Answers null when it failed, or another one is under way. */
  async #ask(
    account: ConnectedAccount,
    asked: Pick<AccountFailure, 'action' | 'alias'>,
    request: (store: AccountsStore) => Promise<ConnectedAccount>,
  ): Promise<ConnectedAccount | null> {
    if (this.stateOf(account).busy) return null;
    this.#set(account, { busy: asked.action, failure: null });
    this.#binding.onStarted?.(account);
    try {
      const answered = await request(this.#binding.store());
      this.#set(account, { busy: null });
      return answered;
    } catch (thrown) {
      this.#fail(account, { ...asked, error: toConnectErrorInfo(thrown) });
      return null;
    }
  }

  #fail(account: ConnectedAccount, failure: AccountFailure): void {
    this.#set(account, { busy: null, failure: Object.freeze(failure) });
    this.#binding.onFailed?.(account, failure);
  }

  #done(account: ConnectedAccount, change: AccountChange): void {
    this.#fire(new AccountUpdatedEvent({ account, change }));
    this.#binding.onDone?.(account, change);
  }

  /** An element that has left the page says nothing more. */
  #fire(event: CustomEvent): boolean {
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
    const next = { ...this.stateOf(account), ...change };
    this.version += 1;
    if (next.panel || next.busy || next.failure) this.#states.set(account.id, Object.freeze(next));
    else this.#states.delete(account.id);
    this.#host.requestUpdate();
  }
}
