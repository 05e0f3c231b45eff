import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import type { Visit } from '../page-layout.js';
import type { FailingBackends } from './failing-backends.js';
import { type FailureId, isFailureId } from './failure-cases.js';
import { failuresPage } from './failures-page.js';

/** What the routes need of the app. */
export interface FailureRoutesParts {
  readonly backends: FailingBackends;
  visit(context: Context): Promise<Visit>;
}

const FIRST: FailureId = 'popup-blocked';

/** The pages of the failures. */
export function failureRoutes({ backends, visit }: FailureRoutesParts): Hono {
  const app = new Hono();
  app.use(csrf());
  const show = async (context: Context, id: FailureId): Promise<Response> => {
    const userId = await backends.visitors(id).admit(context);
    return context.html(failuresPage(await visit(context), id, userId));
  };
  app.get('/', (context) => show(context, FIRST));
  app.get('/:id', (context) => {
    const id = context.req.param('id');
    return isFailureId(id) ? show(context, id) : context.notFound();
  });
  app.post('/:id/again', async (context) => {
    const id = context.req.param('id');
    if (!isFailureId(id)) return context.notFound();
    await backends.visitors(id).startOver(context);
    const { then } = await context.req.parseBody();
    return context.redirect(`/failures/${id}${then === 'connect' ? '?then=connect' : ''}`, 303);
  });
  return app;
}

/** The endpoints of the failures. They have the headers of the handler alone. */
export function failureEndpoints(backends: FailingBackends): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('/:id/connect/*', async (context) => {
    const id = context.req.param('id');
    if (!isFailureId(id)) return context.notFound();
    const response = await backends.handle(id, context.req.raw);
    if (response.type !== 'error') return response;
    context.env.incoming.socket.destroy();
    return context.body(null);
  });
  return app;
}
