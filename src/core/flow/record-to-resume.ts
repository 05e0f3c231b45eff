import { createAttemptId } from '../model/crypto.js';
import type { AttemptRecord } from '../model/ports.js';
import { LINK_LIFE } from './existing-account.js';
import type { LoadedConnection } from './load-connection.js';

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
  const expiresAt = Date.parse(pending.createdAt) + LINK_LIFE;
  return { attempt: createAttemptId(), connectedAccountId: pending.id, expiresAt };
}
