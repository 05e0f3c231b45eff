import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { docsRoutes } from '../docs-site/docs-routes.js';
import type { SampleAccounts } from '../sample-accounts.js';
import { readAppearance } from './appearance.js';
import { DEMO_USERS, findDemoUser } from './demo-users.js';
import type { Integration } from './load-integrations.js';
import { CONTENT_SECURITY_POLICY } from './page-layout.js';
import { accountsPage, emptySettingsPage, integrationsPage, signInPage } from './pages.js';
import type { Sessions } from './session.js';

/** The parts of the app. */
export interface DemoAppParts {
  readonly sessions: Sessions;
  readonly integrations: readonly Integration[];
  /** The handler of `connect-account/server.js`, to be mounted under `/api/connect`. */
  readonly handleConnect: (request: Request) => Promise<Response>;
  /** Set when Composio is emulated. */
  readonly samples?: SampleAccounts | undefined;
}

const HOME = '/settings/integrations';

/** A typical company app: pages, sessions, and the connect handler in one line. */
export function createApp({ sessions, integrations, handleConnect, samples }: DemoAppParts): Hono {
  const app = new Hono();
  app.all('/api/connect/*', (context) => handleConnect(context.req.raw));
  app.route('/', staticFiles());
  app.use(pageHeaders());
  app.route('/', docsRoutes());

  app.get('/', (context) => context.redirect(HOME));
  app.get('/sign-in', (context) => context.html(signInPage(readAppearance(context))));
  app.get('/settings/:page{general|members|billing|integrations|accounts}', async (context) => {
    let user = await sessions.read(context.req.raw);
    if (user === undefined) {
      // A Strict cookie is missing when another site links here, although a user may be signed in.
      if (context.req.header('sec-fetch-site') === 'cross-site') return context.redirect('/sign-in');
      // The demo signs visitors in by itself.
      [user] = DEMO_USERS;
      await sessions.start(context, user);
    }
    const page = context.req.param('page');
    const look = readAppearance(context);
    if (page === 'accounts') {
      samples?.giveTo(user.id);
      return context.html(accountsPage(user, look, samples !== undefined));
    }
    return context.html(
      page === 'integrations'
        ? integrationsPage(user, integrations, look)
        : emptySettingsPage(user, `${page[0]?.toUpperCase()}${page.slice(1)}`, look),
    );
  });
  app.route('/session', sessionRoutes(sessions));
  if (samples) app.route('/demo', upstreamRoutes(sessions, samples));
  return app;
}

/** Changes to accounts that happen upstream. */
function upstreamRoutes(sessions: Sessions, samples: SampleAccounts): Hono {
  const app = new Hono();
  app.use(csrf());
  app.post('/expire', async (context) => {
    const user = await sessions.read(context.req.raw);
    if (user === undefined) return context.text('Nobody is signed in.', 401);
    return context.json({ expired: samples.expireNewest(user.id) ?? null });
  });
  return app;
}

/** Routes that sign in one of the two users, and sign out. */
function sessionRoutes(sessions: Sessions): Hono {
  const app = new Hono();
  app.use(csrf());
  app.post('/', async (context) => {
    const user = findDemoUser((await context.req.parseBody())['user']);
    if (user === undefined) return context.text('There is no such user.', 400);
    await sessions.start(context, user);
    return context.redirect(HOME, 303);
  });
  app.post('/end', (context) => {
    sessions.end(context);
    return context.redirect('/sign-in', 303);
  });
  return app;
}

function staticFiles(): Hono {
  const app = new Hono();
  const compiled = relative(process.cwd(), fileURLToPath(new URL('.', import.meta.url)));
  app.get('/connect-account.min.js', serveStatic({ root: 'dist' }));
  app.get('/client/*', serveStatic({ root: compiled }));
  app.get('/src/events/event-names.js', serveStatic({ root: join(compiled, '../..') }));
  for (const path of ['/logos/*', '/styles/*', '/favicon.svg']) app.get(path, serveStatic({ root: 'demo/app' }));
  return app;
}

function pageHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    context.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'same-origin');
    context.header('Cache-Control', 'no-store');
  };
}
