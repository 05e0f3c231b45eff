import { type Context, Hono } from 'hono';
import { createId } from '../account-factory.js';
import { activate, failConnection } from '../connection-lifecycle.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import {
  type AccountRecord,
  type AuthorizationAnswer,
  findAccount,
  LINK_LIFETIME_MS,
  type LinkOutcome,
  type PendingAuthorization,
} from '../emulator-state.js';
import { OAUTH_CALLBACK_PATH } from '../oauth-leg.js';
import { isSameBrowser } from './browser-binding.js';
import { messagePage } from './hosted-page-html.js';
import { appendQuery, leaveFlow } from './leave-link.js';

const OTHER_BROWSER = 'This connection was started from a different browser or device';

/** The redirect URI registered at the providers: redeems the code, then redirects the browser. */
export function oauthCallbackRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, knobs, origin, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.get(OAUTH_CALLBACK_PATH, route('hosted.oauthCallback'), async (context) => {
    const oauthState = context.req.query('state') ?? '';
    const pending = state.authorizations.get(oauthState);
    const account = pending && findAccount(state, pending.accountId);
    // `state` is valid for one response (RFC 6749 §10.12).
    state.authorizations.delete(oauthState);
    if (pending === undefined || account === undefined || account.status !== 'INITIATED') {
      return context.html(messagePage('Sign-in expired', 'Close this window and start again.'), 400);
    }
    if (knobs.sameBrowserCheck && !isSameBrowser(context, pending)) {
      return endFlow(context, emulator, pending, { status: 'failed', error: OTHER_BROWSER });
    }
    const url = new URL(`/api/v3${OAUTH_CALLBACK_PATH}${new URL(context.req.url).search}`, origin);
    const answer = { url, state: oauthState, codeVerifier: pending.codeVerifier };
    if (knobs.verifierUrl !== undefined) return context.redirect(deferToVerifier(emulator, pending, answer));
    return endFlow(context, emulator, pending, await completeConnection(emulator, account, answer));
  });

  return app;
}

/** Keeps the code unredeemed until the host names the user of this browser by `complete_auth`. */
function deferToVerifier(
  { state, knobs, clock }: EmulatorContext,
  { accountId }: PendingAuthorization,
  answer: AuthorizationAnswer,
): string {
  const sessionUri = createId('session');
  state.verifications.set(sessionUri, { accountId, answer, expiresAt: clock.now() + LINK_LIFETIME_MS });
  return appendQuery(knobs.verifierUrl ?? '', new URLSearchParams({ session_uri: sessionUri }));
}

async function completeConnection(
  emulator: EmulatorContext,
  account: AccountRecord,
  answer: AuthorizationAnswer,
): Promise<LinkOutcome> {
  const authConfig = emulator.state.authConfigs.get(account.authConfigId);
  if (authConfig === undefined) throw new Error(`No auth config ${account.authConfigId}`);
  try {
    void activate(emulator, account, await emulator.oauth.exchange(authConfig, answer));
    return { status: 'success' };
  } catch (error) {
    failConnection(emulator, account, error);
    return { status: 'failed' };
  }
}

/** Redirects back by the hosted page if there is one, as the live service does, or straight to the host. */
function endFlow(
  context: Context,
  emulator: EmulatorContext,
  { accountId, linkToken, callbackUrl }: PendingAuthorization,
  outcome: LinkOutcome,
): Response | Promise<Response> {
  const account = findAccount(emulator.state, accountId);
  const link = linkToken === undefined ? undefined : emulator.state.links.get(linkToken);
  if (account === undefined) throw new Error(`No connected account ${accountId}`);
  if (link === undefined) {
    return leaveFlow(context, emulator, account, { callbackUrl, outcome, parameterNames: 'camel' });
  }
  link.outcome = outcome;
  const told = { status: outcome.status, connectedAccountId: account.id, appName: account.toolkitSlug };
  return context.redirect(`/link/${link.token}?${new URLSearchParams(told)}`);
}
