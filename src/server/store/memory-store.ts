import type { ConnectStore, StoredValue } from './connect-store.js';

/** ms between two sweeps. */
const SWEEP_INTERVAL = 60_000;

/** The default store: right for one process. Several instances need a store that they share. */
export function createMemoryStore(): ConnectStore {
  const values = new Map<string, StoredValue>();
  let sweptAt = Date.now();

  // On writes and not by a timer: a timer would keep the process alive, and edge runtimes forbid it outside a request.
  function sweep(): void {
    const now = Date.now();
    if (now - sweptAt < SWEEP_INTERVAL) return;
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
