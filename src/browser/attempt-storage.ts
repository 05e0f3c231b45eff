import { briefingKey, type CallbackBriefing, refusalKey } from '../core/model/callback-protocol.js';
import { BINDING_LIFETIME_MS } from '../core/model/connection-types.js';
import { createVerifier } from '../core/model/crypto.js';
import type { AttemptRecord, AttemptStorage } from '../core/model/ports.js';
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
  load(key) {
    return asRecord(read(() => sessionStorage, recordKey(key)));
  },
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
  const kept = read(() => localStorage, key) as Record<string, unknown> | null | undefined;
  return Number(kept?.['until']) > Date.now() ? (kept ?? {}) : {};
}

/** Removes what is kept no longer. */
function sweep(): void {
  for (const key of Object.keys(localStorage)) {
    const until = (read(() => localStorage, key) as { until?: unknown } | null | undefined)?.until;
    if (key.startsWith(PREFIX) && typeof until === 'number' && until <= Date.now()) localStorage.removeItem(key);
  }
}

function recordKey(key: string): string {
  return `${PREFIX}attempt:${key}`;
}

function asRecord(value: unknown): AttemptRecord | null {
  const record = (value ?? {}) as Record<keyof AttemptRecord, unknown>;
  const { attempt: id, connectedAccountId, expiresAt, replaces, cancelled } = record;
  if (typeof id !== 'string' || typeof connectedAccountId !== 'string' || typeof expiresAt !== 'number') return null;
  const base = { attempt: id, connectedAccountId, expiresAt, cancelled: cancelled === true };
  return typeof replaces === 'string' ? { ...base, replaces } : base;
}

function read(storage: () => Storage, key: string): unknown {
  return tolerate(() => JSON.parse(storage().getItem(key) ?? 'null'));
}
