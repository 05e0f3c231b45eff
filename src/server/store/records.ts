import { isObject } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';
import { describeError, HOST_TIMEOUT_MS, limitTime } from '../http/time-limit.js';
import type { ConnectStore, StoredValue } from './store.js';

/** The host's store with prefixed keys. Expired values are never returned, and errors are logged as the store's. */
export interface Records {
  /** Returns the stored value, or `null`. */
  read<Value extends StoredValue>(key: string): Promise<Value | null>;
  write<Value extends StoredValue>(key: string, value: Value): Promise<void>;
  erase(key: string): Promise<void>;
  /**
   * Writes the value if the key is free, and returns whether it was. Two instances never both get `true`, unless the store
   * has no `setIfAbsent`: then a read and a write stand in for it.
   */
  claim<Value extends StoredValue>(key: string, value: Value): Promise<boolean>;
  /** Whether instances can agree by {@link claim}. */
  readonly isShared: boolean;
  /** Adds 1 to a counter that ends `ttl` seconds after its first step. Absent if the store has no `increment`. */
  readonly increment?: (key: string, ttl: number) => Promise<number>;
}

const PREFIX = 'connect-account:';

/** Cloudflare KV refuses less. It costs nothing: what has expired is not returned, whatever the store keeps. */
const MIN_TTL_SECONDS = 60;

/** @throws RequestError 500 from each method if the store fails or takes more than 10 seconds */
export function createRecords(store: ConnectStore): Records {
  const erase = getEraser(store);
  const read = <Value extends StoredValue>(key: string) =>
    callStore(() => store.get(PREFIX + key)).then((value) => {
      // Only this handler writes under its prefix, so the value has the shape that was written.
      return isObject(value) && Number(value['expiresAt']) > Date.now() ? (value as unknown as Value) : null;
    });
  const write = async (key: string, value: StoredValue) => {
    const ttl = Math.max(MIN_TTL_SECONDS, secondsUntil(value.expiresAt));
    await callStore(() => store.set(PREFIX + key, value, { ttl }));
  };
  return {
    read,
    write,
    isShared: store.setIfAbsent !== undefined,
    erase: async (key) => void (await callStore(() => erase(PREFIX + key))),
    async claim(key, value) {
      const claim = store.setIfAbsent?.bind(store);
      if (claim) return callStore(() => claim(PREFIX + key, value, { ttl: secondsUntil(value.expiresAt) }));
      if ((await read(key)) !== null) return false;
      await write(key, value);
      return true;
    },
    ...(store.increment && {
      increment: (key, ttl) => callStore(async () => Number(await store.increment?.(PREFIX + key, { ttl }))),
    }),
  };
}

function secondsUntil(time: number): number {
  return Math.max(1, Math.ceil((time - Date.now()) / 1000));
}

/** Returns the method that removes a key, by the name that this store has for it. */
export function getEraser(store: ConnectStore): (key: string) => unknown {
  const { delete: remove, del, removeItem } = store as Readonly<Record<string, unknown>>;
  // A wrapper may name a method that it does not have.
  const erase = [remove, del, removeItem].find((method) => typeof method === 'function') as (key: string) => unknown;
  return (key) => erase.call(store, key);
}

async function callStore<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await limitTime(work, HOST_TIMEOUT_MS);
  } catch (error) {
    throw storeError(`\`store\` ${describeError(error)}`);
  }
}

/** Logs what is wrong with the store. The browser learns nothing of it. */
export function storeError(problem: string): RequestError {
  console.error(`connect-account: ${problem}.`);
  return new RequestError('internal_error', 'The server could not reach its store.');
}
