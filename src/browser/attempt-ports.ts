import { createVerifier } from '../core/model/binding-verifier.js';
import { CALLBACK_STORAGE_KEY, readCallbackMessage, refusalKey } from '../core/model/callback-message.js';
import { briefingKey, CALLBACK_CHANNEL, type CallbackBriefing } from '../core/model/callback-protocol.js';
import { BINDING_LIFETIME_MS } from '../core/model/connection-types.js';
import type { AttemptRecord, AttemptStorage, ListenForCallback } from '../core/model/ports.js';
import { keptRecord, recordKey } from './attempt-records.js';
import { readStored, tolerate } from './page-limits.js';

// This file is a late part of the ports: what an attempt needs of the page.

/** Prefix of all keys of this package. */
const PREFIX = 'connect-account:';

/** Returns the record of an attempt that this tab keeps, or null. */
export function loadRecord(key: string): AttemptRecord | null {
  return asRecord(keptRecord(key));
}

function asRecord(value: unknown): AttemptRecord | null {
  const record = (value ?? {}) as Record<keyof AttemptRecord, unknown>;
  const { attempt: id, connectedAccountId, expiresAt, replaces, cancelled } = record;
  if (typeof id !== 'string' || typeof connectedAccountId !== 'string' || typeof expiresAt !== 'number') return null;
  const base = { attempt: id, connectedAccountId, expiresAt, cancelled: cancelled === true };
  return typeof replaces === 'string' ? { ...base, replaces } : base;
}

/** Verifiers by scope, for a page whose storage is denied. Its elements then still share their links. */
const unstoredVerifiers = new Map<string, string>();

/**
 * Keeps records in `sessionStorage`, which lives as long as the tab, and what the callback page needs in `localStorage`, where
 * it finds it in any window. Either storage may be denied; then even its mention throws.
 */
export const storage: AttemptStorage = {
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

/**
 * Listens for the callback page of this origin. BroadcastChannel works under any COOP header. The `storage` event is an
 * extra, which WebKit drops when either page sends COOP. Any page of this origin may send such a message, so it is only a
 * hint to poll now.
 */
export const listenForCallback: ListenForCallback = (callback) => {
  const controller = new AbortController();
  const { signal } = controller;
  const onMessage = (data: unknown) => {
    const attempt = readCallbackMessage(data);
    if (attempt !== undefined) callback(attempt);
  };
  // The constructor may be missing. Firefox makes it throw if the page's storage is denied.
  const channel = tolerate(() => new BroadcastChannel(CALLBACK_CHANNEL));
  channel?.addEventListener('message', ({ data }) => onMessage(data), { signal });
  signal.addEventListener('abort', () => channel?.close());
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === CALLBACK_STORAGE_KEY && newValue) onMessage(tolerate(() => JSON.parse(newValue)));
  };
  window.addEventListener('storage', onStorage, { signal });
  return () => controller.abort();
};

/**
 * Matches apps that show pages in a web view. Providers refuse to sign people in there; Google's error is
 * `disallowed_useragent` (https://developers.google.com/identity/protocols/oauth2/policies#browsers).
 */
const WEB_VIEW = /; wv\)|FBAN|FBAV|Instagram|Line\/|LinkedInApp|MicroMessenger|Snapchat|TikTok/;
const IOS_WEB_VIEW = /\((?:iPhone|iPad|iPod)(?!.*Safari\/)/;

/** Returns whether this page is shown in a web view of an app instead of a browser. */
export function isWebView(userAgent: string = navigator.userAgent): boolean {
  return WEB_VIEW.test(userAgent) || IOS_WEB_VIEW.test(userAgent);
}
