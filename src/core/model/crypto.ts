/** Creates the id of an attempt: 128 random bits, so that no other page can guess it. */
export function createAttemptId(): string {
  return base64url(randomBytes(16));
}

/** Returns `count` random bytes from the platform's CSPRNG. */
export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Encodes bytes by RFC 4648 §5, without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
