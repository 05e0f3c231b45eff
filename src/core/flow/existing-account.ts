import type { ConnectedAccount } from '../model/connection-types.js';

/** A link lives this long, and so does the account that waits for it. @see https://docs.composio.dev/changelog */
export const LINK_LIFE = 600_000;
/** Clocks and clean-up jobs are not exact: a flow that nobody finished expires within this time of its start. */
const UNFINISHED_WITHIN = 660_000;

/** What a user's accounts of one auth config come to. */
export interface ChosenAccount {
  /** The one that counts: the newest ACTIVE one, else the newest that needs attention. */
  readonly account: ConnectedAccount | null;
  /** One that waits for its user to finish and still can. */
  readonly pending: ConnectedAccount | null;
}

/**
 * Newest wins, ACTIVE wins over everything, and a flow that nobody ever finished counts for nothing.
 * @param wallNow ms since the epoch
 */
export function chooseAccount(accounts: readonly ConnectedAccount[], wallNow: number): ChosenAccount {
  const newestFirst = [...accounts].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const active = newestFirst.find(({ status }) => status === 'ACTIVE');
  if (active) return { account: active, pending: null };
  return {
    account: newestFirst.find((account) => !isPending(account) && !wasNeverFinished(account)) ?? null,
    pending:
      newestFirst.find((account) => isPending(account) && wallNow - Date.parse(account.createdAt) < LINK_LIFE) ?? null,
  };
}

function isPending({ status }: ConnectedAccount): boolean {
  return status === 'INITIATED' || status === 'INITIALIZING';
}

/** Whether an EXPIRED account never was ACTIVE: its user left before the end. */
export function wasNeverFinished(account: ConnectedAccount): boolean {
  if (account.status !== 'EXPIRED') return false;
  if (account.wasActive !== undefined) return !account.wasActive;
  const life = Date.parse(account.updatedAt) - Date.parse(account.createdAt);
  return account.displayName === null && life <= UNFINISHED_WITHIN;
}
