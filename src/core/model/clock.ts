/** The clock that everything waits by. */
export interface Clock {
  /** Monotonic time in ms. */
  now(): number;
  /** Wall-clock time in ms since the epoch. It may jump. */
  wallNow(): number;
  /** Calls `callback` once after `delay` ms. Returns a function that cancels it. */
  setTimeout(callback: () => void, delay: number): () => void;
}

/** The platform's clock, in a browser, a worker or a server. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  setTimeout(callback, delay) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delay` ms, or rejects with the reason of `signal`. */
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
