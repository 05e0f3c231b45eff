import { Hono } from 'hono';
import { z } from 'zod';
import { createId } from '../account-factory.js';
import { authConfigNotFound, badRequest, toolkitNotFound } from '../api-error.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { paginate } from '../paging.js';
import { queryFlag, queryList, readBody } from '../request-input.js';
import { createAuthConfig, type SchemeRecord, type ToolkitRecord } from '../toolkit-records.js';
import { wireAuthConfig } from '../wire-toolkit.js';

const managedAuth = z.object({ type: z.literal('use_composio_managed_auth'), name: z.string().optional() });
const customAuth = z.object({
  type: z.literal('use_custom_auth'),
  name: z.string().optional(),
  authScheme: z.string(),
});

const createBody = z.object({
  toolkit: z.object({ slug: z.string() }),
  auth_config: z.discriminatedUnion('type', [managedAuth, customAuth]).default({ type: 'use_composio_managed_auth' }),
});

/** 50 until 2026-09-21. @see https://docs.composio.dev/docs/changelog */
const MAX_LIMIT = 200;

type AuthConfigChoice = z.infer<typeof createBody>['auth_config'];

/** `GET /auth_configs`, `GET /auth_configs/{id}`, `POST /auth_configs`, `PATCH /auth_configs/{id}/{status}`. */
export function authConfigRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, clock, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.get('/auth_configs', route('authConfigs.list'), (context) => {
    const toolkits = queryList(context, 'toolkit_slug');
    const isManaged = queryFlag(context, 'is_composio_managed');
    const showsDisabled = queryFlag(context, 'show_disabled') ?? false;
    const search = context.req.query('search')?.toLowerCase() ?? '';
    const found = [...state.authConfigs.values()].filter(
      ({ id, name, toolkitSlug, isComposioManaged, status }) =>
        (toolkits?.includes(toolkitSlug) ?? true) &&
        (isManaged === undefined || isManaged === isComposioManaged) &&
        (showsDisabled || status === 'ENABLED') &&
        (id.toLowerCase().includes(search) || name.toLowerCase().includes(search)),
    );
    const page = paginate(context, found, MAX_LIMIT);
    return context.json({ ...page, items: page.items.map((authConfig) => wireAuthConfig(emulator, authConfig)) });
  });

  app.get('/auth_configs/:id', route('authConfigs.retrieve'), (context) => {
    const authConfig = state.authConfigs.get(context.req.param('id'));
    if (authConfig === undefined) throw authConfigNotFound();
    return context.json(wireAuthConfig(emulator, authConfig));
  });

  app.post('/auth_configs', route('authConfigs.create'), async (context) => {
    const { toolkit: wanted, auth_config: choice } = await readBody(context, createBody);
    const toolkit = state.toolkits.get(wanted.slug);
    if (toolkit === undefined) throw toolkitNotFound(wanted.slug);
    const scheme = chooseScheme(toolkit, choice);
    const name = choice.name ?? toolkit.name;
    const authConfig = createAuthConfig({ id: createId('ac'), toolkitSlug: toolkit.slug, name, scheme }, clock);
    state.authConfigs.set(authConfig.id, authConfig);
    const { id, authScheme, isComposioManaged } = authConfig;
    const created = { id, auth_scheme: authScheme, is_composio_managed: isComposioManaged };
    return context.json({ toolkit: { slug: toolkit.slug }, auth_config: created }, 201);
  });

  app.patch('/auth_configs/:id/:status{ENABLED|DISABLED}', route('authConfigs.updateStatus'), (context) => {
    const authConfig = state.authConfigs.get(context.req.param('id'));
    if (authConfig === undefined) throw authConfigNotFound();
    authConfig.status = context.req.param('status') === 'ENABLED' ? 'ENABLED' : 'DISABLED';
    authConfig.lastUpdatedAt = clock.now();
    return context.json({});
  });

  return app;
}

function chooseScheme(toolkit: ToolkitRecord, choice: AuthConfigChoice): SchemeRecord {
  const scheme = toolkit.schemes.find(({ mode, isComposioManaged }) =>
    choice.type === 'use_composio_managed_auth' ? isComposioManaged : mode === choice.authScheme,
  );
  if (scheme === undefined) throw badRequest(`Default auth config not found for toolkit ${toolkit.slug}`);
  return { ...scheme, isComposioManaged: choice.type === 'use_composio_managed_auth' };
}
