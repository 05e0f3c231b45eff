import { ATTEMPT_PARAMETER } from '../model/callback-protocol.js';
import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { NewLink } from '../model/connection-client.js';
import { LINK_LIFETIME_MS } from '../model/connection-types.js';
import { createBindingVerifier } from '../model/crypto.js';
import type { ConnectPorts } from '../model/ports.js';
import { checkRedirectUrl } from '../model/redirect-url.js';
import type { ConnectSettings } from './connect-settings.js';

/** A link that is safe to open. */
export interface CheckedLink {
  readonly connectedAccountId: string;
  /** Bearer capability: goes into the window and nowhere else. */
  readonly redirectUrl: string;
  /** How long it lives from now, in ms. */
  readonly life: number;
}

/**
 * Asks the backend for a link of this attempt, bound to this browser.
 * @throws {@link ConnectError}, `invalid_response` for a link that is not safe to open
 */
export async function createLink(
  attempt: string,
  settings: ConnectSettings,
  ports: ConnectPorts,
  signal: AbortSignal,
): Promise<CheckedLink> {
  const { client, userId, authConfigId, callbackUrl, alias, allowMultiple, connectionData } = settings;
  const binding = await createBindingVerifier();
  signal.throwIfAborted();
  if (binding) ports.storage.keepVerifier(attempt, binding.verifier);
  const options = {
    allowMultiple,
    ...(callbackUrl !== undefined && { callbackUrl: withAttempt(callbackUrl, attempt) }),
    ...(binding && { bindingChallenge: binding.challenge }),
    ...(alias && { alias }),
    ...(connectionData && { connectionData }),
  };
  // A page's own client may answer anything, or nothing.
  const link: NewLink | null = await client.link(userId, authConfigId, options, { signal });
  signal.throwIfAborted();
  // A `javascript:` URL in the still empty window would run with the page's own origin.
  const redirectUrl = checkRedirectUrl(link?.redirectUrl, ports.pageOrigin);
  if (link && redirectUrl !== null)
    return { connectedAccountId: link.id, redirectUrl, life: lifeOf(link, ports.clock.wallNow()) };
  throw new ConnectError(connectErrorInfo('invalid_response', 'The backend answered a link that is not safe to open.'));
}

function withAttempt(callbackUrl: string, attempt: string): string {
  const url = new URL(callbackUrl);
  url.searchParams.set(ATTEMPT_PARAMETER, attempt);
  return url.href;
}

/** By the server's clock where it is known; a link that seems to be dead on arrival means that ours is wrong. */
function lifeOf(link: NewLink, wallNow: number): number {
  const life = Date.parse(link.expiresAt) - (link.serverTime ?? wallNow);
  if (life > 0) return life;
  return link.serverTime === undefined || Number.isNaN(life) ? LINK_LIFETIME_MS : 0;
}
