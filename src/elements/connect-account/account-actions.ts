import { createAttemptId } from '../../core/binding-verifier.js';
import type { ConnectFlow } from '../../core/connect-flow.js';
import { type ConnectOutcome, isBusy } from '../../core/connect-state.js';
import type { ConnectAccount } from './connect-account.js';
import {
  AccountConnectStartEvent,
  AccountDisconnectedEvent,
  AccountDisconnectStartEvent,
  AccountUpdatedEvent,
} from './connect-account-events.js';

/** What can be done, by the page's code or by the user's clicks, each with its events. */
export class AccountActions {
  readonly #element: ConnectAccount;
  readonly #flow: ConnectFlow;

  constructor(element: ConnectAccount, flow: ConnectFlow) {
    this.#element = element;
    this.#flow = flow;
  }

  /** Not `async`: the window opens in the same turn as the user's click. */
  connect(): Promise<ConnectOutcome> {
    const { state, disabled, userId, authConfigId } = this.#element;
    if (isBusy(state)) return this.#flow.connect();
    if (state.phase === 'connected') return Promise.resolve({ status: 'connected', account: state.account });
    const attempt = createAttemptId();
    const start = new AccountConnectStartEvent({ userId, authConfigId, attempt });
    if (disabled || !this.#element.dispatchEvent(start))
      return Promise.resolve({ status: 'cancelled', reason: 'host' });
    return this.#flow.connect(attempt);
  }

  async disconnect(): Promise<boolean> {
    const { account } = this.#element;
    if (!account || !this.#element.dispatchEvent(new AccountDisconnectStartEvent({ account }))) return false;
    const gone = await this.#flow.disconnect();
    if (gone) this.#element.dispatchEvent(new AccountDisconnectedEvent({ account: gone }));
    return gone !== null;
  }

  async enable(): Promise<void> {
    const account = await this.#flow.enable();
    if (account) this.#element.dispatchEvent(new AccountUpdatedEvent({ account, change: 'enabled' }));
  }
}
