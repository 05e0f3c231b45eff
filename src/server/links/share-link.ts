import { ATTEMPT_PARAMETER } from '../../core/model/callback-protocol.js';
import { sha256 } from '../../core/model/crypto.js';
import { getAuthConfig } from '../composio/auth-configs.js';
import { authConfigDisabled } from '../composio/upstream-error.js';
import type { UserContext } from '../request-context.js';
import { createCheckedLink } from './create-checked-link.js';
import { refuseUndeclaredFields } from './declared-fields.js';
import type { LinkRequest, PendingLink } from './link-request.js';
import { requireFreePlace } from './require-free-place.js';

/** ms. More than all upstream work of a request may take. */
const CREATING_TAKES = 30_000;

/**
 * A link for this request: one that an equal request of this user made and that still waits, or a new one. Equal requests
 * that come at the same time share the work too, at whatever instance, so that a page with many elements, or a nervous
 * finger, makes one account.
 */
export async function shareLink(context: UserContext, link: LinkRequest): Promise<PendingLink> {
  const key = `pending:${await nameOf(context, link)}`;
  return context.flights.run(`${key}:${link.allowMultiple}`, async () => {
    // Side by side: the user looks at an empty window meanwhile.
    const [authConfig, accounts, pending] = await Promise.all([
      getAuthConfig(context.upstream, context.toolkits, link.authConfigId),
      requireFreePlace(context, link.authConfigId, link.allowMultiple),
      context.records.read<PendingLink>(key),
    ]);
    if (authConfig.isDisabled) throw authConfigDisabled();
    refuseUndeclaredFields(link.connectionData, authConfig, 'connectionData');
    const isWaiting = accounts.some(({ id, status }) => id === pending?.accountId && status !== 'ACTIVE');
    if (pending !== null && isWaiting) return pending;
    return context.flights.run(key, () => context.turns.run(key, CREATING_TAKES, () => makeLink(pending?.accountId)));
  });

  /** @param deadId of the account whose link is noted, and waits no more */
  async function makeLink(deadId: string | undefined): Promise<PendingLink> {
    const latest = await context.records.read<PendingLink>(key);
    if (latest !== null && latest.accountId !== deadId) return latest;
    const created = await createCheckedLink(context, link);
    await context.records.write(key, created);
    return created;
  }
}

/** What makes two requests equal: all but the attempt. */
function nameOf({ identity }: UserContext, link: LinkRequest): Promise<string> {
  const page = new URL(link.callbackPage);
  page.searchParams.delete(ATTEMPT_PARAMETER);
  const data = [...link.connectionData].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify([identity.userId, link.authConfigId, page.href, link.alias ?? '', data]));
}
