import { LINK_LIFETIME_MS } from '../../core/model/connection-types.js';
import { base64url, randomBytes } from '../../core/model/crypto.js';
import type { UserContext } from '../request-context.js';
import { signLinkState } from './link-state.js';

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
  const linkExpiresAt = link.linkExpiresAt ?? Date.now() + LINK_LIFETIME_MS;
  const phase = callback.nonce === null ? 'early' : 'pending';
  await notes.add({ ...link, linkExpiresAt, phase, nonce: callback.nonce ?? '', userId: identity.userId });
}
