import { isObject } from '../composio/wire-value.js';
import type { ConnectStore } from './connect-store.js';

/** Whether a value has the methods of a store. */
export function isConnectStore(value: unknown): value is ConnectStore {
  const has = (name: string) => isObject(value) && typeof value[name] === 'function';
  return has('get') && has('set') && ['delete', 'del', 'removeItem'].some(has);
}

/** What to say of a value that is none. */
export const STORE_MEND = 'needs `store` with get, set and one of delete, del, removeItem; an unstorage instance fits';
