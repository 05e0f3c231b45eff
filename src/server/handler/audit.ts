import type { ConnectErrorCode } from '../../core/model/connect-error.js';
import { UpstreamError } from '../composio/upstream-error.js';
import { RequestError } from '../http/errors.js';

/**
 * What can happen to an account. `remove_unbound` and `disable_unbound` are the handler's own doing, on links that nobody or
 * somebody else finished; `account_expired` is what Composio's webhook says.
 */
export type AuditAction =
  | 'create_link'
  | 'create_account'
  | 'update_account'
  | 'refresh_account'
  | 'delete_account'
  | 'bind_browser'
  | 'remove_unbound'
  | 'disable_unbound'
  | 'account_expired';

/** Who did what to which account, with what outcome. Never holds a secret, a link or a text of upstream. */
export interface AuditEvent {
  readonly action: AuditAction;
  /** `success`, or the code that the request was refused with */
  readonly outcome: 'success' | ConnectErrorCode;
  /** `null` when nobody was signed in, or it was not asked yet */
  readonly userId: string | null;
  readonly connectedAccountId: string | null;
  readonly authConfigId: string | null;
  /** The one in the error answer, if there was one. */
  readonly requestId: string;
  /** ISO 8601 */
  readonly time: string;
}

/** Hands an event to the host. What the host throws must not change the answer. */
export function emitAudit(onAudit: ((event: AuditEvent) => void) | undefined, event: AuditEvent): void {
  try {
    const returned: unknown = onAudit?.(Object.freeze(event));
    // An async function fits the type too, and its rejection would end a Node process.
    Promise.resolve(returned).catch(() => {});
  } catch {
    // Swallowed by contract: an audit log that is down is the host's to notice.
  }
}

/**
 * What was thrown, as an answer; what the operator must know of it goes to the log. Messages do not: they may quote
 * credentials, and upstream's quote what was sent.
 */
export function reportError(error: unknown, requestId: string): RequestError {
  if (error instanceof UpstreamError && error.status >= 500) {
    const { status, slug } = error.refusal;
    const said =
      status === undefined ? 'could not be reached' : `answered ${status} ${/^[\w-]*$/.exec(slug)?.[0] ?? ''}`.trim();
    const hint = status === 401 || status === 403 ? '; check the API key and its permissions' : '';
    console.error(`connect-account: Composio ${said}${hint} (request ${requestId}).`);
  }
  if (error instanceof RequestError) return error;
  console.error(`connect-account: request ${requestId} failed: ${describe(error)}`);
  return new RequestError('internal_error', 'The server failed.');
}

/** Name and stack of an error without its message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [error.name, ...frames].join('\n');
}
