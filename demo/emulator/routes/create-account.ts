import { Hono } from 'hono';
import { z } from 'zod';
import { createAccount } from '../account-factory.js';
import {
  ApiError,
  aliasInUse,
  authConfigNotFound,
  badRequest,
  missingRequiredFields,
  retiredEndpoint,
} from '../api-error.js';
import { beginAuthorization } from '../connection-lifecycle.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { type AccountRecord, isAliasTaken } from '../emulator-state.js';
import { readBody } from '../request-input.js';
import { type AuthConfigRecord, findScheme, isRedirecting } from '../toolkit-records.js';
import { isSecretField, wireAccess } from '../wire-account.js';

const createBody = z.object({
  auth_config: z.object({ id: z.string() }),
  connection: z.object({
    // The default is `default`: an account shared with every other caller that omits the user id.
    user_id: z.string().default('default'),
    alias: z.string().optional(),
    callback_url: z.url().optional(),
    state: z.object({ authScheme: z.string(), val: z.record(z.string(), z.unknown()) }).optional(),
  }),
  validate_credentials: z.boolean().default(false),
});

type CreateBody = z.infer<typeof createBody>;

/**
 * `POST /connected_accounts`: key schemes are ACTIVE at once, custom OAuth gets the provider's URL, managed OAuth gets
 * a 400.
 */
export function createAccountRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.post('/connected_accounts', route('accounts.create'), async (context) => {
    const body = await readBody(context, createBody);
    const authConfig = state.authConfigs.get(body.auth_config.id);
    if (authConfig === undefined) throw authConfigNotFound();
    refuse(emulator, body, authConfig);
    const account = await createFromBody(emulator, body, authConfig);
    const connectionData = {
      authScheme: authConfig.authScheme,
      val: { ...account.val, status: account.status, ...(account.redirectUrl && { redirectUrl: account.redirectUrl }) },
    };
    return context.json(
      {
        id: account.id,
        connectionData,
        status: account.status,
        redirect_url: account.redirectUrl,
        redirect_uri: account.redirectUrl,
        experimental: wireAccess(account),
      },
      201,
    );
  });

  return app;
}

function refuse({ state, knobs }: EmulatorContext, body: CreateBody, authConfig: AuthConfigRecord): void {
  const { alias, user_id: userId, state: connection } = body.connection;
  if (authConfig.status === 'DISABLED') throw badRequest('Auth config is disabled');
  if (isRedirecting(authConfig.authScheme) && authConfig.isComposioManaged) throw retiredEndpoint();
  if (connection !== undefined && connection.authScheme !== authConfig.authScheme) {
    const message = `Auth config is ${authConfig.authScheme}, but the connection is ${connection.authScheme}`;
    throw new ApiError(422, 611, 'ConnectedAccount_AuthSchemeMismatch', message);
  }
  const val = connection?.val ?? {};
  const fields = findScheme(state.toolkits.get(authConfig.toolkitSlug), authConfig.authScheme)?.fields ?? [];
  const missing = fields.filter(({ required, name }) => required && !val[name]);
  if (missing.length > 0) throw missingRequiredFields(missing.map(({ displayName }) => displayName));
  if (body.validate_credentials && Object.values(val).some((value) => knobs.rejectedCredentials.has(String(value)))) {
    throw badRequest('The provided credentials are not valid');
  }
  if (alias && isAliasTaken(state, { userId, toolkitSlug: authConfig.toolkitSlug, alias }))
    throw aliasInUse(alias, 400);
}

async function createFromBody(
  emulator: EmulatorContext,
  { connection }: CreateBody,
  authConfig: AuthConfigRecord,
): Promise<AccountRecord> {
  const { status: _, ...val } = connection.state?.val ?? {};
  const needsBrowser = isRedirecting(authConfig.authScheme) && !Object.keys(val).some(isSecretField);
  const account = createAccount(
    {
      userId: connection.user_id,
      authConfig,
      status: needsBrowser ? 'INITIATED' : 'ACTIVE',
      alias: connection.alias,
      val,
    },
    emulator.clock,
  );
  if (needsBrowser) {
    const callbackUrl = connection.callback_url;
    const flow = { accountId: account.id, linkToken: undefined, callbackUrl, browser: undefined };
    account.redirectUrl = await beginAuthorization(emulator, authConfig, flow);
  }
  emulator.state.accounts.set(account.id, account);
  return account;
}
