import { z } from 'zod';
import { isLoopbackHostname } from '../../core/model/urls.js';
import { isWireId } from '../composio/wire-value.js';
import { type Identity, userIdProblem } from '../handler/identity.js';
import { parseOptions } from '../handler/parse-options.js';
import { type SigningKeys, signingKeys, signToken, verifyToken } from './signed-token.js';

const KIND = 'connect-account-session+jwt';
const MAX_LIFETIME_SECONDS = 3600;
const DEFAULT_LIFETIME_SECONDS = 600;
/** The clock of the server that signed may be ahead by this much. */
const CLOCK_SKEW_SECONDS = 60;

/** The claims of a session token. */
export interface SessionTokenClaims {
  readonly userId: string;
  /** Limits the auth configs that the page may connect. */
  readonly authConfigIds?: readonly string[];
  /** Limits the token to pages of this origin. */
  readonly origin?: string;
  /** A lifetime like `'90s'`, `'10m'` (the default) or `'1h'` (the maximum). */
  readonly expiresIn?: string;
}

const LIFETIME_RULE = "must be a lifetime like '90s', '10m' or '1h', and at most 1 hour";
const IDS_RULE = "must be a list of ids like 'ac_…'";

const claimsSchema = z.strictObject({
  userId: z.custom<string>((userId) => userIdProblem(userId) === null, {
    error: ({ input }) => userIdProblem(input) ?? undefined,
  }),
  authConfigIds: z.array(z.string(IDS_RULE).refine(isWireId, IDS_RULE), IDS_RULE).optional(),
  origin: z
    .custom<string>(
      (origin) => typeof origin === 'string' && URL.canParse(origin) && new URL(origin).origin === origin,
      "must be an origin without a path, like 'https://app.example.com'",
    )
    .optional(),
  expiresIn: z
    .string(LIFETIME_RULE)
    .transform(parseLifetime)
    .refine((seconds) => seconds > 0 && seconds <= MAX_LIFETIME_SECONDS, LIFETIME_RULE)
    .optional(),
} satisfies Record<keyof SessionTokenClaims, z.ZodType>);

/**
 * Creates the token for the element's `sessionToken`, for pages that have no session cookie at this backend.
 *
 * @param secret the `secret` option of `createConnectHandler`. The first one in a list signs
 * @throws Error that names the invalid claim or secret and how to fix it
 */
export async function createSessionToken(
  claims: SessionTokenClaims,
  secret: string | readonly string[] | undefined,
): Promise<string> {
  const { userId, authConfigIds, origin, expiresIn } = parseOptions('createSessionToken', claimsSchema, claims);
  const narrowed = { ...(authConfigIds && { authConfigIds }), ...(origin !== undefined && { origin }) };
  return signToken(KIND, { sub: userId, ...narrowed }, expiresIn ?? DEFAULT_LIFETIME_SECONDS, signingKeys(secret));
}

/** Creates an `identify` that returns the user of a valid token from {@link createSessionToken}, or `null`. */
export function identifyBySessionToken(
  secret: string | readonly string[] | undefined,
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
 * Returns the origin of the page that sent a request. Browsers omit `Origin` only from a same-origin GET, so the page then has
 * the origin of the URL.
 *
 * @see https://fetch.spec.whatwg.org/#origin-header
 */
function pageOrigin(request: Request): string {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin;
  const { host, hostname } = new URL(request.url);
  // Behind a proxy that terminates TLS, the request arrives as http.
  return `${isLoopbackHostname(hostname) ? new URL(request.url).protocol : 'https:'}//${host}`;
}

/** Returns the seconds in a text like `'10m'`. */
function parseLifetime(text: string): number {
  const [, amount, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  return Number(amount) * { s: 1, m: 60, h: 3600 }[unit === 's' || unit === 'h' ? unit : 'm'];
}
