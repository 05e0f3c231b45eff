import type { ConnectionClient } from '../model/connection-client.js';
import { type ConnectedAccount, MAX_PAGE_SIZE } from '../model/connection-types.js';

/** The backend to ask, and the user to ask for. */
export interface ConnectionSource {
  readonly client: ConnectionClient;
  /** External user id. This is a claim; the backend decides. */
  readonly userId: string;
  readonly signal: AbortSignal;
}

/** Reads on when not all accounts fit on one page, because an ACTIVE one may be among the older ones. */
export async function readOlderActive(
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
    const page = await client.list?.(query, { userId, signal });
    if (!page) break;
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
