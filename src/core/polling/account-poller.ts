import type { Clock } from '../model/clock.js';
import {
  ConnectError,
  type ConnectErrorInfo,
  connectErrorInfo,
  toConnectErrorInfo,
  wrongAccountError,
} from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { PageSignals } from '../model/ports.js';
import { linkExpiredError, Poll } from './poll.js';

/** After this many failed requests in a row the user is told; this many refusals (401, 403, 404) end the attempt. */
const MAX_CONSECUTIVE_FAILURES = 3;

/** The backend to ask, the accounts to expect, and the callbacks that tell what was found. */
export interface AccountPollerOptions {
  readonly client: Pick<ConnectionClient, 'get'>;
  readonly userId: string;
  /** The auth config that every polled account must belong to. */
  readonly authConfigId: string;
  /** Time to wait for ACTIVE, in ms. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly page: PageSignals;
  /** Called with each account that the server reports. Returns true when that settles the attempt. */
  onReport(account: ConnectedAccount): boolean;
  /** Called when several requests in a row have failed. Polling continues. */
  onRetrying(): void;
  /** Called when access is refused for good or time is up. Polling has stopped. */
  onGiveUp(error: ConnectErrorInfo): void;
}

interface PolledAccount {
  readonly poll: Poll;
  readonly controller: AbortController;
}

/**
 * Polls every account that one attempt made a link for. That is usually one. After a reload the link is gone, and a
 * backend may create another account for the next link while the first window is still open.
 */
export class AccountPoller {
  readonly #options: AccountPollerOptions;
  readonly #polled = new Map<string, PolledAccount>();
  #newest: string | null = null;

  constructor(options: AccountPollerOptions) {
    this.#options = options;
  }

  /**
   * Starts to poll an account, which decides the attempt from now on. An older account counts only once it is ACTIVE,
   * because the user may finish in either window.
   * @param lifetimeMs remaining lifetime of its link
   */
  start(connectedAccountId: string, lifetimeMs: number): void {
    this.#polled.get(connectedAccountId)?.controller.abort();
    this.#newest = connectedAccountId;
    const controller = new AbortController();
    this.#polled.set(connectedAccountId, {
      poll: this.#poll(connectedAccountId, lifetimeMs, controller.signal),
      controller,
    });
  }

  /** Asks soon, because something may have happened. */
  hint(): void {
    for (const { poll } of this.#polled.values()) poll.hint();
  }

  stop(): void {
    for (const { controller } of this.#polled.values()) controller.abort();
  }

  #poll(connectedAccountId: string, lifetimeMs: number, signal: AbortSignal): Poll {
    const { clock, page, timeout, onReport, onRetrying, onGiveUp } = this.#options;
    const isNewest = () => this.#newest === connectedAccountId;
    let failures = 0;
    let refusals = 0;
    return new Poll({
      clock,
      page,
      signal,
      deadline: clock.now() + Math.min(lifetimeMs, timeout),
      request: async () => {
        const account = await this.#get(connectedAccountId, signal);
        if (signal.aborted) return true;
        failures = 0;
        refusals = 0;
        return (isNewest() || account.status === 'ACTIVE') && onReport(account);
      },
      onFailure: (error) => {
        const info = toConnectErrorInfo(error);
        failures += 1;
        refusals = isRefusal(info) ? refusals + 1 : 0;
        const isRefused = refusals >= MAX_CONSECUTIVE_FAILURES;
        if (isRefused && isNewest()) onGiveUp(info);
        else if (failures >= MAX_CONSECUTIVE_FAILURES && isNewest()) onRetrying();
        return isRefused;
      },
      onDeadline: () => {
        if (isNewest()) onGiveUp(lifetimeMs <= timeout ? linkExpiredError() : timeoutError(timeout));
      },
    });
  }

  /** Refuses an account from a mixed-up cache, and one of another toolkit (mix-up attack, RFC 9700 §4.4). */
  async #get(connectedAccountId: string, signal: AbortSignal): Promise<ConnectedAccount> {
    const { client, userId, authConfigId } = this.#options;
    const account = await client.get(connectedAccountId, { userId, signal, retries: 0 });
    const isExpected = account.id === connectedAccountId && account.authConfig.id === authConfigId;
    if (!isExpected && !signal.aborted) throw new ConnectError(wrongAccountError());
    return account;
  }
}

/** Goes by the code as well, because a page's own client need not use HTTP. */
function isRefusal({ status, code }: ConnectErrorInfo): boolean {
  return [401, 403, 404].includes(status ?? 0) || ['unauthorized', 'forbidden', 'not_found'].includes(code);
}

function timeoutError(timeout: number): ConnectErrorInfo {
  return connectErrorInfo('timeout', `The account did not become ACTIVE within ${timeout} ms (\`timeout\`).`);
}
