/** The time limit in ms for each call of the host's own code: `identify`, `store`, `onExpired`. */
export const HOST_TIMEOUT_MS = 10_000;

/** The error of work that took too long. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';

  constructor(limit: number) {
    super(`No answer within ${limit} ms.`);
  }
}

/**
 * Waits for the host's own code, but not for ever: a session store that hangs would hang every request with it. The work
 * itself cannot be stopped, and what it returns later is dropped.
 *
 * @param limit in ms
 * @throws TimeLimitError
 */
export async function limitTime<Value>(work: () => Value | Promise<Value>, limit: number): Promise<Value> {
  const started = work();
  // A store in memory needs no timer.
  if (!(started instanceof Object && 'then' in started)) return started;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(limit)), limit);
  });
  try {
    return await Promise.race([started, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Says in a log what the host's code did, and where. The message is left out because it may quote the host's data. */
export function describeError(error: unknown): string {
  if (error instanceof TimeLimitError) return `did not return within ${HOST_TIMEOUT_MS / 1000} seconds`;
  return error instanceof Error ? `threw ${error.name}${placeOf(error)}` : `threw ${typeof error}`;
}

/** Returns the file and line of an error, or nothing. The stack holds the message too, which may look like a place. */
function placeOf({ message, stack = '' }: Error): string {
  const start = stack.indexOf(message);
  const frames = start < 0 ? '' : stack.slice(start + message.length);
  const [, place] = /^ +at .*?([^\s()]+:\d+:\d+)\)?$/m.exec(frames) ?? [];
  return place === undefined ? '' : ` at ${place}`;
}
