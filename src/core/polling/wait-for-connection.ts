import { outcomeOfStatus } from '../flow/connect-state.js';
import { type Clock, systemClock } from '../model/clock.js';
import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { ConnectionClient, RequestOptions } from '../model/connection-client.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { PageSignals } from '../model/ports.js';
import { Poll } from './poll.js';

/** Like Composio's own: https://docs.composio.dev/docs/authenticating-users */
const DEFAULT_TIMEOUT = 60_000;

/** Nothing happens to a script that no one looks at. */
const NO_PAGE: PageSignals = { visible: true, focused: true, subscribe: () => () => {} };

/** How the waiting is done. */
export interface WaitOptions extends RequestOptions {
  /** Default: the platform's. */
  readonly clock?: Clock;
}

/**
 * Asks until an account is ACTIVE, less and less often. A request that fails for a passing reason ends nothing.
 * @param timeout in ms
 * @throws {@link ConnectError} `timeout` after that time; `connection_failed`, `link_expired` or `connection_revoked`
 * when the account came to such an end; the failure itself when the backend refuses to tell (401, 403, 404 and the like).
 * The reason of the signal when that is aborted.
 */
export async function waitForConnection(
  client: Pick<ConnectionClient, 'get'>,
  connectedAccountId: string,
  timeout: number = DEFAULT_TIMEOUT,
  { clock = systemClock, signal, ...request }: WaitOptions = {},
): Promise<ConnectedAccount> {
  signal?.throwIfAborted();
  const polling = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { signal: polling.signal });
      const poll = new Poll({
        clock,
        page: NO_PAGE,
        signal: polling.signal,
        deadline: clock.now() + timeout,
        async look(pollSignal) {
          const account = await client.get(connectedAccountId, { ...request, retries: 0, signal: pollSignal });
          const outcome = outcomeOfStatus(account);
          if (outcome?.status === 'connected') resolve(account);
          // Somebody may switch an INACTIVE account on again: Composio's own waits for that too.
          else if (outcome?.status === 'failed' && account.status !== 'INACTIVE')
            reject(new ConnectError(outcome.error));
          else return false;
          return true;
        },
        onFailure(thrown) {
          if (thrown instanceof ConnectError && isPassing(thrown)) return false;
          reject(thrown);
          return true;
        },
        onDeadline: () => reject(new ConnectError(timeoutError(connectedAccountId, timeout))),
      });
      poll.hint();
    });
  } finally {
    polling.abort();
  }
}

/** An answer that makes no sense may come from a proxy that is restarting. */
function isPassing({ info }: ConnectError): boolean {
  return info.retryable || info.code === 'invalid_response';
}

function timeoutError(connectedAccountId: string, timeout: number) {
  return connectErrorInfo('timeout', `The account ${connectedAccountId} did not become ACTIVE within ${timeout} ms.`);
}
