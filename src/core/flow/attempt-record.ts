import { LINK_LIFETIME_MS } from '../model/connection-types.js';
import { createAttemptId } from '../model/crypto.js';
import type { AttemptRecord, AttemptStorage } from '../model/ports.js';
import type { ConnectOutcome } from './connect-state.js';
import type { LoadedConnection } from './existing-account.js';

/** The ids of the attempts that the elements of this page run now. */
export const runningAttempts = new Set<string>();

/** Removes or marks the record of an attempt that has ended. That of another attempt stays as it is. */
export function closeRecord(storage: AttemptStorage, key: string, id: string, outcome: ConnectOutcome): void {
  const record = storage.load(key);
  if (outcome.status !== 'cancelled') storage.remove(key);
  else if (record?.attempt === id) {
    // A removed element has ended its attempt, so an element that resumes it does so under another id.
    const change = outcome.reason === 'removed' ? { attempt: createAttemptId() } : { cancelled: true };
    storage.save(key, { ...record, ...change });
  }
}

/** Returns the attempt to resume: this page's own if it may still be finished, otherwise one that the server reports. */
export function resumableRecord(
  record: AttemptRecord | null,
  { account, pending }: LoadedConnection,
  allowMultiple: boolean,
  wallNow: number,
): AttemptRecord | null {
  // If the account was connected in another tab meanwhile, there is nothing left to finish.
  const isOwn = account?.id === record?.connectedAccountId || account?.id === record?.replaces;
  if (account?.status === 'ACTIVE' && !allowMultiple && !isOwn) return null;
  // Cancelling here cancels nothing in another tab, which may own the pending account.
  const isOther = record?.cancelled === true && pending !== null && pending.id !== record.connectedAccountId;
  if (record && record.expiresAt > wallNow && !isOther) {
    // An attempt that another element runs has its end there. Here it goes on under another id.
    return runningAttempts.has(record.attempt) ? { ...record, attempt: createAttemptId() } : record;
  }
  if (!pending) return null;
  const expiresAt = Date.parse(pending.createdAt) + LINK_LIFETIME_MS;
  return { attempt: createAttemptId(), connectedAccountId: pending.id, expiresAt };
}
