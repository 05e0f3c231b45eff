import { type ConnectedAccount, MAX_PAGE_SIZE } from '../../core/model/connection-types.js';
import { applyBinding } from '../binding/account-binding.js';
import { findLinkNote } from '../binding/link-notes.js';
import { listAccounts, setAlias } from '../composio/accounts.js';
import type { UserContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';

/**
 * Asserts that the user has no account of an auth config yet, unless several are allowed. Upstream has no such check. The
 * SDK's own `link` has one, but it loses the link's expiry.
 *
 * @returns the active and pending accounts
 * @throws RequestError `already_connected`
 */
export async function assertNotConnected(
  context: UserContext,
  authConfigId: string,
  allowMultiple: boolean,
): Promise<readonly ConnectedAccount[]> {
  const { items } = await listAccounts(context.upstream, context.identity.userId, {
    auth_config_ids: [authConfigId],
    statuses: ['ACTIVE', 'INITIATED', 'INITIALIZING'],
    limit: MAX_PAGE_SIZE,
  });
  if (allowMultiple) return items;
  for (const account of items.filter(({ status }) => status === 'ACTIVE')) {
    const reviewed = await applyBinding(context, account, await findLinkNote(context, account.id));
    if (reviewed?.status !== 'ACTIVE') continue;
    const details = { connectedAccountId: account.id };
    throw new RequestError('already_connected', 'This user has already connected this auth config.', details);
  }
  return items;
}

/**
 * Frees an alias of an account whose flow failed or expired. Composio keeps the alias reserved, so that a user who denied
 * consent once could never use that name again.
 *
 * @returns `true` if the alias was freed
 */
export async function releaseDeadAlias(context: UserContext, authConfigId: string, alias: string): Promise<boolean> {
  const { items } = await listAccounts(context.upstream, context.identity.userId, {
    auth_config_ids: [authConfigId],
    statuses: ['FAILED', 'EXPIRED'],
    limit: MAX_PAGE_SIZE,
  });
  const holder = items.find(
    (account) => account.alias === alias && (account.status === 'FAILED' || account.wasActive === false),
  );
  if (holder === undefined) return false;
  await setAlias(context.upstream, holder.id, '');
  return true;
}
