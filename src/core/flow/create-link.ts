import { sha256 } from '../model/binding-verifier.js';
import { ATTEMPT_PARAMETER, type CallbackBriefing } from '../model/callback-protocol.js';
import { ConnectError, connectErrorInfo } from '../model/connect-error.js';
import type { NewLink } from '../model/connection-client.js';
import { type ConnectionStatus, LINK_LIFETIME_MS } from '../model/connection-types.js';
import type { AttemptStorage, ConnectPorts } from '../model/ports.js';
import { checkRedirectUrl } from '../model/redirect-url.js';
import type { ConnectSettings } from './connect-settings.js';

/** A link that was checked and is safe to open. */
export interface CheckedLink {
  readonly connectedAccountId: string;
  readonly status: ConnectionStatus;
  /** Bearer capability: it goes into the window and nowhere else. */
  readonly redirectUrl: string;
  readonly briefing: CallbackBriefing;
  /** Remaining lifetime of the link. */
  readonly lifetimeMs: number;
}

/**
 * Requests a link for this attempt, bound to this browser.
 * @throws {@link ConnectError} `invalid_response` for a link that is not safe to open, and the backend's own errors
 */
export async function createLink(
  attempt: string,
  settings: ConnectSettings,
  ports: ConnectPorts,
  signal: AbortSignal,
): Promise<CheckedLink> {
  const { client, userId, authConfigId, callbackUrl, alias, allowMultiple, connectionData } = settings;
  const binding = await bindToBrowser(settings, ports.storage);
  signal.throwIfAborted();
  const texts = ports.callbackTexts?.();
  const briefing = { ...(binding && { verifier: binding.verifier }), ...(texts && { texts }) };
  ports.storage.keepBriefing(attempt, briefing);
  const options = {
    allowMultiple,
    ...(callbackUrl !== undefined && { callbackUrl: withAttempt(callbackUrl, attempt) }),
    ...(binding && { bindingChallenge: binding.challenge }),
    ...(alias && { alias }),
    ...(connectionData && { connectionData }),
  };
  // A page's own client may return anything, or nothing.
  const link: NewLink | null = await client.link(userId, authConfigId, options, { signal });
  signal.throwIfAborted();
  // A `javascript:` URL would run with this page's origin in the window, which is still empty.
  const redirectUrl = checkRedirectUrl(link?.redirectUrl, ports.pageOrigin);
  if (link && redirectUrl !== null)
    return {
      connectedAccountId: link.id,
      status: link.status,
      redirectUrl,
      briefing,
      lifetimeMs: remainingLifetime(link, ports.clock.wallNow()),
    };
  throw new ConnectError(connectErrorInfo('invalid_response', 'The backend returned an unsafe `redirectUrl`.'));
}

/** The verifier of this browser and its hash. */
export interface BrowserBinding {
  readonly verifier: string;
  /** base64url(SHA-256(verifier)) */
  readonly challenge: string;
}

/**
 * Returns the verifier of this browser. Returns null if the page is not a secure context and so has no `crypto.subtle`; the
 * backend must then know the user by `identify`.
 */
export async function bindToBrowser(
  { verifierScope, authConfigId }: Pick<ConnectSettings, 'verifierScope' | 'authConfigId'>,
  storage: AttemptStorage,
): Promise<BrowserBinding | null> {
  if (!globalThis.crypto?.subtle) return null;
  const verifier = storage.verifier(verifierScope ?? authConfigId);
  return { verifier, challenge: await sha256(verifier) };
}

/** Returns the callback URL with the id of the attempt. */
export function withAttempt(callbackUrl: string, attempt: string): string {
  const url = new URL(callbackUrl);
  url.searchParams.set(ATTEMPT_PARAMETER, attempt);
  return url.href;
}

/** Goes by the server's clock if it is known. Otherwise a link that seems expired on arrival means that our clock is wrong. */
function remainingLifetime(link: NewLink, wallNow: number): number {
  const lifetime = Date.parse(link.expiresAt) - (link.serverTime ?? wallNow);
  if (lifetime > 0) return lifetime;
  return link.serverTime === undefined || Number.isNaN(lifetime) ? LINK_LIFETIME_MS : 0;
}
