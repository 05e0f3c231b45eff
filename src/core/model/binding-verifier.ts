import { base64url, randomBytes } from './crypto.js';

/**
 * Creates a verifier: a secret of this browser, which proves that the browser that finishes an attempt also began it. It has
 * 256 random bits, as the `code_verifier` of RFC 7636, and only its hash is sent with the request for a link.
 */
export function createVerifier(): string {
  return base64url(randomBytes(32));
}

/**
 * Returns base64url(SHA-256(text)). It serves as the challenge of a verifier (RFC 7636 §4.2), and as a storage key for
 * text that is too long or too private to be one.
 */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
