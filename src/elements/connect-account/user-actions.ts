import type { AccountsStore } from '../../core/accounts/accounts-store.js';
import type { ConnectFlow } from '../../core/flow/connect-flow.js';
import type { Messages } from '../../messages/messages.js';
import { onMenuButtonKey } from '../account-menu/account-menu.js';
import { isLost } from '../shared/describe-attempt.js';
import { AttemptStart } from './attempt-start.js';
import type { ConnectAccount } from './connect-account.js';
import { ConnectForm } from './connect-form.js';
import { ConnectMenu } from './connect-menu.js';
import { usesSameTab } from './settings-of.js';

/** What the user's actions need of their element. */
export interface UserActionsBinding {
  readonly flow: ConnectFlow;
  store(): AccountsStore;
  messages(): Messages;
  /** For screen readers: what has just ended well. */
  say(text: string): void;
}

/** What the user's clicks do. */
export class UserActions {
  readonly start: AttemptStart;
  readonly form: ConnectForm;
  readonly menu: ConnectMenu;
  readonly #element: ConnectAccount;
  readonly #flow: ConnectFlow;

  constructor(element: ConnectAccount, binding: UserActionsBinding) {
    const { flow } = binding;
    this.#element = element;
    this.#flow = flow;
    this.start = new AttemptStart(element, flow);
    this.form = new ConnectForm(element, flow);
    this.menu = new ConnectMenu(element, this.start, binding);
  }

  /** Ten clicks on the trigger begin one attempt, and none of them ends it. */
  trigger(): void {
    const { state } = this.#element;
    if (state.phase === 'connected') {
      this.menu.actions.toggleMenu(state.account);
      return;
    }
    if (state.phase === 'collecting-credentials') {
      this.form.focus();
      return;
    }
    if (state.phase === 'popup-blocked' || isLost(state, usesSameTab(this.#element))) this.#flow.reopen();
    else if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE')
      void this.menu.actions.enable(state.account);
    else void this.#element.connect();
  }

  /** Where the trigger opens the menu, its keys do what those of a menu button do. */
  triggerKey(event: KeyboardEvent): void {
    const { state } = this.#element;
    // A key that was held down before this page had the focus is no decision of its user (cross-window forgery).
    if (event.repeat) event.preventDefault();
    if (state.phase === 'connected') onMenuButtonKey(event, state.account, this.menu.actions);
  }

  reopen(): void {
    this.#flow.reopen();
  }

  cancel(): void {
    this.#flow.cancel('user');
  }

  /** A window with a handle is better than the link's own: it is tried first, and the link follows where that fails. */
  followLink(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (this.#flow.reopen()) event.preventDefault();
    else this.#flow.followedLink();
  }
}
