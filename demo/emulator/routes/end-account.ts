import { Hono } from 'hono';
import { createId } from '../account-factory.js';
import { accountNotFound, notRevocable, revocationNotSupported } from '../api-error.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { type AccountRecord, changeStatus, findAccount } from '../emulator-state.js';
import type { RevokedToken } from '../oauth-leg.js';
import { queryFlag } from '../request-input.js';
import { isRedirecting } from '../toolkit-records.js';

/**
 * `DELETE /connected_accounts/{id}` and `POST …/revoke`. Deleting hides the account; only revoking informs the third
 * party.
 */
export function endAccountRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, clock, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.delete('/connected_accounts/:id', route('accounts.delete'), async (context) => {
    const account = findAccount(state, context.req.param('id'));
    if (account === undefined) throw accountNotFound(context.req.param('id'));
    const revokes = queryFlag(context, 'revoke_on_delete') === true && canRevoke(emulator, account);
    account.isDeleted = true;
    if (!revokes) return context.json({ success: true });
    await revokeTokens(emulator, account);
    changeStatus(account, 'REVOKED', 'Revoked as part of connection delete', clock);
    return context.json({ success: true, revoke_job_id: createId('pj') });
  });

  app.post('/connected_accounts/:id/revoke', route('accounts.revoke'), async (context) => {
    const account = findAccount(state, context.req.param('id'));
    if (account === undefined) throw accountNotFound(context.req.param('id'));
    if (state.toolkits.get(account.toolkitSlug)?.isRevocable !== true)
      throw revocationNotSupported(account.toolkitSlug);
    if (account.status !== 'ACTIVE' && account.status !== 'REVOKED') throw notRevocable(account.status);
    const revoked = account.status === 'ACTIVE' ? await revokeTokens(emulator, account) : [];
    if (account.status === 'ACTIVE') {
      changeStatus(account, 'REVOKED', 'Revoked via user-initiated revoke endpoint', clock);
    }
    return context.json({ revoked_tokens: revoked, connected_account: { id: account.id, status: account.status } });
  });

  return app;
}

function canRevoke({ state }: EmulatorContext, account: AccountRecord): boolean {
  return account.status === 'ACTIVE' && state.toolkits.get(account.toolkitSlug)?.isRevocable === true;
}

async function revokeTokens({ state, oauth }: EmulatorContext, account: AccountRecord): Promise<RevokedToken[]> {
  const authConfig = state.authConfigs.get(account.authConfigId);
  if (authConfig === undefined || !isRedirecting(authConfig.authScheme)) return [];
  const revoked = await oauth.revoke(authConfig, account.val);
  for (const kind of revoked) delete account.val[kind];
  return revoked;
}
