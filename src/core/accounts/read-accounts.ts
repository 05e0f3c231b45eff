import { ConnectError } from '../model/connect-error.js';
import { type AuthConfig, type ConnectedAccount, MAX_PAGE_SIZE } from '../model/connection-types.js';
import { LatePart } from '../model/late-part.js';
import type { ConnectionSource } from './read-older-accounts.js';

/** The reading of more accounts than fit on one page, which few users have. */
const olderPart = new LatePart(() => import('./read-older-accounts.js'));

/** A user's accounts of some auth configs, as the backend knows them. */
export interface ReadAccounts {
  readonly accounts: readonly ConnectedAccount[];
  /** Whether these are all accounts, so that a missing one is gone. */
  readonly complete: boolean;
}

/**
 * Returns the auth configs with these ids, or null if the backend does not offer auth configs.
 * @param ids at most {@link MAX_IDS_PER_REQUEST}
 * @throws {@link ConnectError}
 */
export function readAuthConfigs(
  { client, userId, signal }: ConnectionSource,
  ids: readonly string[],
): Promise<readonly AuthConfig[] | null> {
  return nullIfNotOffered(client.authConfigs?.(ids, { userId, signal }));
}

/**
 * Returns the user's newest accounts of these auth configs, and an ACTIVE one of each however old it is.
 * @param authConfigIds at most {@link MAX_IDS_PER_REQUEST}
 * @throws {@link ConnectError}
 */
export async function readAccounts(source: ConnectionSource, authConfigIds: readonly string[]): Promise<ReadAccounts> {
  const { client, userId, signal } = source;
  const page = await nullIfNotOffered(client.list?.({ authConfigIds, limit: MAX_PAGE_SIZE }, { userId, signal }));
  if (!page) return { accounts: [], complete: false };
  if (page.nextCursor === null) return { accounts: page.items, complete: true };
  const { readOlderActive } = await olderPart.load();
  return { accounts: [...page.items, ...(await readOlderActive(source, authConfigIds, page.items))], complete: false };
}

/** Returns null on 404 and 405, which are not failures here: a backend may offer `link` and `get` only. */
async function nullIfNotOffered<Value>(reading: Promise<Value> | undefined): Promise<Value | null> {
  try {
    return (await reading) ?? null;
  } catch (error) {
    const status = error instanceof ConnectError ? error.info.status : undefined;
    if (status === 404 || status === 405) return null;
    throw error;
  }
}
