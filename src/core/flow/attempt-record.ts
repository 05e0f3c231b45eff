import { LINK_LIFETIME_MS } from '../model/connection-types.js';
import { createAttemptId } from '../model/crypto.js';
import type { AttemptRecord, AttemptStorage } from '../model/ports.js';
import type { ConnectOutcome } from './connect-state.js';
import type { LoadedConnection } from './existing-account.js';

/** What is left of the record of an attempt once that has ended. */
export function settleRecord(storage: AttemptStorage, key: string, outcome: ConnectOutcome): void {
  const record = storage.load(key);
  if (outcome.status !== 'cancelled') storage.remove(key);
  else if (record && outcome.reason === 'removed') {
    // This attempt has had its end; whoever takes it up again does so under another name.
    storage.save(key, { ...record, attempt: createAttemptId() });
  } else if (record) storage.save(key, { ...record, cancelled: true });
}

/** This page's own attempt, if it may still be finished; else one that the server tells of. */
export function recordToResume(
  record: AttemptRecord | null,
  { account, pending }: LoadedConnection,
  allowMultiple: boolean,
  wallNow: number,
): AttemptRecord | null {
  // Connected meanwhile, in another tab: there is nothing left to finish.
  const isOwn = account?.id === record?.connectedAccountId || account?.id === record?.replaces;
  if (account?.status === 'ACTIVE' && !allowMultiple && !isOwn) return null;
  // Called off here is not called off elsewhere: what is pending may be another tab's.
  const isOther = record?.cancelled === true && pending !== null && pending.id !== record.connectedAccountId;
  if (record && record.expiresAt > wallNow && !isOther) return record;
  if (!pending) return null;
  const expiresAt = Date.parse(pending.createdAt) + LINK_LIFETIME_MS;
  return { attempt: createAttemptId(), connectedAccountId: pending.id, expiresAt };
}
