import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { contentSecurityPolicy, type Visit } from '../page-layout.js';
import type { VisitorBackend } from '../visitor-backend.js';
import { isSystemName, systemPage } from './design-systems.js';
import { themesPage } from './themes-page.js';

/** What the routes need of the app. */
export interface ThemeRoutesParts {
  readonly backend: VisitorBackend;
  visit(context: Context): Promise<Visit>;
}

/** The theme builder, and in its frames a page of each design system. */
export function themeRoutes({ backend, visit }: ThemeRoutesParts): Hono {
  const app = new Hono();
  const admit = async (context: Context): Promise<{ userId: string; endpoint: string }> => {
    const userId = await backend.visitors.admit(context);
    backend.prepare(userId);
    return { userId, endpoint: backend.endpoint };
  };
  app.get('/', async (context) => {
    const named = context.req.query('preset');
    const preset = isSystemName(named) ? named : undefined;
    context.header('Content-Security-Policy', contentSecurityPolicy({ 'frame-src': "'self'" }));
    return context.html(themesPage({ ...(await admit(context)), visit: await visit(context), preset }));
  });
  app.get('/systems/:name', async (context) => {
    const name = context.req.param('name');
    if (!isSystemName(name)) return context.notFound();
    const scheme = context.req.query('scheme') === 'dark' ? 'dark' : 'light';
    context.header('Content-Security-Policy', SYSTEM_POLICY);
    return context.html(systemPage(name, { ...(await admit(context)), scheme }));
  });
  return app;
}

/**
 * These pages stand in a frame of ours. Material and Web Awesome bring a Lit of their own, which asks for the same policy
 * as ours, and styles of the systems hold pictures as data and, in Lit's case, `style` attributes.
 */
const SYSTEM_POLICY = contentSecurityPolicy({
  'frame-ancestors': "'self'",
  'img-src': "'self' https: data:",
  'trusted-types': "lit-html 'allow-duplicates'",
});

/** Packages of design systems: the folder that is served of each. They are installed for the demo alone. */
const FOLDERS = {
  bootstrap: 'bootstrap/dist',
  primer: '@primer/css/dist',
  primitives: '@primer/primitives/dist/css',
  webawesome: '@awesome.me/webawesome/dist-cdn',
};

/** The files of the design systems, from this machine. */
export function systemFiles(): Hono {
  const app = new Hono();
  for (const [name, folder] of Object.entries(FOLDERS)) {
    const rewriteRequestPath = (path: string): string => path.replace(`/systems/${name}`, '');
    app.get(`/systems/${name}/*`, serveStatic({ root: `node_modules/${folder}`, rewriteRequestPath }));
  }
  let material: Promise<string> | undefined;
  app.get('/systems/material.js', async (context) => {
    material ??= bundleMaterial();
    return context.body(await material, 200, { 'content-type': 'text/javascript' });
  });
  return app;
}

/** Material Web comes as modules that import each other by package name, so its two buttons are bundled. */
async function bundleMaterial(): Promise<string> {
  const { build } = await import('esbuild');
  const buttons = ['filled-button', 'outlined-button'].map((name) => `import '@material/web/button/${name}.js';`);
  const { outputFiles } = await build({
    stdin: { contents: buttons.join('\n'), resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
