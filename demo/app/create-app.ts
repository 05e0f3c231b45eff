import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { docsRoutes } from '../docs-site/docs-routes.js';
import type { SampleAccounts } from '../sample-accounts.js';
import { readAppearance } from './appearance.js';
import { DEMO_USERS, findDemoUser } from './demo-users.js';
import type { FailingBackends } from './failures/failing-backends.js';
import { failureEndpoints, failureRoutes } from './failures/failure-routes.js';
import { languageEndpoints, languageRoutes } from './languages/language-routes.js';
import type { Integration } from './load-integrations.js';
import { contentSecurityPolicy, type Visit } from './page-layout.js';
import { accountsPage, emptySettingsPage, integrationsPage, signInPage } from './pages.js';
import { playgroundRoutes } from './playground/playground-routes.js';
import type { Sessions } from './session.js';
import { systemFiles, themeRoutes } from './themes/theme-routes.js';
import type { VisitorBackend } from './visitor-backend.js';

/** The parts of the app. */
export interface DemoAppParts {
  readonly sessions: Sessions;
  readonly integrations: readonly Integration[];
  /** The handler of `connect-account/server.js`, to be mounted under `/api/connect`. */
  readonly handleConnect: (request: Request) => Promise<Response>;
  /** Creates a session token, which the handler accepts like the cookie. */
  readonly createToken: (userId: string) => Promise<string>;
  /** Set when Composio is emulated. */
  readonly emulated?: EmulatedParts | undefined;
}

/** What only an emulated Composio can do. */
export interface EmulatedParts {
  readonly samples: SampleAccounts;
  readonly failing: FailingBackends;
  readonly themes: VisitorBackend;
  readonly languages: VisitorBackend;
}

const HOME = '/settings/integrations';

type Visits = (context: Context) => Promise<Visit>;

/** A typical company app: pages, sessions, and the connect handler in one line. */
export function createApp(parts: DemoAppParts): Hono<{ Bindings: HttpBindings }> {
  const { sessions, integrations, handleConnect, emulated } = parts;
  const visit: Visits = async (context) => ({
    user: (await sessions.read(context.req.raw)) ?? (await signInFirstUser(sessions, context)),
    look: readAppearance(context),
    isEmulated: emulated !== undefined,
  });
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('/api/connect/*', (context) => handleConnect(context.req.raw));
  if (emulated) app.route('/', visitorEndpoints(emulated));
  app.route('/', staticFiles());
  app.use(pageHeaders());
  app.route('/', docsRoutes());

  app.get('/', (context) => context.redirect(HOME));
  app.get('/sign-in', (context) => context.html(signInPage(readAppearance(context))));
  app.use(requireFirstParty(sessions));
  app.route('/', settingsRoutes(integrations, visit, emulated?.samples));
  app.route('/session', sessionRoutes(parts));
  app.route('/playground', playgroundRoutes({ integrations, visit, samples: emulated?.samples }));
  if (emulated) app.route('/', emulatedPages(emulated, sessions, visit));
  return app;
}

/** The demo signs visitors in by itself. */
async function signInFirstUser(sessions: Sessions, context: Context): Promise<Visit['user']> {
  const [user] = DEMO_USERS;
  await sessions.start(context, user);
  return user;
}

/** A Strict cookie is missing when another site links here, although a user may be signed in. */
function requireFirstParty(sessions: Sessions): MiddlewareHandler {
  return async (context, next) => {
    const isForeign = context.req.header('sec-fetch-site') === 'cross-site' && context.req.method === 'GET';
    if (isForeign && (await sessions.read(context.req.raw)) === undefined) return context.redirect('/sign-in');
    return next();
  };
}

/** Endpoints of pages whose users are their visitors. */
function visitorEndpoints({ failing, themes, languages }: EmulatedParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/failures', failureEndpoints(failing));
  app.route('/languages', languageEndpoints(languages));
  app.all('/themes/connect/*', (context) => themes.handle(context.req.raw));
  return app;
}

/** Pages that need emulated services. */
function emulatedPages(
  { failing, themes, languages, samples }: EmulatedParts,
  sessions: Sessions,
  visit: Visits,
): Hono {
  const app = new Hono();
  app.route('/failures', failureRoutes({ backends: failing, visit }));
  app.route('/themes', themeRoutes({ backend: themes, visit }));
  app.route('/languages', languageRoutes({ backend: languages, visit }));
  app.route('/demo', upstreamRoutes(sessions, samples));
  return app;
}

function settingsRoutes(
  integrations: readonly Integration[],
  visit: Visits,
  samples: SampleAccounts | undefined,
): Hono {
  const app = new Hono();
  app.get('/settings/:page{general|members|billing|integrations|accounts}', async (context) => {
    const page = context.req.param('page');
    const visited = await visit(context);
    if (page === 'accounts') {
      samples?.giveTo(visited.user.id);
      return context.html(accountsPage(visited));
    }
    return context.html(
      page === 'integrations'
        ? integrationsPage(visited, integrations)
        : emptySettingsPage(visited, `${page[0]?.toUpperCase()}${page.slice(1)}`),
    );
  });
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

/** Routes that sign in one of the two users, sign out, and give the page a session token. */
function sessionRoutes({ sessions, createToken }: DemoAppParts): Hono {
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
  app.post('/token', async (context) => {
    const user = await sessions.read(context.req.raw);
    return user === undefined ? context.text('Nobody is signed in.', 401) : context.text(await createToken(user.id));
  });
  return app;
}

function staticFiles(): Hono {
  const app = new Hono();
  const compiled = relative(process.cwd(), fileURLToPath(new URL('.', import.meta.url)));
  const withoutPrefix = (path: string): string => path.replace('/connect-account', '');
  app.get('/connect-account/cdn/*', serveStatic({ root: 'dist', rewriteRequestPath: withoutPrefix }));
  app.get('/connect-account/themes/*', serveStatic({ root: 'dist', rewriteRequestPath: withoutPrefix }));
  app.get('/client/*', serveStatic({ root: compiled }));
  app.route('/', systemFiles());
  app.get('/src/events/event-names.js', serveStatic({ root: join(compiled, '../..') }));
  for (const path of ['/logos/*', '/styles/*', '/favicon.svg']) app.get(path, serveStatic({ root: 'demo/app' }));
  return app;
}

function pageHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    // A page that needs more has set a policy of its own.
    if (!context.res.headers.has('Content-Security-Policy'))
      context.header('Content-Security-Policy', contentSecurityPolicy());
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'same-origin');
    context.header('Cache-Control', 'no-store');
  };
}
