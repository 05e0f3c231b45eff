import { listAccounts, setAlias } from '../composio/accounts.js';
import type { UserContext } from '../request-context.js';

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
    limit: 100,
  });
  const holder = items.find(
    (account) => account.alias === alias && (account.status === 'FAILED' || account.wasActive === false),
  );
  if (holder === undefined) return false;
  await setAlias(context.upstream, holder.id, '');
  return true;
}
