import { base64url, randomBytes } from '../../core/base64url.js';
import { LINK_LIFETIME } from '../composio/connections.js';
import type { UserContext } from '../request-context.js';
import { signLinkState } from './link-state.js';

/** The callback URL of one link, and the name under which its note is kept: `null` where the mode keeps none. */
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

/** Notes which account a link made, so that it counts only once its browser is bound. */
export async function noteLink(
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
  if (callback.nonce === null) return;
  const linkExpiresAt = link.linkExpiresAt ?? Date.now() + LINK_LIFETIME;
  await notes.add({ ...link, linkExpiresAt, nonce: callback.nonce, userId: identity.userId });
}
