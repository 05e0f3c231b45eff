import type { ConnectError } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { ConnectSettings } from './connect-settings.js';

/** The account that stands in the way of a new one (`already_connected`), where it is ACTIVE; else null. Never rejects. */
export async function standingAccount(
  { code, connectedAccountId }: ConnectError,
  { client, userId, authConfigId }: ConnectSettings,
  signal: AbortSignal,
): Promise<ConnectedAccount | null> {
  if (code !== 'already_connected' || connectedAccountId === undefined) return null;
  try {
    const account = await client.get(connectedAccountId, { userId, signal });
    const isAsked = account.id === connectedAccountId && account.authConfig.id === authConfigId;
    return isAsked && account.status === 'ACTIVE' ? account : null;
  } catch {
    // It was a courtesy to look: what is reported then is that the account stands in the way.
    return null;
  }
}
