import { createAttemptId } from '../model/crypto.js';
import type { AttemptStorage } from '../model/ports.js';
import type { ConnectOutcome } from './connect-state.js';

/** What is left of the record of an attempt once that has ended. */
export function settleRecord(storage: AttemptStorage, key: string, outcome: ConnectOutcome): void {
  const record = storage.load(key);
  if (outcome.status !== 'cancelled') storage.remove(key);
  else if (record && outcome.reason === 'removed') {
    // This attempt has had its end; whoever takes it up again does so under another name.
    storage.save(key, { ...record, attempt: createAttemptId() });
  } else if (record) storage.save(key, { ...record, cancelled: true });
}
