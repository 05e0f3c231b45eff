import { z } from 'zod';
import { isObject } from '../composio/wire-value.js';

/**
 * A key-value store with expiry, shared by all instances of the handler. Values are plain JSON objects with `expiresAt`
 * (ms since 1970). A store that cannot expire values may keep them longer. An `unstorage` instance or a `Map` fits as it is;
 * `redisStore` of `connect-account/redis-store.js` has the two atomic steps as well.
 */
export type ConnectStore = {
  get(key: string): unknown;
  /** `options.ttl` is in seconds, as in the drivers of unstorage. The handler refuses a store that takes it for ms. */
  set(key: string, value: StoredValue, options: StoreOptions): unknown;
  /**
   * Writes the value unless the key exists, in one atomic step, and returns whether it did. With it, instances agree exactly
   * on one link and on one delivery of a webhook. A key whose `ttl` is over does not exist.
   */
  setIfAbsent?(key: string, value: StoredValue, options: StoreOptions): Promise<boolean> | boolean;
  /**
   * Adds 1 to a counter in one atomic step and returns the result. The first call starts at 0 and sets the `ttl`, which later
   * ones leave alone. With it, instances count their limits together.
   */
  increment?(key: string, options: StoreOptions): Promise<number> | number;
} & ({ delete(key: string): unknown } | { del(key: string): unknown } | { removeItem(key: string): unknown });

/** The options of a write. */
export interface StoreOptions {
  /** In seconds. */
  readonly ttl: number;
}

/** A stored value. */
export interface StoredValue {
  readonly expiresAt: number;
}

/** Returns whether a value has the methods of a store. */
function isConnectStore(value: unknown): value is ConnectStore {
  if (!isObject(value)) return false;
  const has = (name: string) => typeof value[name] === 'function';
  const fits = (name: string) => value[name] === undefined || has(name);
  const canErase = ['delete', 'del', 'removeItem'].some(has);
  return has('get') && has('set') && canErase && fits('setIfAbsent') && fits('increment');
}

/** The schema of a `store` option. */
export const storeSchema = z.union(
  [z.literal('memory'), z.custom<ConnectStore>(isConnectStore)],
  "must have get, set and one of delete, del or removeItem, as redisStore(client) and an unstorage instance do; or be 'memory'",
);

/**
 * Returns the store of an option, `'memory'` for the memory of this process.
 *
 * @param isLocal true if only this machine is served, and so by one process
 * @throws Error if the option is missing where it is needed: the notes of links in one process would be lost with a restart,
 *   and unknown to every other instance
 */
export function chooseStore(
  caller: string,
  store: ConnectStore | 'memory' | undefined,
  isLocal: boolean,
): ConnectStore | 'memory' {
  if (store !== undefined) return store;
  if (isLocal) return 'memory';
  throw new Error(
    `${caller}: \`store\` is missing. Pass one that all instances share, like \`redisStore(client)\` of ` +
      "connect-account/redis-store.js or an unstorage instance; or `store: 'memory'` if this process serves everything alone.",
  );
}

/** The number of values that each write checks. More than one, so that the sweep is faster than the growth. */
const SWEPT_PER_WRITE = 8;

/**
 * Creates the store of a single process. Expired values are removed a few at each write: a sweep of all at once would stop
 * the process, and a timer would keep it alive and is forbidden outside a request on edge runtimes.
 */
export function createMemoryStore(): ConnectStore {
  const values = new Map<string, StoredValue>();
  let swept = values.entries();

  function sweep(now: number): void {
    for (let count = 0; count < SWEPT_PER_WRITE; count += 1) {
      const { value: entry, done } = swept.next();
      if (done) {
        swept = values.entries();
        return;
      }
      const [key, { expiresAt }] = entry;
      if (expiresAt <= now) values.delete(key);
    }
  }

  return {
    get: (key) => values.get(key),
    set(key, value) {
      sweep(Date.now());
      values.set(key, value);
    },
    delete: (key) => values.delete(key),
  };
}
