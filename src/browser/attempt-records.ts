import { tolerate } from './page-limits.js';

/** Returns what this tab keeps of an attempt. It is read when it is needed, and checked then. */
export function keptRecord(key: string): unknown {
  return readStored(() => sessionStorage, recordKey(key));
}

/** Returns the key of a record in `sessionStorage`. */
export function recordKey(key: string): string {
  return `connect-account:attempt:${key}`;
}

/** Returns a stored value, or undefined if it is malformed or the storage is denied. */
export function readStored(storage: () => Storage, key: string): unknown {
  return tolerate(() => JSON.parse(storage().getItem(key) ?? 'null'));
}
