import { briefingKey } from '../core/model/accounts-message.js';
import { createVerifier } from '../core/model/binding-verifier.js';
import { type CallbackBriefing, refusalKey } from '../core/model/callback-protocol.js';
import { BINDING_LIFETIME_MS } from '../core/model/connection-types.js';
import type { AttemptStorage } from '../core/model/ports.js';
import { loadRecord, readStored, recordKey } from './attempt-records.js';
import { tolerate } from './page-limits.js';

/** Prefix of all keys of this package. */
const PREFIX = 'connect-account:';

/** Verifiers by scope, for a page whose storage is denied. Its elements then still share their links. */
const unstoredVerifiers = new Map<string, string>();

/**
 * Keeps records in `sessionStorage`, which lives as long as the tab, and what the callback page needs in `localStorage`, where
 * it finds it in any window. Either storage may be denied; then even its mention throws.
 */
export const attemptStorage: AttemptStorage = {
  load: loadRecord,
  save(key, record) {
    tolerate(() => sessionStorage.setItem(recordKey(key), JSON.stringify(record)));
  },
  remove(key) {
    tolerate(() => sessionStorage.removeItem(recordKey(key)));
  },
  verifier(scope) {
    const key = `${PREFIX}verifier:${scope}`;
    const kept = readKept(key)['verifier'] ?? unstoredVerifiers.get(scope);
    const verifier = typeof kept === 'string' ? kept : createVerifier();
    unstoredVerifiers.set(scope, verifier);
    keep(key, { verifier });
    return verifier;
  },
  keepBriefing(attempt, briefing) {
    tolerate(sweep);
    keep(briefingKey(attempt), briefing);
  },
  takeRefusal(attempt) {
    const { code } = readKept(refusalKey(attempt));
    tolerate(() => localStorage.removeItem(refusalKey(attempt)));
    return typeof code === 'string' ? code : null;
  },
};

function keep(key: string, value: CallbackBriefing): void {
  tolerate(() => localStorage.setItem(key, JSON.stringify({ ...value, until: Date.now() + BINDING_LIFETIME_MS })));
}

function readKept(key: string): Record<string, unknown> {
  const kept = readStored(() => localStorage, key) as Record<string, unknown> | null | undefined;
  return Number(kept?.['until']) > Date.now() ? (kept ?? {}) : {};
}

/** Removes what is kept no longer. */
function sweep(): void {
  for (const key of Object.keys(localStorage)) {
    const until = (readStored(() => localStorage, key) as { until?: unknown } | null | undefined)?.until;
    if (key.startsWith(PREFIX) && typeof until === 'number' && until <= Date.now()) localStorage.removeItem(key);
  }
}

/** A late part of the ports: what an attempt needs of the page. */
export { listenForCallback } from './callback-channel.js';
export { attemptStorage as storage };
