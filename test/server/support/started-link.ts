import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { type Backend, CALLBACK, type TestHandler } from './backend.js';

/** A link of Ada's, and the browser secret that goes with it. */
export interface StartedLink {
  readonly id: string;
  readonly redirectUrl: string;
  readonly verifier: string;
  readonly challenge: string;
  readonly expiresAt: string;
}

/** A verifier and its challenge, as the element makes them. */
export function createVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Asks for a link as the element does. */
export async function startLink(handler: TestHandler, more: object = {}): Promise<StartedLink> {
  const { verifier, challenge } = createVerifier();
  const { status, json, text } = await handler.send('POST', '/connected-accounts/link', {
    body: {
      authConfigId: 'ac_github',
      callbackUrl: `${CALLBACK}?connect_attempt=attempt-1`,
      bindingChallenge: challenge,
      ...more,
    },
  });
  assert.equal(status, 201, text);
  return { ...json, verifier, challenge };
}

/** Finishes a flow at the real provider, and answers the state that the browser arrives with. */
export async function finish(backend: Backend, redirectUrl: string): Promise<string> {
  const { url } = await backend.openBrowser().follow(redirectUrl);
  assert.equal(url.origin + url.pathname, CALLBACK);
  return url.searchParams.get('state') ?? '';
}
