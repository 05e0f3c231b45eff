/**
 * A key-value store with expiry, shared by all instances of the handler. Values are plain JSON objects with `expiresAt`
 * (ms since 1970); a store that cannot expire may keep them longer. An `unstorage` instance fits as it is, a `Map` too.
 */
export type ConnectStore = {
  get(key: string): unknown;
  /**
   * `options.ttl`, in seconds, is what the drivers of unstorage know. A store that takes it for ms (`lru-cache`) forgets links
   * while they are under way, and whoever finishes them is not checked: wrap it.
   */
  set(key: string, value: StoredValue, options: { ttl: number }): unknown;
} & ({ delete(key: string): unknown } | { del(key: string): unknown } | { removeItem(key: string): unknown });

/** What is stored. */
export interface StoredValue {
  readonly expiresAt: number;
}
