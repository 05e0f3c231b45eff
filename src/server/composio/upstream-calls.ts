import type { ComposioClientLike, ComposioLike, UpstreamOptions } from './composio-like.js';
import { toUpstreamError, upstreamTimeout } from './upstream-error.js';

/** The time limit for all upstream calls of one request. */
const UPSTREAM_TIMEOUT_MS = 25_000;

/** The upstream calls of one request. They share one time limit. */
export interface Upstream {
  /** @throws RequestError in place of any error of the client; `timeout` when the limit is reached */
  send<Answer>(call: (client: ComposioClientLike, options: UpstreamOptions) => PromiseLike<Answer>): Promise<Answer>;
  /** Stops the clock. Call it when the request is done. */
  end(): void;
}

/** Starts the limit with the first call, so that reading a slow body does not use it up. */
export function startUpstream(composio: ComposioLike, limit = UPSTREAM_TIMEOUT_MS): Upstream {
  const running = new Set<AbortController>();
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    isOver = true;
    for (const abort of running) abort.abort();
  };
  return {
    async send(call) {
      if (isOver) throw upstreamTimeout();
      timer ??= setTimeout(stop, limit);
      // Each call has its own signal because the client never removes its listeners.
      const abort = new AbortController();
      running.add(abort);
      try {
        const answer = call(composio.getClient(), { signal: abort.signal, timeout: limit, maxRetries: 0 });
        return await Promise.race([answer, rejectWhenAborted(abort.signal)]);
      } catch (error) {
        throw isOver ? upstreamTimeout() : toUpstreamError(error);
      } finally {
        running.delete(abort);
      }
    },
    end() {
      clearTimeout(timer);
    },
  };
}

/** The client's timeout ends with the headers. A body that never ends must not hang the request. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
