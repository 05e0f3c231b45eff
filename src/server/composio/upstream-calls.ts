import type { ComposioClientLike, ComposioLike, UpstreamOptions } from './composio-like.js';
import { toUpstreamError, upstreamTimeout } from './upstream-error.js';

/** ms that all upstream work of one request may take. */
const UPSTREAM_TIMEOUT_MS = 25_000;

/** The way to Composio of one request: all its calls share one time limit. */
export interface Upstream {
  /** @throws RequestError in place of whatever the client throws; `timeout` when the limit is reached */
  send<Answer>(call: (client: ComposioClientLike, options: UpstreamOptions) => PromiseLike<Answer>): Promise<Answer>;
  /** To be called when the request is answered. */
  end(): void;
}

/** The limit starts with the first call, so that reading a slow body does not use it up. */
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
      // One a call: the client never takes its listener off a signal.
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

/** The client stops watching the clock once the headers are there; a body that never ends must not hang the request. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
