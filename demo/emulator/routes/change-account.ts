import { Hono } from 'hono';
import { z } from 'zod';
import { mergeAccess } from '../account-factory.js';
import { accountNotFound, aliasInUse, badRequest } from '../api-error.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { type AccountRecord, changeStatus, findAccount, isAliasTaken } from '../emulator-state.js';
import { readBody } from '../request-input.js';
import { isSecretField } from '../wire-account.js';
import { accessControlBody } from './link.js';

const patchBody = z.object({
  alias: z.string().optional(),
  connection: z
    .object({
      state: z.object({
        authScheme: z.enum([
          'BEARER_TOKEN',
          'API_KEY',
          'BASIC',
          'BASIC_WITH_JWT',
          'GOOGLE_SERVICE_ACCOUNT',
          'SERVICE_ACCOUNT',
        ]),
        val: z.record(z.string(), z.string().nullable()),
      }),
    })
    .optional(),
  experimental: z.object({ acl_config_for_shared: accessControlBody.optional() }).optional(),
});

const statusBody = z.object({ enabled: z.boolean() });

/** `PATCH /connected_accounts/{id}` (alias, credentials, sharing) and `PATCH …/status` (enable and disable). */
export function changeAccountRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, clock, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.patch('/connected_accounts/:id', route('accounts.patch'), async (context) => {
    const account = findAccount(state, context.req.param('id'));
    if (account === undefined) throw accountNotFound(context.req.param('id'));
    const { alias, connection, experimental } = await readBody(context, patchBody);
    if (alias !== undefined) rename(emulator, account, alias);
    if (connection !== undefined) replaceCredentials(emulator, account, connection.state);
    if (experimental?.acl_config_for_shared !== undefined) {
      if (account.accountType !== 'SHARED') {
        throw badRequest('acl_config_for_shared is only valid on SHARED connected accounts');
      }
      account.acl = mergeAccess(account.acl, experimental.acl_config_for_shared);
    }
    account.updatedAt = clock.now();
    return context.json({ success: true, id: account.id, status: account.status });
  });

  app.patch('/connected_accounts/:id/status', route('accounts.updateStatus'), async (context) => {
    const account = findAccount(state, context.req.param('id'));
    if (account === undefined) throw accountNotFound(context.req.param('id'));
    const { enabled } = await readBody(context, statusBody);
    // The API sets ACTIVE regardless of the status, except on an account without credentials.
    if (enabled && !hasCredentials(emulator, account)) throw badRequest('Connected account has no credentials');
    changeStatus(account, enabled ? 'ACTIVE' : 'INACTIVE', 'Connection status updated by user', clock);
    return context.json({ success: true });
  });

  return app;
}

function hasCredentials({ state }: EmulatorContext, { authConfigId, val }: AccountRecord): boolean {
  return state.authConfigs.get(authConfigId)?.authScheme === 'NO_AUTH' || Object.keys(val).some(isSecretField);
}

function rename({ state }: EmulatorContext, account: AccountRecord, alias: string): void {
  const { id, userId, toolkitSlug } = account;
  if (alias && isAliasTaken(state, { userId, toolkitSlug, alias, exceptId: id })) throw aliasInUse(alias, 409);
  account.alias = alias || null;
}

function replaceCredentials(
  { state, clock }: EmulatorContext,
  account: AccountRecord,
  { authScheme, val }: { authScheme: string; val: Readonly<Record<string, string | null>> },
): void {
  if (state.authConfigs.get(account.authConfigId)?.authScheme !== authScheme) {
    throw badRequest(`Credentials of a connected account cannot be replaced by ${authScheme}`);
  }
  const merged = Object.entries({ ...account.val, ...val }).filter(([, value]) => value !== null);
  account.val = Object.fromEntries(merged);
  const isDead = account.status === 'EXPIRED' || account.status === 'FAILED';
  if (isDead && Object.keys(val).some(isSecretField)) changeStatus(account, 'ACTIVE', null, clock);
}
