/** The one clock that everything waits by. */
export interface Clock {
  /** Monotonic, in ms. */
  now(): number;
  /** Wall clock, in ms since the epoch; may jump. */
  wallNow(): number;
  /** Calls `callback` once after `delay` ms; the answer calls it off. */
  setTimeout(callback: () => void, delay: number): () => void;
}

/** The clock of the platform: browser, worker or server. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  setTimeout(callback, delay) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delay` ms, or rejects with the signal's reason. */
export function wait(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const cancel = clock.setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delay);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
