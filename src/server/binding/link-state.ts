import { BINDING_LIFETIME_MS, LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { base64url, randomBytes } from '../../core/model/crypto.js';
import type { UserContext } from '../handler/context.js';
import { type SigningKeys, signToken, verifyToken } from '../tokens/signed-token.js';
import { bindingDeadline, isUnbound, type LinkNote } from './link-notes.js';

const KIND = 'connect-account-state+jwt';

/** The claims in the callback URL of a link. */
export interface LinkState {
  readonly userId: string;
  readonly authConfigId: string;
  /** 128 random bits that name the link in the store. */
  readonly nonce: string;
  /** base64url(SHA-256) of the verifier that the browser keeps. Optional. */
  readonly challenge?: string | undefined;
  /** ms since 1970, in whole seconds. */
  readonly issuedAt: number;
}

/** Signs a `state` that is valid as long as its link may be bound. */
function signLinkState(state: Omit<LinkState, 'issuedAt'>, keys: SigningKeys): Promise<string> {
  const { userId, authConfigId, nonce, challenge } = state;
  const claims = { sub: userId, jti: nonce, authConfigId, ...(challenge !== undefined && { challenge }) };
  return signToken(KIND, claims, BINDING_LIFETIME_MS / 1000, keys);
}

/** Returns the claims of a `state`, or the reason why it is not valid. */
export async function readLinkState(text: string, keys: SigningKeys): Promise<LinkState | 'expired' | 'invalid'> {
  const claims = await verifyToken(KIND, text, keys);
  if (typeof claims === 'string') return claims;
  const { sub: userId, jti: nonce, iat, authConfigId, challenge } = claims;
  if (userId === undefined || nonce === undefined || iat === undefined) return 'invalid';
  if (typeof authConfigId !== 'string') return 'invalid';
  const isText = typeof challenge === 'string';
  return { userId, authConfigId, nonce, challenge: isText ? challenge : undefined, issuedAt: iat * 1000 };
}

/** The callback URL of one link, and the nonce that leads to its note. The nonce is `null` in modes without a `state`. */
export interface LinkCallback {
  readonly url: string;
  readonly nonce: string | null;
}

/** Adds a signed `state` to the callback URL of a link that is about to be created. */
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
 * Stores which account a link created, and for whom. If this handler binds the browser, the account stays pending until that
 * is done. In the other modes the note only serves the status reads of waiting users.
 */
export async function addLinkNote(
  { notes, sweep, identity }: UserContext,
  callback: LinkCallback,
  link: Pick<LinkNote, 'accountId' | 'authConfigId' | 'replaces' | 'started'> &
    Partial<Pick<LinkNote, 'linkExpiresAt'>>,
): Promise<void> {
  const linkExpiresAt = link.linkExpiresAt ?? Date.now() + LINK_LIFETIME_MS;
  const phase = callback.nonce === null ? 'open' : 'pending';
  const note = await notes.add({
    ...link,
    ...{ linkExpiresAt, phase, nonce: callback.nonce ?? '', userId: identity.userId },
  });
  if (isUnbound(note)) sweep.watch(note.accountId, bindingDeadline(note));
}
