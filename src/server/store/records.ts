import { isObject } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';
import type { ConnectStore, StoredValue } from './store.js';

/** The host's store with prefixed keys. Expired values are never returned, and errors are logged as the store's. */
export interface Records {
  /** Returns the stored value, or `null`. */
  read<Value extends StoredValue>(key: string): Promise<Value | null>;
  write<Value extends StoredValue>(key: string, value: Value): Promise<void>;
  erase(key: string): Promise<void>;
}

const PREFIX = 'connect-account:';

/** @throws RequestError 500 from each method if the store fails */
export function createRecords(store: ConnectStore): Records {
  const erase = getEraser(store);
  return {
    read: <Value extends StoredValue>(key: string) =>
      reportStoreError(async () => {
        const value = await store.get(PREFIX + key);
        // Only this handler writes under its prefix, so the value has the shape that was written.
        return isObject(value) && Number(value['expiresAt']) > Date.now() ? (value as unknown as Value) : null;
      }),
    write: (key, value) =>
      reportStoreError(async () => {
        const ttl = Math.max(1, Math.ceil((value.expiresAt - Date.now()) / 1000));
        await store.set(PREFIX + key, value, { ttl });
      }),
    erase: (key) =>
      reportStoreError(async () => {
        await erase(PREFIX + key);
      }),
  };
}

function getEraser(store: ConnectStore): (key: string) => unknown {
  if ('delete' in store) return (key) => store.delete(key);
  if ('del' in store) return (key) => store.del(key);
  return (key) => store.removeItem(key);
}

async function reportStoreError<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    console.error(`connect-account: \`store\` threw ${error instanceof Error ? error.name : typeof error}.`);
    throw new RequestError('internal_error', 'The server could not reach its store.');
  }
}
