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
  return { verifier, challenge: await sha256(verifier) };
}

/** Names an attempt: 128 random bits, so that no other page can guess it. */
export function createAttemptId(): string {
  return base64url(randomBytes(16));
}

/** `count` random bytes from the platform's CSPRNG. */
export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** RFC 4648 §5, without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** base64url(SHA-256(text)): the challenge of a verifier (RFC 7636 §4.2), and a name for what is too long or private for a key. */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
