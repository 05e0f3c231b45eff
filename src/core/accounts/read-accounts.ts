import { ConnectError } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import { type AuthConfig, type ConnectedAccount, MAX_PAGE_SIZE } from '../model/connection-types.js';

/** The backend to ask, and the user to ask for. */
export interface ConnectionSource {
  readonly client: ConnectionClient;
  /** External user id. This is a claim; the backend decides. */
  readonly userId: string;
  readonly signal: AbortSignal;
}

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
  return nullIfNotOffered(client.authConfigs(ids, { userId, signal }));
}

/**
 * Returns the user's newest accounts of these auth configs, and an ACTIVE one of each however old it is.
 * @param authConfigIds at most {@link MAX_IDS_PER_REQUEST}
 * @throws {@link ConnectError}
 */
export async function readAccounts(source: ConnectionSource, authConfigIds: readonly string[]): Promise<ReadAccounts> {
  const { client, userId, signal } = source;
  const page = await nullIfNotOffered(client.list({ authConfigIds, limit: MAX_PAGE_SIZE }, { userId, signal }));
  if (!page) return { accounts: [], complete: false };
  const complete = page.nextCursor === null;
  return {
    accounts: complete ? page.items : [...page.items, ...(await readOlderActive(source, authConfigIds, page.items))],
    complete,
  };
}

/** Reads on when not all accounts fit on one page, because an ACTIVE one may be among the older ones. */
async function readOlderActive(
  { client, userId, signal }: ConnectionSource,
  authConfigIds: readonly string[],
  newest: readonly ConnectedAccount[],
): Promise<readonly ConnectedAccount[]> {
  const found: ConnectedAccount[] = [];
  const isMissing = (id: string) => ![...newest, ...found].some((account) => isActiveOf(account, id));
  const missing = authConfigIds.filter(isMissing);
  const cursors = new Set<string>();
  let cursor: string | null | undefined;
  while (cursor !== null && missing.some(isMissing)) {
    const query = {
      authConfigIds: missing,
      statuses: ['ACTIVE'],
      limit: MAX_PAGE_SIZE,
      ...(cursor && { cursor }),
    } as const;
    const page = await client.list(query, { userId, signal });
    found.push(...page.items);
    // A backend that returns the same page again and again must not cause an endless loop.
    cursor = page.nextCursor !== null && !cursors.has(page.nextCursor) ? page.nextCursor : null;
    if (cursor) cursors.add(cursor);
  }
  return found;
}

function isActiveOf({ status, authConfig }: ConnectedAccount, authConfigId: string): boolean {
  return status === 'ACTIVE' && authConfig.id === authConfigId;
}

/** Returns null on 404 and 405, which are not failures here: a backend may offer `link` and `get` only. */
async function nullIfNotOffered<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    const status = error instanceof ConnectError ? error.info.status : undefined;
    if (status === 404 || status === 405) return null;
    throw error;
  }
}
