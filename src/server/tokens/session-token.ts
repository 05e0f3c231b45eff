import { isLoopbackHostname } from '../../core/model/urls.js';
import { isObject, isWireId } from '../composio/wire-value.js';
import { type Identity, userIdProblem } from '../handler/identity.js';
import { unknownKey } from '../handler/options.js';
import { type SigningKeys, signingKeys, signToken, verifyToken } from './signed-token.js';

const KIND = 'connect-account-session+jwt';
const MAX_LIFETIME_SECONDS = 3600;
/** Seconds that the clock of the server that signed may be ahead. */
const CLOCK_SKEW_SECONDS = 60;
const CLAIM_NAMES: readonly (keyof SessionTokenClaims)[] = ['userId', 'authConfigIds', 'origin', 'expiresIn'];

/** What a session token says about the page that holds it. */
export interface SessionTokenClaims {
  readonly userId: string;
  /** Narrows what the page may connect. */
  readonly authConfigIds?: readonly string[];
  /** Narrows the token to pages of this origin. */
  readonly origin?: string;
  /** Like `'90s'`, `'10m'` (the default) or `'1h'` (the most). */
  readonly expiresIn?: string;
}

/**
 * Makes the token that the element's `sessionToken` sends, for pages that have no session cookie at this backend.
 *
 * @param secret as the `secret` option of `createConnectHandler`; of a list, the first signs
 * @throws Error for claims or a secret that cannot be used, in words that say the mend
 */
export async function createSessionToken(
  claims: SessionTokenClaims,
  secret: string | readonly string[],
): Promise<string> {
  checkTokenClaims(claims);
  const { userId, authConfigIds, origin, expiresIn = '10m' } = claims;
  const narrowed = { ...(authConfigIds && { authConfigIds }), ...(origin !== undefined && { origin }) };
  return signToken(KIND, { sub: userId, ...narrowed }, parseLifetime(expiresIn), signingKeys(secret));
}

function checkTokenClaims(claims: SessionTokenClaims): void {
  if (!isObject(claims)) throw optionError('needs an object of claims');
  const unknown = unknownKey(claims, CLAIM_NAMES);
  if (unknown !== undefined) throw optionError(`knows no claim \`${unknown}\`; it knows ${CLAIM_NAMES.join(', ')}`);
  const { userId, authConfigIds, origin } = claims;
  const problem = userIdProblem(userId);
  if (problem !== null) throw optionError(`was given a bad \`userId\`: ${problem}`);
  if (authConfigIds !== undefined && !(Array.isArray(authConfigIds) && authConfigIds.every(isAuthConfigId))) {
    throw optionError("needs a list of ids like 'ac_…' as `authConfigIds`");
  }
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).origin !== origin)) {
    throw optionError("needs a bare origin as `origin`, like 'https://app.example.com'");
  }
}

function isAuthConfigId(id: unknown): boolean {
  return typeof id === 'string' && isWireId(id);
}

function optionError(problem: string): Error {
  return new Error(`createSessionToken ${problem}.`);
}

/** An `identify` for {@link createSessionToken}: answers the user of a valid `Authorization: Bearer`, or `null`. */
export function identifyBySessionToken(
  secret: string | readonly string[],
): (request: Request) => Promise<Identity | null> {
  const keys = signingKeys(secret);
  return async (request) => {
    const token = /^Bearer ([\w.-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    return token === undefined ? null : readSessionToken(token, request, keys);
  };
}

async function readSessionToken(token: string, request: Request, keys: SigningKeys): Promise<Identity | null> {
  const claims = await verifyToken(KIND, token, keys);
  if (typeof claims === 'string' || claims.sub === undefined) return null;
  if ((claims.iat ?? Number.POSITIVE_INFINITY) > Date.now() / 1000 + CLOCK_SKEW_SECONDS) return null;
  const { origin, authConfigIds } = claims;
  if (origin !== undefined && origin !== pageOrigin(request)) return null;
  if (authConfigIds === undefined) return { userId: claims.sub };
  if (!Array.isArray(authConfigIds)) return null;
  return { userId: claims.sub, authConfigIds: authConfigIds.map(String) };
}

/**
 * Origin of the page that asks. Browsers leave `Origin` out of a same-origin GET only, so its page is where it was sent.
 *
 * @see https://fetch.spec.whatwg.org/#origin-header
 */
function pageOrigin(request: Request): string {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin;
  const { host, hostname } = new URL(request.url);
  // Behind a proxy that ends TLS the request arrives as http.
  return `${isLoopbackHostname(hostname) ? new URL(request.url).protocol : 'https:'}//${host}`;
}

function parseLifetime(text: string): number {
  const [, amount, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  const seconds = Number(amount) * { s: 1, m: 60, h: 3600 }[unit === 's' || unit === 'h' ? unit : 'm'];
  if (seconds > 0 && seconds <= MAX_LIFETIME_SECONDS) return seconds;
  throw optionError("needs an `expiresIn` like '90s', '10m' or '1h', and 1 hour at most");
}
