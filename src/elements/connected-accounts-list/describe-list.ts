import type { AccountsListState } from '../../controllers/accounts-list-controller.js';
import { formatMessage, type Messages } from '../../messages/messages.js';

/** The status of a list; each has a custom state of the same name. */
export type ListStatus = 'loading' | 'ready' | 'empty' | 'failed';

const STATUSES: readonly ListStatus[] = ['loading', 'ready', 'empty', 'failed'];

export function listStatus({ loaded, error, accounts, hasMore }: AccountsListState): ListStatus {
  if (error) return 'failed';
  if (!loaded) return 'loading';
  return accounts.length === 0 && !hasMore ? 'empty' : 'ready';
}

/** Sets the custom state for the status of a list. */
export function showListStatus(states: CustomStateSet, state: AccountsListState): void {
  for (const status of STATUSES) states.delete(status);
  states.add(listStatus(state));
}

export function countText(count: number, { list }: Messages): string {
  return formatMessage(list.count, { count: String(count) });
}
