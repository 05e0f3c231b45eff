import { Hono } from 'hono';
import { buildSite, type SiteFiles, typeOf } from './build-site.js';

/** Serves the documentation under `/docs/`. It is made at the first request. */
export function docsRoutes(): Hono {
  const app = new Hono();
  let site: Promise<SiteFiles> | undefined;
  app.get('/docs', (context) => context.redirect('/docs/'));
  app.get('/docs/:path{.*}', async (context) => {
    site ??= buildSite({ home: { href: '/', title: 'Demo' } });
    const path = context.req.param('path') || 'index.html';
    const content = (await site).get(path);
    if (content === undefined) return context.notFound();
    return context.body(content, 200, { 'Content-Type': typeOf(path) });
  });
  return app;
}
