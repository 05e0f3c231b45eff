import { Hono } from 'hono';
import { z } from 'zod';
import { accountNotFound, completeAuthFailed, routeGone } from '../api-error.js';
import { activate, createLink, failConnection } from '../connection-lifecycle.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { type AccountRecord, changeStatus, findAccount, type PendingVerification } from '../emulator-state.js';
import { OAuthError } from '../oauth-leg.js';
import { readBody } from '../request-input.js';
import { isRedirecting } from '../toolkit-records.js';

const refreshBody = z.object({ redirect_url: z.url().optional() });
const completeAuthBody = z.object({ session_uri: z.string(), user_id: z.string() });

/**
 * Headers of a deprecated route (RFC 9745, RFC 8594). Composio announced it on 2026-09-22, and its policy removes a route after
 * about 90 days.
 */
const DEPRECATION = { Deprecation: '@1790035200', Sunset: 'Mon, 21 Dec 2026 00:00:00 GMT' };

/** `POST /connected_accounts/{id}/refresh` and `POST /connected_accounts/complete_auth`. */
export function renewAccountRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, knobs, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.post('/connected_accounts/complete_auth', route('accounts.completeAuth'), async (context) => {
    const body = await readBody(context, completeAuthBody);
    const session = state.verifications.get(body.session_uri);
    // The session is taken before the first await, so one of many simultaneous requests wins.
    state.verifications.delete(body.session_uri);
    const account = await completeAuth(emulator, session, body.user_id);
    return context.json({ connected_account_id: account.id, toolkit_slug: account.toolkitSlug });
  });

  app.post('/connected_accounts/:id/refresh', route('accounts.refresh'), async (context) => {
    if (knobs.isRefreshGone) throw routeGone();
    for (const [name, value] of Object.entries(DEPRECATION)) context.header(name, value);
    const account = findAccount(state, context.req.param('id'));
    if (account === undefined) throw accountNotFound(context.req.param('id'));
    // It no longer checks the credentials of a key: `validate_credentials` is an unknown field.
    const body = await readBody(context, refreshBody);
    const scheme = state.authConfigs.get(account.authConfigId)?.authScheme;
    if (scheme !== undefined && isRedirecting(scheme)) {
      // A working account becomes INITIATED too: https://github.com/ComposioHQ/composio/issues/1914
      createLink(emulator, account, body.redirect_url ?? context.req.query('redirect_url'));
    }
    return context.json({ id: account.id, status: account.status, redirect_url: account.redirectUrl });
  });

  return app;
}

/** Fetches the tokens only now, so an identity that does not match never gets any. */
async function completeAuth(
  emulator: EmulatorContext,
  session: PendingVerification | undefined,
  userId: string,
): Promise<AccountRecord> {
  const { state, clock, oauth } = emulator;
  if (session === undefined || clock.now() >= session.expiresAt) {
    throw completeAuthFailed(404, 'auth session not found or expired');
  }
  const account = findAccount(state, session.accountId);
  const authConfig = account && state.authConfigs.get(account.authConfigId);
  if (account === undefined || authConfig === undefined) throw accountNotFound(session.accountId);
  if (account.userId !== userId) {
    changeStatus(account, 'FAILED', 'IDENTITY_VERIFICATION_FAILED', clock);
    throw completeAuthFailed(400, 'identity mismatch');
  }
  try {
    if (account.status !== 'INITIATED') throw new OAuthError('expired', `The connection is ${account.status}.`);
    await activate(emulator, account, await oauth.exchange(authConfig, session.answer));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw completeAuthFailed(500, 'failed to complete the connection');
    failConnection(emulator, account, error);
    throw completeAuthFailed(404, 'authorization expired, restart the flow');
  }
  return account;
}
