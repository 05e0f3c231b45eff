import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

const ALGORITHM = 'HS256';
const MIN_SECRET_BYTES = 32;

/** Keys of the `secret` option. The first signs and all verify, so that secrets can be rotated without breaking pending flows. */
export type SigningKeys = readonly [Uint8Array, ...Uint8Array[]];

/**
 * Returns the keys of one or several secrets.
 *
 * @throws Error if there is none, or one is shorter than 32 bytes (RFC 7518 §3.2)
 */
export function signingKeys(secret: unknown): SigningKeys {
  const secrets: unknown[] = Array.isArray(secret) ? secret : [secret];
  const [first, ...older] = secrets.map(signingKey);
  if (first === undefined) throw new Error('connect-account: `secret` is an empty list; pass at least one secret.');
  return [first, ...older];
}

function signingKey(secret: unknown): Uint8Array {
  const key = new TextEncoder().encode(typeof secret === 'string' ? secret : '');
  if (key.byteLength >= MIN_SECRET_BYTES) return key;
  const missing = key.byteLength === 0 ? 'is missing (is its environment variable set?). It ' : '';
  throw new Error(
    `connect-account: \`secret\` ${missing}must have at least 32 bytes. Make one with: openssl rand -base64 32`,
  );
}

/**
 * Signs claims as a JWT of one kind. The kind prevents the use of a `state`, which travels in URLs, as a session token.
 *
 * @param lifetime in seconds
 */
export function signToken(kind: string, claims: JWTPayload, lifetime: number, [key]: SigningKeys): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claims, iat: now, exp: now + lifetime })
    .setProtectedHeader({ alg: ALGORITHM, typ: kind })
    .sign(key);
}

/** Returns the claims of a token, or the reason why it is not valid. */
export async function verifyToken(
  kind: string,
  token: string,
  keys: SigningKeys,
): Promise<JWTPayload | 'expired' | 'invalid'> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        typ: kind,
        requiredClaims: ['iat', 'exp'],
      });
      return payload;
    } catch (error) {
      // Claims are checked after the signature, so an expired token is a genuine one.
      if (error instanceof errors.JWTExpired) return 'expired';
    }
  }
  return 'invalid';
}
