import { ATTEMPT_PARAMETER } from '../../core/callback-protocol.js';
import type { UserContext } from '../request-context.js';
import { sha256 } from '../sha256.js';
import type { StoredValue } from '../store/connect-store.js';
import { createCheckedLink } from './create-checked-link.js';
import { requireFreePlace } from './require-free-place.js';

/** What a page asks for when it wants a link. */
export interface LinkRequest {
  readonly authConfigId: string;
  readonly callbackPage: URL;
  readonly challenge: string | undefined;
  readonly alias: string | undefined;
  readonly allowMultiple: boolean;
  readonly connectionData: ReadonlyMap<string, string>;
}

/** A link while it is alive. The URL is a bearer capability: it is kept in the store only, to be shared by equal requests. */
export interface PendingLink extends StoredValue {
  readonly accountId: string;
  /** Name of its note, to which each requester adds a challenge. */
  readonly nonce: string | null;
  readonly redirectUrl: string;
}

/**
 * A link for this request: one that an equal request of this user made and that still waits, or a new one. Equal requests
 * that come at the same time share the work too, so that a page with many elements, or a nervous finger, makes one account.
 */
export async function shareLink(context: UserContext, link: LinkRequest): Promise<PendingLink> {
  const key = `pending:${await nameOf(context, link)}`;
  return context.flights.run(`${key}:${link.allowMultiple}`, async () => {
    const accounts = await requireFreePlace(context, link.authConfigId, link.allowMultiple);
    const pending = await context.records.read<PendingLink>(key);
    const isWaiting = accounts.some(({ id, status }) => id === pending?.accountId && status !== 'ACTIVE');
    if (pending !== null && isWaiting) return pending;
    const created = await createCheckedLink(context, link);
    await context.records.write(key, created);
    return created;
  });
}

/** What makes two requests equal: all but the attempt. */
function nameOf({ identity }: UserContext, link: LinkRequest): Promise<string> {
  const page = new URL(link.callbackPage);
  page.searchParams.delete(ATTEMPT_PARAMETER);
  const data = [...link.connectionData].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify([identity.userId, link.authConfigId, page.href, link.alias ?? '', data]));
}
