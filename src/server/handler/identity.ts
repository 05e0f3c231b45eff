import { isObject } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';

/** Who sends a request, as the host knows it. */
export interface Identity {
  /** The user's id in the host's database, the one that Composio is given. */
  readonly userId: string;
  /** Narrows what this user may connect. */
  readonly authConfigIds?: readonly string[];
}

/** The host's answer to "who is this?": from its session, never from what the page claims. */
export type Identify = (request: Request) => Promise<Identity | null> | Identity | null;

/**
 * Why a text cannot be a user's id, or `null`. `default` is Composio's user of everybody who named none, and a comma would
 * make two users of one in a filter on the wire.
 */
export function userIdProblem(userId: unknown): string | null {
  if (typeof userId !== 'string' || userId.trim() === '') return 'must be a non-empty string';
  if (userId.trim() === 'default') return "must not be 'default', which is shared by every account without a user";
  if (userId.includes(',')) return 'must not hold a comma, which separates users on the wire';
  return null;
}

/**
 * Asks the host who sends the request. `null` means nobody signed in.
 *
 * @throws RequestError 500 when `identify` throws or answers something that must not reach Composio
 */
export async function callIdentify(identify: Identify, request: Request): Promise<Identity | null> {
  let identity: unknown;
  try {
    identity = await identify(request);
  } catch (error) {
    // Without the message: it may quote the session.
    throw identifyError(`threw ${error instanceof Error ? error.name : typeof error}`);
  }
  if (identity === null || identity === undefined) return null;
  if (!isObject(identity)) throw identifyError('must return { userId } or null');
  const { userId, authConfigIds } = identity;
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
  return new RequestError('internal_error', 'The server could not tell who is signed in.');
}
