import { base64url, randomBytes } from './crypto.js';

/** A secret of this browser and its hash. Together they prove that the browser that finishes an attempt also began it. */
export interface BindingVerifier {
  /** 256 random bits. It stays in this browser until the callback page takes it. */
  readonly verifier: string;
  /** base64url(SHA-256(verifier)). It is sent with the request for a link. */
  readonly challenge: string;
}

/**
 * Creates a {@link BindingVerifier} as RFC 7636 creates its `code_verifier`. Returns null if the page is not a secure
 * context and so has no `crypto.subtle`; the backend must then know the user by `identify`.
 */
export async function createBindingVerifier(): Promise<BindingVerifier | null> {
  if (!globalThis.crypto?.subtle) return null;
  const verifier = base64url(randomBytes(32));
  return { verifier, challenge: await sha256(verifier) };
}

/**
 * Returns base64url(SHA-256(text)). It serves as the challenge of a verifier (RFC 7636 §4.2), and as a storage key for
 * text that is too long or too private to be one.
 */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
