import { LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { base64url, randomBytes } from '../../core/model/crypto.js';
import type { UserContext } from '../handler/context.js';
import { type SigningKeys, signToken, verifyToken } from '../tokens/signed-token.js';

const KIND = 'connect-account-state+jwt';

/** What the callback URL of a link says about who began it. */
export interface LinkState {
  readonly userId: string;
  readonly authConfigId: string;
  /** 128 random bits that name the link in the store. */
  readonly nonce: string;
  /** base64url(SHA-256) of the verifier that the browser keeps. A link may be begun without one. */
  readonly challenge?: string | undefined;
}

/** Signs a state that lives as long as its link. */
export function signLinkState(state: LinkState, keys: SigningKeys): Promise<string> {
  const { userId, authConfigId, nonce, challenge } = state;
  const claims = { sub: userId, jti: nonce, authConfigId, ...(challenge !== undefined && { challenge }) };
  return signToken(KIND, claims, LINK_LIFETIME_MS / 1000, keys);
}

/** The state that was signed here, or why it is none. */
export async function readLinkState(text: string, keys: SigningKeys): Promise<LinkState | 'expired' | 'invalid'> {
  const claims = await verifyToken(KIND, text, keys);
  if (typeof claims === 'string') return claims;
  const { sub: userId, jti: nonce, authConfigId, challenge } = claims;
  if (userId === undefined || nonce === undefined || typeof authConfigId !== 'string') return 'invalid';
  return { userId, authConfigId, nonce, challenge: typeof challenge === 'string' ? challenge : undefined };
}

/** The callback URL of one link, and the name by which its `state` finds its note: `null` where the mode has no `state`. */
export interface LinkCallback {
  readonly url: string;
  readonly nonce: string | null;
}

/** Puts the signed `state` into the callback URL of a link that is about to be made. */
export async function prepareCallback(
  { settings, identity }: UserContext,
  page: URL,
  link: { readonly authConfigId: string; readonly challenge: string | undefined },
): Promise<LinkCallback> {
  if (settings.binding !== 'state') return { url: page.href, nonce: null };
  const nonce = base64url(randomBytes(16));
  const url = new URL(page);
  url.searchParams.set('state', await signLinkState({ ...link, userId: identity.userId, nonce }, settings.keys));
  return { url: url.href, nonce };
}

/**
 * Notes whose account a link made. Where this handler binds the browser, the account counts only once that is done; where
 * Composio does, or nobody, the note serves the reads of those who wait.
 */
export async function addLinkNote(
  { notes, identity }: UserContext,
  callback: LinkCallback,
  link: {
    readonly accountId: string;
    readonly authConfigId: string;
    readonly kind: 'link' | 'refresh';
    /** ms since 1970; the usual life when upstream does not say */
    readonly linkExpiresAt?: number;
  },
): Promise<void> {
  const linkExpiresAt = link.linkExpiresAt ?? Date.now() + LINK_LIFETIME_MS;
  const phase = callback.nonce === null ? 'early' : 'pending';
  await notes.add({ ...link, linkExpiresAt, phase, nonce: callback.nonce ?? '', userId: identity.userId });
}
