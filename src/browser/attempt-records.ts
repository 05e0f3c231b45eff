import { readStored } from './page-limits.js';

/** Returns what this tab keeps of an attempt. It is read when it is needed, and checked then. */
export function keptRecord(key: string): unknown {
  return readStored(() => sessionStorage, recordKey(key));
}

/** Returns the key of a record in `sessionStorage`. */
export function recordKey(key: string): string {
  return `connect-account:attempt:${key}`;
}
