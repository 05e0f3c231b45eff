import type { ConnectError } from '../../src/core/model/connect-error.js';
import { createConnectError } from '../../src/testing/sample-data.js';
import { ScriptedClient } from '../../src/testing/scripted-client.js';

export { createAccount as connectedAccount, createAuthConfig as authConfig } from '../../src/testing/sample-data.js';

/** Returns the error for a response of this HTTP status. */
export function httpFailure(status: number, code: ConnectError['code'], retryAfter?: number): ConnectError {
  const seconds = retryAfter === undefined ? {} : { retryAfter: retryAfter / 1000 };
  return createConnectError(code, { message: `The backend answered ${status}.`, status, ...seconds });
}

/** The client that hosts use in their tests. Here a link stays open until a test ends it. */
export class MemoryClient extends ScriptedClient {
  constructor(now?: () => number) {
    super({ outcome: 'waiting', ...(now && { now }) });
  }
}
