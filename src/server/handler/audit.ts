import type { ConnectErrorCode } from '../../core/model/error-codes.js';
import { UpstreamError } from '../composio/upstream-error.js';
import { RequestError } from '../http/errors.js';

/**
 * The actions in the audit log. The handler itself does three of them: `remove_unbound` for a link that was not finished by the
 * browser that started it, `take_back_link` for one that its user began again in another browser, and `replace_account` for the
 * old account after a refresh. `account_expired` comes from Composio's webhook.
 */
export type AuditAction =
  | 'create_link'
  | 'create_account'
  | 'update_account'
  | 'refresh_account'
  | 'delete_account'
  | 'bind_browser'
  | 'remove_unbound'
  | 'take_back_link'
  | 'replace_account'
  | 'account_expired';

/** An entry of the audit log. It never holds a secret, a link or a text from upstream. */
export interface AuditEvent {
  readonly action: AuditAction;
  /** `success`, or the error code of the response */
  readonly outcome: 'success' | ConnectErrorCode;
  /** `null` if nobody was signed in, or if the request was refused before that was known */
  readonly userId: string | null;
  readonly connectedAccountId: string | null;
  readonly authConfigId: string | null;
  /** The `requestId` of the error response, if there was one. */
  readonly requestId: string;
  /** ISO 8601 */
  readonly time: string;
}

/** Passes an event to the host. Errors of the host must not change the response. */
export function emitAudit(onAudit: ((event: AuditEvent) => void) | undefined, event: AuditEvent): void {
  try {
    const returned: unknown = onAudit?.(Object.freeze(event));
    // An async function fits the type as well, and an unhandled rejection would end a Node process.
    Promise.resolve(returned).catch(() => {});
  } catch {
    // Swallowed by contract. The host has to monitor its own audit log.
  }
}

/**
 * Converts any error to the one that is sent, and logs what the operator needs. Messages are not logged: they may quote
 * credentials or the request.
 */
export function reportError(error: unknown, requestId: string): RequestError {
  if (error instanceof RequestError) {
    const problem = upstreamProblem(error);
    // The sender of the request can have caused a refusal.
    const level = error.status >= 500 ? 'error' : 'warn';
    if (problem !== null) console[level](`connect-account: Composio ${problem} (request ${requestId}).`);
    return error;
  }
  console.error(`connect-account: request ${requestId} failed: ${describe(error)}`);
  return new RequestError('internal_error', 'The server failed.');
}

/** The codes that do not say by themselves what upstream objected to. */
const LOGGED: readonly RequestError['code'][] = ['upstream_error', 'timeout', 'rate_limited', 'invalid_request'];

/** Says what upstream did, or returns `null` if the response says it already. */
function upstreamProblem(error: RequestError): string | null {
  if (!(error instanceof UpstreamError)) {
    if (error.code === 'timeout') return 'did not respond in time';
    return error.code === 'upstream_error' ? 'sent a response that cannot be used' : null;
  }
  if (!LOGGED.includes(error.code)) return null;
  const { status, slug } = error.refusal;
  if (status === undefined) return 'could not be reached';
  const hint = status === 401 || status === 403 ? '; check the API key and its permissions' : '';
  return `answered ${status} ${/^[\w-]*$/.exec(slug)?.[0] ?? ''}`.trim() + hint;
}

/** Returns the name and stack of an error without its message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [error.name, ...frames].join('\n');
}
