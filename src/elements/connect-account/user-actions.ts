import type { ConnectFlow } from '../../core/connect-flow.js';
import type { AccountActions } from './account-actions.js';
import type { ConnectAccount } from './connect-account.js';
import type { ConnectForm } from './connect-form.js';

/** What the user's clicks do. */
export class UserActions {
  readonly #element: ConnectAccount;
  readonly #flow: ConnectFlow;
  readonly #form: ConnectForm;
  readonly #account: AccountActions;

  constructor(element: ConnectAccount, flow: ConnectFlow, form: ConnectForm, account: AccountActions) {
    this.#account = account;
    this.#element = element;
    this.#flow = flow;
    this.#form = form;
  }

  /** Ten clicks on the trigger begin one attempt, and none of them ends it. */
  trigger(): void {
    const { state } = this.#element;
    if (state.phase === 'connected') return;
    if (state.phase === 'collecting-credentials') {
      this.#form.focus();
      return;
    }
    const lost = state.phase === 'awaiting-authorization' && state.window !== 'open';
    if (state.phase === 'popup-blocked' || lost) this.#flow.reopen();
    else if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE') void this.#account.enable();
    else void this.#element.connect();
  }

  reopen(): void {
    this.#flow.reopen();
    this.#focusTrigger();
  }

  cancel(): void {
    this.#flow.cancel('user');
    this.#focusTrigger();
  }

  /** A window with a handle is better than the link's own: it is tried first, and the link follows where that fails. */
  followLink(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (this.#flow.reopen()) event.preventDefault();
    else this.#flow.followedLink();
    this.#focusTrigger();
  }

  /** The action that was clicked is about to go away, and its focus would be lost to the page. */
  #focusTrigger(): void {
    this.#element.focus();
  }
}
