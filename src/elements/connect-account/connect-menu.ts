import { nothing, type TemplateResult } from 'lit';
import { AccountActionsController, type AccountFailure } from '../../controllers/account-actions-controller.js';
import type { ConnectState } from '../../core/flow/connect-state.js';
import type { ConnectEvent } from '../../core/flow/connect-transition.js';
import { type ConnectedAccount, isCredentialScheme } from '../../core/model/connection-types.js';
import { type AccountMenuView, renderAccountMenu } from '../account-menu/account-menu.js';
import { failureText, formatForAccount, identityOf, renderRetry } from '../account-menu/account-view.js';
import { appName } from '../shared/describe-attempt.js';
import type { AttemptStart } from './attempt-start.js';
import type { ConnectAccount } from './connect-account.js';
import type { UserActionsBinding } from './user-actions.js';

/** The menu of `<connect-account>`, in the phases in which there is an account to act on. */
export class ConnectMenu {
  readonly actions: AccountActionsController;
  readonly #element: ConnectAccount;
  readonly #binding: UserActionsBinding;

  constructor(element: ConnectAccount, start: AttemptStart, binding: UserActionsBinding) {
    this.#element = element;
    this.#binding = binding;
    this.actions = new AccountActionsController(element, {
      store: () => binding.store(),
      reconnect: (account) => start.reconnect(account),
      onStarted: () => binding.flow.reportAction(null),
      onDone: (account, done) => binding.say(formatForAccount(binding.messages().menu[done], this.#view(account))),
      onFailed: (account, failure) => this.#onFailed(account, failure),
    });
  }

  /** Whether the menu is open, for the trigger that opens it too; null where there is none. */
  get expanded(): boolean | null {
    const account = accountToActOn(this.#element.state);
    return account && this.actions.stateOf(account).panel !== null;
  }

  render(): TemplateResult | typeof nothing {
    const account = accountToActOn(this.#element.state);
    return account ? renderAccountMenu(this.#view(account)) : nothing;
  }

  /** Which action failed, why, and what to do; '' where none did. */
  get failureText(): string {
    const account = accountToActOn(this.#element.state);
    const failure = account && this.actions.stateOf(account).failure;
    return failure ? failureText(failure, account, this.#binding.messages(), this.#view(account)) : '';
  }

  /** Try again, below the reason why an action failed. */
  renderRetry(): TemplateResult | typeof nothing {
    const account = accountToActOn(this.#element.state);
    return account ? renderRetry(this.#view(account)) : nothing;
  }

  /** A new account that takes the place of an old one has become ACTIVE. */
  finishReconnect(event: Extract<ConnectEvent, { type: 'ended' }>): void {
    const { outcome, replaces } = event;
    if (outcome.status !== 'connected' || !replaces) return;
    const change = isCredentialScheme(replaces.authConfig.authScheme) ? 'credentials-replaced' : 'reconnected';
    void this.actions.finishReconnect(replaces, outcome.account, change);
  }

  /** The form for the name says itself what is wrong with it. */
  #onFailed(account: ConnectedAccount, { error }: AccountFailure): void {
    if (this.actions.stateOf(account).panel !== 'rename') this.#binding.flow.reportAction(error);
  }

  #view(account: ConnectedAccount): AccountMenuView {
    const messages = this.#binding.messages();
    const app = appName(this.#element.state) ?? messages.unknownApp;
    return { account, identity: identityOf(account, app), app, messages, actions: this.actions };
  }
}

function accountToActOn({ phase, account }: ConnectState): ConnectedAccount | null {
  return phase === 'connected' || phase === 'needs-attention' ? account : null;
}
