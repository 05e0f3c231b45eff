import { isAttemptId, verifierKey } from '../core/model/callback-protocol.js';
import type { AttemptStorage } from '../core/model/ports.js';
import { loadRecord, readStored, recordKey } from './attempt-records.js';
import { tolerate } from './page-limits.js';

/** A verifier that no callback page has taken by then will never be taken. */
const VERIFIER_LIFETIME_MS = 3_600_000;
/** Storage key of the time at which each verifier was stored, so that old ones can be removed. */
const VERIFIER_TIMES = 'connect-account:verifiers';

/**
 * Keeps records in `sessionStorage`, which lives as long as the tab, and verifiers in `localStorage`, where the callback
 * page finds them in any window. Either storage may be denied; then even its mention throws.
 */
export const attemptStorage: AttemptStorage = {
  load: loadRecord,
  save(key, record) {
    tolerate(() => sessionStorage.setItem(recordKey(key), JSON.stringify(record)));
  },
  remove(key) {
    tolerate(() => sessionStorage.removeItem(recordKey(key)));
  },
  keepVerifier(id, verifier) {
    tolerate(() => {
      const times = sweepVerifiers(Date.now());
      localStorage.setItem(VERIFIER_TIMES, JSON.stringify({ ...times, [id]: Date.now() }));
      localStorage.setItem(verifierKey(id), verifier);
    });
  },
};

function sweepVerifiers(now: number): Record<string, number> {
  const times = Object.entries((readStored(() => localStorage, VERIFIER_TIMES) ?? {}) as Record<string, unknown>);
  const live = times.filter(([id, time]) => {
    const isLive = isAttemptId(id) && typeof time === 'number' && now - time < VERIFIER_LIFETIME_MS;
    if (!isLive) localStorage.removeItem(verifierKey(id));
    return isLive;
  });
  return Object.fromEntries(live) as Record<string, number>;
}

/** A late part of the ports: what an attempt needs of the page. */
export { listenForCallback } from './callback-channel.js';
export { attemptStorage as storage };
