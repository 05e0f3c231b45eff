import type { ConnectFlow } from '../../core/flow/connect-flow.js';
import { type ConnectOutcome, type ConnectState, isBusy } from '../../core/flow/connect-state.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { createAttemptId } from '../../core/model/crypto.js';
import { AccountConnectStartEvent } from '../../events/account-events.js';
import type { ConnectAccount } from './connect-account.js';

/** Whether the element, or a fieldset around it, is disabled. The attribute is as of the last update. */
export function isDisabled(element: ConnectAccount): boolean {
  return element.disabled || (!element.hasAttribute('disabled') && element.matches(':disabled'));
}

/** How an attempt begins, by the page's code or by the user's click. */
export class AttemptStart {
  readonly #element: ConnectAccount;
  readonly #flow: ConnectFlow;

  constructor(element: ConnectAccount, flow: ConnectFlow) {
    this.#element = element;
    this.#flow = flow;
  }

  /** Not `async`: the window opens in the same turn as the user's click. */
  connect(): Promise<ConnectOutcome> {
    const { state, isConnected } = this.#element;
    if (!isConnected) return Promise.resolve({ status: 'cancelled', reason: 'removed' });
    if (isBusy(state)) return this.#flow.connect();
    if (state.phase === 'connected') return Promise.resolve({ status: 'connected', account: state.account });
    return this.#begin(deadAccount(state));
  }

  /** The same for an account that may be ACTIVE still: the new one takes its place. */
  reconnect(account: ConnectedAccount): void {
    if (isBusy(this.#element.state)) void this.#flow.connect();
    else void this.#begin(account);
  }

  #begin(replaces: ConnectedAccount | null): Promise<ConnectOutcome> {
    const { userId, authConfigId } = this.#element;
    const attempt = createAttemptId();
    const start = new AccountConnectStartEvent({ userId, authConfigId, attempt });
    if (isDisabled(this.#element) || !this.#element.dispatchEvent(start))
      return Promise.resolve({ status: 'cancelled', reason: 'host' });
    return this.#flow.connect(attempt, replaces);
  }
}

/** An account that will not work again. One that its user switched off will. */
function deadAccount({ account }: ConnectState): ConnectedAccount | null {
  const isDead = account && ['EXPIRED', 'REVOKED', 'FAILED'].includes(account.status);
  return isDead ? account : null;
}
