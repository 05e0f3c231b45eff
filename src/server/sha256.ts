import { base64url } from '../core/model/base64url.js';

/** base64url(SHA-256(text)): the challenge of a verifier (RFC 7636 §4.2), and a name for what is too long or private for a key. */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
