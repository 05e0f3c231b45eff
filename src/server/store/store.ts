import { z } from 'zod';
import { isObject } from '../composio/wire-value.js';

/**
 * A key-value store with expiry, shared by all instances of the handler. Values are plain JSON objects with `expiresAt`
 * (ms since 1970). A store that cannot expire values may keep them longer. An `unstorage` instance or a `Map` fits as it is.
 */
export type ConnectStore = {
  get(key: string): unknown;
  /**
   * `options.ttl` is in seconds, as in the drivers of unstorage. A store that takes it for ms (`lru-cache`) would lose the notes
   * of pending links, and their browsers would not be checked. Wrap such a store.
   */
  set(key: string, value: StoredValue, options: { ttl: number }): unknown;
} & ({ delete(key: string): unknown } | { del(key: string): unknown } | { removeItem(key: string): unknown });

/** A stored value. */
export interface StoredValue {
  readonly expiresAt: number;
}

/** Returns whether a value has the methods of a store. */
function isConnectStore(value: unknown): value is ConnectStore {
  const has = (name: string) => isObject(value) && typeof value[name] === 'function';
  return has('get') && has('set') && ['delete', 'del', 'removeItem'].some(has);
}

/** The schema of a `store` option. */
export const storeSchema = z.custom<ConnectStore>(
  isConnectStore,
  'must have get, set and one of delete, del or removeItem; an unstorage instance fits',
);

/** The pause between two sweeps. */
const SWEEP_INTERVAL_MS = 60_000;

/** Creates the default store, for a single process. Several instances need a store that they share. */
export function createMemoryStore(): ConnectStore {
  const values = new Map<string, StoredValue>();
  let sweptAt = Date.now();

  // Runs on writes instead of a timer, which would keep the process alive and is forbidden outside a request on edge runtimes.
  function sweep(): void {
    const now = Date.now();
    if (now - sweptAt < SWEEP_INTERVAL_MS) return;
    sweptAt = now;
    for (const [key, { expiresAt }] of values) if (expiresAt <= now) values.delete(key);
  }

  return {
    get: (key) => values.get(key),
    set(key, value) {
      sweep();
      values.set(key, value);
    },
    delete: (key) => values.delete(key),
  };
}
