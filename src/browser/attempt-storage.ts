import { isAttemptId, verifierKey } from '../core/model/callback-protocol.js';
import type { AttemptRecord, AttemptStorage } from '../core/model/ports.js';

/** A verifier that no callback page has taken by then never will be. */
const VERIFIER_LIFE = 3_600_000;
/** When which verifier was kept, so that the forgotten ones can be swept. */
const VERIFIER_TIMES = 'connect-account:verifiers';

/**
 * Records live in `sessionStorage`, with the tab; verifiers in `localStorage`, where the callback page finds them in
 * whatever window it opens. Either may be denied, even by throwing at the mere mention.
 */
export const attemptStorage: AttemptStorage = {
  load(key) {
    return asRecord(read(() => sessionStorage, recordKey(key)));
  },
  save(key, record) {
    attempt(() => sessionStorage.setItem(recordKey(key), JSON.stringify(record)));
  },
  remove(key) {
    attempt(() => sessionStorage.removeItem(recordKey(key)));
  },
  keepVerifier(id, verifier) {
    attempt(() => {
      const times = sweepVerifiers(Date.now());
      localStorage.setItem(VERIFIER_TIMES, JSON.stringify({ ...times, [id]: Date.now() }));
      localStorage.setItem(verifierKey(id), verifier);
    });
  },
};

function recordKey(key: string): string {
  return `connect-account:attempt:${key}`;
}

function sweepVerifiers(now: number): Record<string, number> {
  const times = Object.entries((read(() => localStorage, VERIFIER_TIMES) ?? {}) as Record<string, unknown>);
  const live = times.filter(([id, time]) => {
    const isLive = isAttemptId(id) && typeof time === 'number' && now - time < VERIFIER_LIFE;
    if (!isLive) localStorage.removeItem(verifierKey(id));
    return isLive;
  });
  return Object.fromEntries(live) as Record<string, number>;
}

function asRecord(value: unknown): AttemptRecord | null {
  const record = (value ?? {}) as Record<keyof AttemptRecord, unknown>;
  const { attempt: id, connectedAccountId, expiresAt, replaces, cancelled } = record;
  if (typeof id !== 'string' || typeof connectedAccountId !== 'string' || typeof expiresAt !== 'number') return null;
  const base = { attempt: id, connectedAccountId, expiresAt, cancelled: cancelled === true };
  return typeof replaces === 'string' ? { ...base, replaces } : base;
}

function read(storage: () => Storage, key: string): unknown {
  return attempt(() => JSON.parse(storage().getItem(key) ?? 'null'));
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
