import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { CONNECT_ERROR_CODES } from '../../../src/core/model/error-codes.js';
import type { Visit } from '../page-layout.js';
import type { VisitorBackend } from '../visitor-backend.js';
import { findShow } from './language-shows.js';
import { languagesPage } from './languages-page.js';

/** What the routes need of the app. */
export interface LanguageRoutesParts {
  readonly backend: VisitorBackend;
  visit(context: Context): Promise<Visit>;
}

/** The page of the languages. */
export function languageRoutes({ backend, visit }: LanguageRoutesParts): Hono {
  const app = new Hono();
  app.use(csrf());
  app.get('/', async (context) => {
    const userId = await backend.visitors.admit(context);
    backend.prepare(userId);
    const found = findShow(context.req.query('show'));
    return context.html(languagesPage({ ...found, visit: await visit(context), userId, endpoint: backend.endpoint }));
  });
  app.post('/again', async (context) => {
    await backend.visitors.startOver(context);
    const { show } = await context.req.parseBody();
    return context.redirect(`/languages?show=${findShow(String(show)).name}`, 303);
  });
  return app;
}

/** The endpoint of the page, and for each error code a backend that refuses a link with it. */
export function languageEndpoints(backend: VisitorBackend): Hono {
  const app = new Hono();
  app.all('/connect/*', (context) => backend.handle(context.req.raw));
  app.post('/refusing/:code/connected-accounts/link', (context) => {
    const code = CONNECT_ERROR_CODES.find((known) => known === context.req.param('code'));
    if (code === undefined) return context.notFound();
    return context.json({ error: { code, message: `This backend refuses each link with ${code}.` } }, 400);
  });
  app.get('/refusing/:code/*', ({ req }) => {
    const url = new URL(req.url);
    const path = url.pathname.slice(`/languages/refusing/${req.param('code')}`.length);
    return backend.handle(
      new Request(`${url.origin}${backend.endpoint}${path}${url.search}`, { headers: req.raw.headers }),
    );
  });
  return app;
}
