import type { AccountsListState } from '../../core/accounts/accounts-list-state.js';
import { formatMessage, type Messages } from '../../messages/messages.js';

/** Where a list stands, as its custom states name it. */
export type ListStanding = 'loading' | 'ready' | 'empty' | 'failed';

const STANDINGS: readonly ListStanding[] = ['loading', 'ready', 'empty', 'failed'];

export function standingOf({ loaded, error, accounts, hasMore }: AccountsListState): ListStanding {
  if (error) return 'failed';
  if (!loaded) return 'loading';
  return accounts.length === 0 && !hasMore ? 'empty' : 'ready';
}

/** Sets the custom state that says where a list stands. */
export function showStanding(states: CustomStateSet, state: AccountsListState): void {
  for (const standing of STANDINGS) states.delete(standing);
  states.add(standingOf(state));
}

export function countText(count: number, { list }: Messages): string {
  return formatMessage(list.count, { count: String(count) });
}
