import { LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { type SigningKeys, signToken, verifyToken } from '../signed-token.js';

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
