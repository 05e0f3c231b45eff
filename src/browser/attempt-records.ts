import type { AttemptRecord } from '../core/model/ports.js';
import { tolerate } from './page-limits.js';

/** Returns the record of an attempt that this tab keeps, or null. Storage may be denied; then even its mention throws. */
export function loadRecord(key: string): AttemptRecord | null {
  return asRecord(readStored(() => sessionStorage, recordKey(key)));
}

/** Returns the key of a record in `sessionStorage`. */
export function recordKey(key: string): string {
  return `connect-account:attempt:${key}`;
}

function asRecord(value: unknown): AttemptRecord | null {
  const record = (value ?? {}) as Record<keyof AttemptRecord, unknown>;
  const { attempt: id, connectedAccountId, expiresAt, replaces, cancelled } = record;
  if (typeof id !== 'string' || typeof connectedAccountId !== 'string' || typeof expiresAt !== 'number') return null;
  const base = { attempt: id, connectedAccountId, expiresAt, cancelled: cancelled === true };
  return typeof replaces === 'string' ? { ...base, replaces } : base;
}

/** Returns a stored value, or undefined if it is malformed or the storage is denied. */
export function readStored(storage: () => Storage, key: string): unknown {
  return tolerate(() => JSON.parse(storage().getItem(key) ?? 'null'));
}
