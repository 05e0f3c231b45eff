import { ConnectError } from '../model/connect-error.js';
import type { ConnectionClient } from '../model/connection-client.js';
import type { AuthConfig, ConnectedAccount } from '../model/connection-types.js';

/** Whom to ask, and for whom. */
export interface ConnectionSource {
  readonly client: ConnectionClient;
  /** A claim: the backend decides. */
  readonly userId: string;
  readonly signal: AbortSignal;
}

/** What the backend knows of a user's accounts of some auth configs. */
export interface ReadAccounts {
  readonly accounts: readonly ConnectedAccount[];
  /** Whether these are all: an account that is missing is gone. */
  readonly complete: boolean;
}

/** As many ids as one request may name. */
export const MOST_IDS = 50;
/** Upstream's largest page. */
const PAGE = 100;

/** The auth configs of these ids, at most {@link MOST_IDS}; null where the backend does not offer them. @throws {@link ConnectError} */
export function readAuthConfigs(
  { client, userId, signal }: ConnectionSource,
  ids: readonly string[],
): Promise<readonly AuthConfig[] | null> {
  return whereOffered(client.authConfigs(ids, { userId, signal }), null);
}

/**
 * The user's newest accounts of these auth configs, at most {@link MOST_IDS}, and an ACTIVE one of each however old it is.
 * @throws {@link ConnectError}
 */
export async function readAccounts(source: ConnectionSource, authConfigIds: readonly string[]): Promise<ReadAccounts> {
  const { client, userId, signal } = source;
  const page = await whereOffered(client.list({ authConfigIds, limit: PAGE }, { userId, signal }), null);
  if (!page) return { accounts: [], complete: false };
  const complete = page.nextCursor === null;
  return {
    accounts: complete ? page.items : [...page.items, ...(await readOlderActive(source, authConfigIds, page.items))],
    complete,
  };
}

/** More accounts than fit on a page: a living one may be among the older ones. */
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
    const query = { authConfigIds: missing, statuses: ['ACTIVE'], limit: PAGE, ...(cursor && { cursor }) } as const;
    const page = await client.list(query, { userId, signal });
    found.push(...page.items);
    // A backend that answers the same page again and again shall not be asked forever.
    cursor = page.nextCursor !== null && !cursors.has(page.nextCursor) ? page.nextCursor : null;
    if (cursor) cursors.add(cursor);
  }
  return found;
}

function isActiveOf({ status, authConfig }: ConnectedAccount, authConfigId: string): boolean {
  return status === 'ACTIVE' && authConfig.id === authConfigId;
}

/** A backend may offer `link` and `get` alone; then a 404 or 405 on the other reads is no failure. */
async function whereOffered<Value, Fallback>(reading: Promise<Value>, fallback: Fallback): Promise<Value | Fallback> {
  try {
    return await reading;
  } catch (thrown) {
    const status = thrown instanceof ConnectError ? thrown.info.status : undefined;
    if (status === 404 || status === 405) return fallback;
    throw thrown;
  }
}
