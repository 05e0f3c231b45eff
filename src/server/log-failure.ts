import { UpstreamError } from './composio/upstream-error.js';
import { RequestError } from './http/request-error.js';

/**
 * What was thrown, as an answer; what the operator must know of it goes to the log. Messages do not: they may quote
 * credentials, and upstream's quote what was sent.
 */
export function reportFailure(thrown: unknown, requestId: string): RequestError {
  if (thrown instanceof UpstreamError && thrown.status >= 500) {
    const { status, slug } = thrown.refusal;
    const said =
      status === undefined ? 'could not be reached' : `answered ${status} ${/^[\w-]*$/.exec(slug)?.[0] ?? ''}`.trim();
    const hint = status === 401 || status === 403 ? '; check the API key and its permissions' : '';
    console.error(`connect-account: Composio ${said}${hint} (request ${requestId}).`);
  }
  if (thrown instanceof RequestError) return thrown;
  console.error(`connect-account: request ${requestId} failed: ${describe(thrown)}`);
  return new RequestError('internal_error', 'The server failed.');
}

/** Name and stack of an error without its message. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const frames = thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [thrown.name, ...frames].join('\n');
}
