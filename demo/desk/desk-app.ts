import { type Context, Hono } from 'hono';
import { createKnobs } from '../emulator/knobs.js';
import { createSampleAccounts } from '../sample-accounts.js';
import { DESK_STYLES } from './desk-styles.js';
import { type DeskParts, KNOB_SECTIONS } from './knob-fields.js';
import { isFailureKind, isRoute, knobsPage } from './knobs-page.js';

const MINUTE_MS = 60_000;
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The page that shows what is set, and the forms that change it. Scripts may post the same forms. */
export function createDeskApp(parts: DeskParts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (!isFromThisPage(context)) return context.text('Use the page of the desk itself.', 403);
    await next();
    context.header('Cache-Control', 'no-store');
    context.header('Content-Security-Policy', "default-src 'none'; style-src 'self'; form-action 'self'");
    return undefined;
  });
  app.get('/', (context) => context.html(knobsPage(parts)));
  app.get('/desk.css', (context) => context.body(DESK_STYLES, 200, { 'content-type': 'text/css' }));
  addKnobRoutes(app, parts);
  addDataRoutes(app, parts);
  return app;
}

/**
 * Returns false for a page of another site. A site could use a name that leads here (DNS rebinding), so the name must be one
 * of this machine.
 */
function isFromThisPage({ req }: Context): boolean {
  const { hostname, origin } = new URL(req.url);
  const sender = req.header('origin');
  const isOwn = sender === undefined || sender === origin;
  return (
    LOOPBACK_NAMES.has(hostname) && (req.method === 'GET' || (isOwn && req.header('sec-fetch-site') !== 'cross-site'))
  );
}

const back = (context: Context): Response => context.redirect('/', 303);

function addKnobRoutes(app: Hono, parts: DeskParts): void {
  const { emulator, provider } = parts;
  app.post('/knobs', async (context) => {
    const form = await context.req.parseBody();
    // A browser leaves out a checkbox that is off. A script may send one field alone.
    const isWholeForm = Object.keys(form).length > 1;
    for (const [name, field] of Object.values(KNOB_SECTIONS).flatMap((section) => Object.entries(section))) {
      if (name in form) field.write(parts, String(form[name]).trim());
      else if (isWholeForm && field.kind === 'flag') field.write(parts, '');
    }
    return back(context);
  });
  app.post('/reset', (context) => {
    Object.assign(emulator.knobs, createKnobs());
    Object.assign(provider.knobs, { autoConsent: undefined, crossOriginOpenerPolicy: {}, revokesWholeGrant: true });
    return back(context);
  });
  app.post('/failures', async (context) => {
    const { route, kind, times } = await context.req.parseBody();
    if (!isRoute(route) || !isFailureKind(kind)) return context.text('There is no such route or failure.', 400);
    const count = Math.trunc(Number(times));
    emulator.knobs.failures.push({ route, kind, ...(count > 0 && { times: count }) });
    return back(context);
  });
  app.post('/failures/end', (context) => {
    emulator.knobs.failures = [];
    return back(context);
  });
}

function addDataRoutes(app: Hono, { emulator }: DeskParts): void {
  const samples = createSampleAccounts(emulator.accounts);
  app.post('/accounts/:id', async (context) => {
    const id = context.req.param('id');
    const { action } = await context.req.parseBody();
    if (emulator.accounts.get(id) === undefined) return context.text('There is no such account.', 404);
    if (action === 'delete') emulator.accounts.delete(id);
    else if (action === 'EXPIRED') emulator.accounts.setStatus(id, action, 'Permanent auth error during token refresh');
    else if (action === 'REVOKED') emulator.accounts.setStatus(id, action, 'Revoked at the provider');
    else return context.text('The action must be EXPIRED, REVOKED or delete.', 400);
    return back(context);
  });
  app.post('/samples', async (context) => {
    const { userId } = await context.req.parseBody();
    if (typeof userId !== 'string' || userId.trim() === '') return context.text('`userId` is missing.', 400);
    samples.giveTo(userId.trim());
    return back(context);
  });
  app.post('/auth-configs/:id', (context) => {
    const authConfig = emulator.authConfigs.get(context.req.param('id'));
    if (authConfig === undefined) return context.text('There is no such auth config.', 404);
    authConfig.status = authConfig.status === 'ENABLED' ? 'DISABLED' : 'ENABLED';
    return back(context);
  });
  app.post('/clock', async (context) => {
    const { minutes } = await context.req.parseBody();
    emulator.clock.advance(Math.max(Number(minutes) || 0, 0) * MINUTE_MS);
    return back(context);
  });
}
