import { base64url, randomBytes } from './base64url.js';

/** What proves to the backend that the browser that finishes an attempt is the one that began it. */
export interface BindingVerifier {
  /** 256 random bits; stays in this browser until the callback page takes it. */
  readonly verifier: string;
  /** base64url(SHA-256(verifier)); goes with the link. */
  readonly challenge: string;
}

/**
 * Makes a {@link BindingVerifier} as RFC 7636 makes its `code_verifier`, or null where the page is no secure context
 * and so has no `crypto.subtle`: then the backend must know the user by `identify`.
 */
export async function createBindingVerifier(): Promise<BindingVerifier | null> {
  if (!globalThis.crypto?.subtle) return null;
  const verifier = base64url(randomBytes(32));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)) };
}

/** Names an attempt: 128 random bits, so that no other page can guess it. */
export function createAttemptId(): string {
  return base64url(randomBytes(16));
}
