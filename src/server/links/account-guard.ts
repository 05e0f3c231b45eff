import { type ConnectedAccount, MAX_PAGE_SIZE } from '../../core/model/connection-types.js';
import { applyBinding } from '../binding/account-binding.js';
import { findLinkNote } from '../binding/link-notes.js';
import { listAccounts, setAlias } from '../composio/accounts.js';
import type { UserContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';

/**
 * Sees to it that a user connects an auth config once, unless several are wanted. Upstream has no such guard; the SDK's
 * own `link` has one, but loses the link's expiry.
 *
 * @returns the accounts that are working or waiting
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
    throw new RequestError('already_connected', 'This user has connected this auth config already.', details);
  }
  return items;
}

/**
 * Frees an alias held by an account whose flow failed or ran out. Composio keeps it taken, so that without this a user who
 * denied consent once could never connect under that name.
 *
 * @returns whether the alias was freed
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
