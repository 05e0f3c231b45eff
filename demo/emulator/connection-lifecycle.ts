import { setTimeout as delay } from 'node:timers/promises';
import { createId } from './account-factory.js';
import type { EmulatorContext } from './emulator-context.js';
import {
  type AccountRecord,
  changeStatus,
  LINK_LIFETIME_MS,
  type LinkRecord,
  type PendingAuthorization,
} from './emulator-state.js';
import { OAuthError } from './oauth-leg.js';
import type { AuthConfigRecord } from './toolkit-records.js';

/** Creates a hosted page for an account, which then waits for its user (again). */
export function createLink(
  { state, clock, origin }: EmulatorContext,
  account: AccountRecord,
  callbackUrl: string | undefined,
): LinkRecord {
  const token = createId('lk');
  const link: LinkRecord = {
    token,
    accountId: account.id,
    callbackUrl,
    expiresAt: clock.now() + LINK_LIFETIME_MS,
    outcome: undefined,
  };
  state.links.set(token, link);
  account.redirectUrl = `${origin}/link/${token}`;
  account.initiatedAt = clock.now();
  changeStatus(account, 'INITIATED', null, clock);
  return link;
}

/** Prepares an authorization request and returns the provider's URL. */
export async function beginAuthorization(
  { state, oauth }: EmulatorContext,
  authConfig: AuthConfigRecord,
  flow: Omit<PendingAuthorization, 'codeVerifier'>,
): Promise<string> {
  const { url, state: oauthState, codeVerifier } = await oauth.begin(authConfig);
  state.authorizations.set(oauthState, { ...flow, codeVerifier });
  return url.href;
}

/** Makes the account ACTIVE with these credentials, at once or after the knob `activationDelay`. */
export async function activate(
  { knobs, clock }: EmulatorContext,
  account: AccountRecord,
  val: Record<string, unknown>,
): Promise<void> {
  if (knobs.activationDelay > 0) await delay(knobs.activationDelay, undefined, { ref: false });
  if (account.isDeleted || account.status !== 'INITIATED') return;
  const { displayName, ...rest } = val;
  account.val = {
    ...account.val,
    ...rest,
    ...(knobs.givesDisplayName && displayName !== undefined && { displayName }),
  };
  account.redirectUrl = null;
  changeStatus(account, 'ACTIVE', null, clock);
}

/** Fails an attempt for good: the user denied, or the provider refused the code. */
export function failConnection({ clock }: EmulatorContext, account: AccountRecord, cause: unknown): void {
  const { error, description } = cause instanceof OAuthError ? cause : new OAuthError('server_error', '');
  account.val = { ...account.val, error, error_description: description };
  changeStatus(account, 'FAILED', 'OAuth callback failed during token exchange', clock);
}
