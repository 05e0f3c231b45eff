import { Hono } from 'hono';
import { z } from 'zod';
import { createAccount } from '../account-factory.js';
import { aliasInUse, authConfigNotFound, badRequest } from '../api-error.js';
import { createLink } from '../connection-lifecycle.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { isAliasTaken } from '../emulator-state.js';
import { readBody } from '../request-input.js';
import { wireAccess } from '../wire-account.js';

/** Wire form of an account's access control. */
export const accessControlBody = z.object({
  allow_all_users: z.boolean().optional(),
  allowed_user_ids: z.array(z.string()).optional(),
  not_allowed_user_ids: z.array(z.string()).optional(),
});

const linkBody = z.object({
  auth_config_id: z.string(),
  user_id: z.string().min(1),
  alias: z.string().optional(),
  callback_url: z.url({ protocol: /^https?$/ }).optional(),
  connection_data: z.record(z.string(), z.unknown()).optional(),
  experimental: z
    .object({
      account_type: z.enum(['PRIVATE', 'SHARED']).optional(),
      acl_config_for_shared: accessControlBody.optional(),
    })
    .optional(),
});

type LinkBody = z.infer<typeof linkBody>;

/** `POST /connected_accounts/link`: creates an INITIATED account and the hosted page on which its user finishes it. */
export function linkRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, clock, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.post('/connected_accounts/link', route('link.create'), async (context) => {
    const body = await readBody(context, linkBody);
    const authConfig = state.authConfigs.get(body.auth_config_id);
    if (authConfig === undefined) throw authConfigNotFound();
    if (authConfig.status === 'DISABLED') throw badRequest('Auth config is disabled');
    refuse(emulator, body, authConfig.toolkitSlug);

    const account = createAccount(
      {
        userId: body.user_id,
        authConfig,
        status: 'INITIATED',
        alias: body.alias,
        val: body.connection_data,
        accountType: body.experimental?.account_type,
        acl: body.experimental?.acl_config_for_shared,
      },
      clock,
    );
    state.accounts.set(account.id, account);
    const link = createLink(emulator, account, body.callback_url);
    return context.json(
      {
        link_token: link.token,
        redirect_url: account.redirectUrl,
        expires_at: new Date(link.expiresAt).toISOString(),
        connected_account_id: account.id,
        experimental: wireAccess(account),
      },
      201,
    );
  });

  return app;
}

function refuse({ state, knobs }: EmulatorContext, body: LinkBody, toolkitSlug: string): void {
  if (body.alias && isAliasTaken(state, { userId: body.user_id, toolkitSlug, alias: body.alias })) {
    throw aliasInUse(body.alias, 400);
  }
  const { experimental } = body;
  if (experimental?.acl_config_for_shared !== undefined && experimental.account_type !== 'SHARED') {
    throw badRequest('acl_config_for_shared is only valid on SHARED connected accounts');
  }
  // Identity verification compares users, so the link needs one.
  if (knobs.verifierUrl !== undefined && ['', 'default'].includes(body.user_id.trim())) {
    throw badRequest('user_id must name a user of your application when a verifier URL is set');
  }
}
