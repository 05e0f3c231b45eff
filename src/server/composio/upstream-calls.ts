import type { ComposioClientLike, ComposioLike, UpstreamOptions } from './composio-like.js';
import { toUpstreamError, upstreamTimeout } from './upstream-error.js';

/** The time limit for all upstream calls of one request. */
const UPSTREAM_TIMEOUT_MS = 25_000;

/** The upstream calls of one request. They share one time limit. */
export interface Upstream {
  /**
   * @param options `isShared`: other requests wait for the same answer, so the call does not end with its client
   * @throws RequestError in place of any error of the client; `timeout` when the limit is reached
   */
  send<Answer>(
    call: (client: ComposioClientLike, options: UpstreamOptions) => PromiseLike<Answer>,
    options?: { readonly isShared?: boolean },
  ): Promise<Answer>;
  /** Stops the clock. Call it when the request is done. */
  end(): void;
}

/** The limits of a request's upstream calls. */
export interface UpstreamLimits {
  /** In ms. */
  readonly limit?: number;
  /** Aborted when the client has gone. Only reads end with it: a write may be half done. */
  readonly clientSignal?: AbortSignal | undefined;
}

/** Starts the limit with the first call, so that reading a slow body does not use it up. */
export function startUpstream(
  composio: ComposioLike,
  { limit = UPSTREAM_TIMEOUT_MS, clientSignal }: UpstreamLimits = {},
): Upstream {
  const running = new Set<{ readonly abort: AbortController; readonly isShared: boolean }>();
  let isOver = false;
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    isOver = true;
    for (const { abort } of running) abort.abort();
  };
  const leave = () => {
    for (const { abort, isShared } of running) if (!isShared) abort.abort();
  };
  /** What outlives its request, because others wait for it, keeps the limit. */
  const stopClock = () => {
    if (isEnded && running.size === 0) clearTimeout(timer);
  };
  return {
    async send(call, { isShared = false } = {}) {
      if (isOver || (clientSignal?.aborted && !isShared)) throw upstreamTimeout();
      // Most requests of those who wait make no call of their own.
      if (timer === undefined) clientSignal?.addEventListener('abort', leave);
      timer ??= setTimeout(stop, limit);
      // Each call has its own signal because the client never removes its listeners.
      const current = { abort: new AbortController(), isShared };
      const { signal } = current.abort;
      running.add(current);
      try {
        const answer = call(composio.getClient(), { signal, timeout: limit, maxRetries: 0 });
        return await Promise.race([answer, rejectWhenAborted(signal)]);
      } catch (error) {
        throw signal.aborted ? upstreamTimeout() : toUpstreamError(error);
      } finally {
        running.delete(current);
        stopClock();
      }
    },
    end() {
      if (timer === undefined) return;
      isEnded = true;
      stopClock();
      clientSignal?.removeEventListener('abort', leave);
    },
  };
}

/**
 * Like `Promise.all`, but waits for all even if one fails. On Workers a response ends the calls of its request that still run,
 * and other requests may wait for one of them.
 */
export async function waitForAll<const Work extends readonly Promise<unknown>[]>(work: Work) {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** The client's timeout ends with the headers. A body that never ends must not hang the request. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
