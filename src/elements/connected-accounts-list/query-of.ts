import type { AccountsQuery } from '../../core/accounts/list-query.js';
import type { ConnectedAccountsList } from './connected-accounts-list.js';

/** What the element's properties ask for; an attribute that was taken away asks for the default again. */
export function queryOf(element: ConnectedAccountsList): AccountsQuery {
  const { authConfigIds, toolkitSlugs, statuses, limit, orderBy } = element;
  return {
    authConfigIds: authConfigIds ?? [],
    toolkitSlugs: toolkitSlugs ?? [],
    statuses: statuses ?? [],
    limit: limit ?? 20,
    orderBy: orderBy ?? 'created_at',
  };
}
