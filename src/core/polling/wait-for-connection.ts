import { type Clock, systemClock } from '../model/clock.js';
import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { ConnectionClient, RequestOptions } from '../model/connection-client.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { PageSignals } from '../model/ports.js';
import { Poll, statusError } from './poll.js';

/** The same as in Composio's SDK: https://docs.composio.dev/docs/authenticating-users */
const DEFAULT_TIMEOUT_MS = 60_000;

/** Signals for a script without a page: always visible, and nothing ever happens. */
const NO_PAGE: PageSignals = { visible: true, focused: true, subscribe: () => () => {} };

/** Options of {@link waitForConnection}. */
export interface WaitOptions extends RequestOptions {
  /** Default: the platform's clock. */
  readonly clock?: Clock;
}

/**
 * Polls an account until it is ACTIVE, more slowly as time passes. Temporary failures are ignored.
 * @param timeout in ms; default 60,000
 * @returns the ACTIVE account
 * @throws {@link ConnectError} `timeout` when that time has passed; `connection_failed`, `link_expired` or
 * `connection_revoked` when the account has ended in such a status; the backend's own error when it refuses (401, 403, 404
 * and the like). The reason of `signal` when that is aborted.
 */
export async function waitForConnection(
  client: Pick<ConnectionClient, 'get'>,
  connectedAccountId: string,
  timeout: number = DEFAULT_TIMEOUT_MS,
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
        async request() {
          const options = { ...request, retries: 0, signal: polling.signal };
          const account = await client.get(connectedAccountId, options);
          // An INACTIVE account may be enabled again. Composio's SDK waits for that too.
          const error = account.status === 'INACTIVE' ? null : statusError(account.status);
          if (account.status === 'ACTIVE') resolve(account);
          else if (error) reject(new ConnectError(error));
          else return false;
          return true;
        },
        onFailure(error) {
          if (error instanceof ConnectError && isTemporary(error)) return false;
          reject(error);
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

/** Counts an invalid response as temporary: it may come from a proxy that is restarting. */
function isTemporary({ info }: ConnectError): boolean {
  return info.retryable || info.code === 'invalid_response';
}

function timeoutError(connectedAccountId: string, timeout: number) {
  return connectErrorInfo('timeout', `The account ${connectedAccountId} did not become ACTIVE within ${timeout} ms.`);
}
