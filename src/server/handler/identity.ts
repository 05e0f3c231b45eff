import { isObject } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';
import { describeError, HOST_TIMEOUT_MS, limitTime } from '../http/time-limit.js';

/** The user who sends a request, according to the host. */
export interface Identity {
  /** The user's id in the host's database. Composio gets the same id. */
  readonly userId: string;
  /** Limits the auth configs that this user may connect. */
  readonly authConfigIds?: readonly string[];
}

/**
 * Returns the user of a request from the host's session, never from what the page claims. `context` is what the host passed to
 * the handler as its second argument; `toNodeListener` passes `{ incoming }`, the request of Node with its `session`.
 */
export type Identify<Context = unknown> = (
  request: Request,
  context: Context,
) => Promise<MaybeIdentity> | MaybeIdentity;

/** An {@link Identity} as a host has it at hand. Nobody is signed in if it is `null` or its user is. */
export type MaybeIdentity =
  | (Omit<Identity, 'userId'> & { readonly userId: string | null | undefined })
  | null
  | undefined;

/**
 * Returns the reason why a value cannot be a user's id, or `null` if it can. Composio uses `default` for everyone without an
 * id, and a comma would separate two users in a filter on the wire.
 */
export function userIdProblem(userId: unknown): string | null {
  if (typeof userId !== 'string' || userId.trim() === '') return 'must be a non-empty string';
  if (userId.trim() === 'default') return "must not be 'default', which is shared by every account without a user";
  if (userId.includes(',')) return 'must not hold a comma, which separates users on the wire';
  return null;
}

/**
 * Calls the host's `identify` and checks its result. `null` means that nobody is signed in.
 *
 * @throws RequestError 500 if `identify` throws or returns something that must not reach Composio
 */
export async function callIdentify(
  identify: Identify,
  request: Request,
  hostContext: unknown,
): Promise<Identity | null> {
  let identity: unknown;
  try {
    identity = await limitTime<unknown>(() => identify(request, hostContext), HOST_TIMEOUT_MS);
  } catch (error) {
    throw identifyError(describeError(error));
  }
  if (identity === null || identity === undefined) return null;
  if (!isObject(identity)) throw identifyError('must return { userId } or null');
  const { userId, authConfigIds } = identity;
  // Hosts write `(request) => ({ userId: session(request)?.userId })`.
  if (userId === null || userId === undefined) return null;
  const problem = userIdProblem(userId);
  if (problem !== null) throw identifyError(`returned a \`userId\` that is not valid: it ${problem}`);
  if (authConfigIds === undefined) return { userId: String(userId) };
  if (!isTextList(authConfigIds)) throw identifyError('returned `authConfigIds` that are not a list of ids');
  return { userId: String(userId), authConfigIds };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function identifyError(problem: string): RequestError {
  console.error(`connect-account: \`identify\` ${problem}.`);
  return new RequestError('internal_error', 'The server could not determine who is signed in.');
}
