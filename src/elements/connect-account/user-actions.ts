import type { ConnectFlow } from '../../core/connect-flow.js';
import type { ConnectAccount } from './connect-account.js';
import { AccountUpdatedEvent } from './connect-account-events.js';

/** What the user's clicks do. */
export class UserActions {
  readonly #element: ConnectAccount;
  readonly #flow: ConnectFlow;

  constructor(element: ConnectAccount, flow: ConnectFlow) {
    this.#element = element;
    this.#flow = flow;
  }

  /** Ten clicks on the trigger begin one attempt, and none of them ends it. */
  trigger(): void {
    const { state } = this.#element;
    if (state.phase === 'connected') return;
    const lost = state.phase === 'awaiting-authorization' && state.window !== 'open';
    if (state.phase === 'popup-blocked' || lost) this.#flow.reopen();
    else if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE') void this.#enable();
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

  async #enable(): Promise<void> {
    const account = await this.#flow.enable();
    if (account) this.#element.dispatchEvent(new AccountUpdatedEvent({ account, change: 'enabled' }));
  }

  /** The action that was clicked is about to go away, and its focus would be lost to the page. */
  #focusTrigger(): void {
    this.#element.focus();
  }
}
