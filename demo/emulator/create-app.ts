import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ApiError, errorEnvelope, invalidApiKey } from './api-error.js';
import type { EmulatorContext, EmulatorEnv, RecordedRequest } from './emulator-context.js';
import { expireUnfinished } from './emulator-state.js';
import { linkPageRoutes } from './hosted/link-pages.js';
import { oauthCallbackRoutes } from './hosted/oauth-callback.js';
import { authConfigRoutes } from './routes/auth-configs.js';
import { changeAccountRoutes } from './routes/change-account.js';
import { createAccountRoutes } from './routes/create-account.js';
import { endAccountRoutes } from './routes/end-account.js';
import { linkRoutes } from './routes/link.js';
import { projectRoutes } from './routes/project.js';
import { readAccountRoutes } from './routes/read-accounts.js';
import { renewAccountRoutes } from './routes/renew-account.js';
import { toolkitRoutes } from './routes/toolkits.js';
import { limitRate, recordRequests } from './simulate-network.js';

const API_PREFIXES = ['/api/v3', '/api/v3.1'];

/** All routes: the API under both of its prefixes, and the hosted pages. */
export function createApp(emulator: EmulatorContext, requests: RecordedRequest[]): Hono<EmulatorEnv> {
  const { state, clock } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.use(recordRequests(requests));
  app.use(async (_context, next) => {
    expireUnfinished(state, clock);
    await next();
  });
  app.onError((error, context) => {
    const answer = error instanceof ApiError ? error : new ApiError(500, 500, 'Internal_ServerError', error.message);
    return context.json(errorEnvelope(answer), answer.status);
  });
  app.notFound((context) =>
    context.json(errorEnvelope(new ApiError(404, 404, 'Route_NotFound', `No route ${context.req.path}`)), 404),
  );

  for (const prefix of API_PREFIXES) {
    // Providers send browsers here, which have no key, so this route comes before the check.
    app.route(prefix, oauthCallbackRoutes(emulator));
    app.route(prefix, createApi(emulator));
  }
  app.route('/', linkPageRoutes(emulator));
  return app;
}

function createApi(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const api = new Hono<EmulatorEnv>();
  api.use(requireApiKey(emulator.apiKey));
  api.use(limitRate(emulator.knobs, emulator.clock));
  // `link` and `complete_auth` come before the routes that match any id.
  api.route('/', linkRoutes(emulator));
  api.route('/', renewAccountRoutes(emulator));
  api.route('/', readAccountRoutes(emulator));
  api.route('/', createAccountRoutes(emulator));
  api.route('/', changeAccountRoutes(emulator));
  api.route('/', endAccountRoutes(emulator));
  api.route('/', authConfigRoutes(emulator));
  api.route('/', toolkitRoutes(emulator));
  api.route('/', projectRoutes(emulator));
  return api;
}

function requireApiKey(apiKey: string) {
  return createMiddleware<EmulatorEnv>(async (context, next) => {
    const presented = context.req.header('x-api-key') ?? '';
    if (presented !== apiKey) throw invalidApiKey(presented);
    await next();
  });
}
