import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { sweepUnbound } from '../binding/sweep-unbound.js';
import { startUpstream, type Upstream } from '../composio/upstream-calls.js';
import { errorResponse, RequestError } from '../http/errors.js';
import { addCorsHeaders, answerPreflight, isPreflight, publicOrigin } from '../http/origins.js';
import { parseJsonObject } from '../http/read-body.js';
import { type GuardedRoute, ROUTES } from '../routes/route-table.js';
import { type AuditEvent, emitAudit, reportError } from './audit.js';
import { authenticate, checkClaims } from './authenticate.js';
import { type AuditSubject, type HandlerContext, type RequestContext, requireUser } from './context.js';

/** The values that every request has before it is routed. */
interface RequestFacts {
  readonly requestId: string;
  /** Public origin of the host. */
  readonly origin: string;
}

/** A request on its way to a guarded route. */
interface GuardedRequest extends RequestFacts {
  readonly handler: HandlerContext;
  readonly request: Request;
  readonly route: GuardedRoute;
  /** The id in the path, or `''`. */
  readonly id: string;
}

/** Returns the function that serves all routes. It never rejects. */
export function createRequestHandler(handler: HandlerContext): (request: Request) => Promise<Response> {
  const { origin: configuredOrigin, allowedOrigins } = handler.settings;
  const router = createRouter(handler);
  return async (request) => {
    const requestId = crypto.randomUUID();
    const swept = sweepUnbound(handler, requestId);
    const respond = async () => {
      await handler.storeProbe.passed();
      const origin = publicOrigin(request, configuredOrigin);
      if (isPreflight(request)) return answerPreflight(request, allowedOrigins);
      return router.fetch(request, { requestId, origin });
    };
    const response = await respond().catch((error) => errorResponse(reportError(error, requestId), requestId));
    await swept;
    addCorsHeaders(response, request, allowedOrigins);
    return response;
  };
}

function createRouter(handler: HandlerContext): Hono<{ Bindings: RequestFacts }> {
  const app = new Hono<{ Bindings: RequestFacts }>();
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: ({ env }, methods) => errorResponse(wrongMethod(methods), env.requestId),
    }),
  );
  for (const route of ROUTES) {
    app.on(route.method, `${handler.settings.basePath}${route.path}`, ({ env, req }) =>
      route.access === 'public'
        ? route.handle(handler.settings)
        : answerAudited({ ...env, handler, request: req.raw, route, id: req.param('id') ?? '' }),
    );
  }
  app.notFound(({ env }) => errorResponse(new RequestError('not_found', 'There is no such route.'), env.requestId));
  app.onError((error, { env }) => errorResponse(reportError(error, env.requestId), env.requestId));
  return app;
}

/** Creates the 405. Hono lists HEAD with every GET, and the protocol's table does not. */
function wrongMethod(methods: readonly string[]): RequestError {
  const allow = methods.filter((method) => method !== 'HEAD').join(', ');
  return new RequestError('invalid_request', `This route offers ${allow}.`, { status: 405, headers: { Allow: allow } });
}

/** Runs a route, reports its outcome to the audit log, and stops the clock of its upstream calls. */
async function answerAudited(incoming: GuardedRequest): Promise<Response> {
  const { handler, requestId, route } = incoming;
  const { onAudit, composio } = handler.settings;
  const subject: AuditSubject = { userId: null, connectedAccountId: null, authConfigId: null };
  const audit: RequestContext['audit'] = (event) =>
    emitAudit(onAudit, { ...event, requestId, time: new Date().toISOString() });
  const finish = (outcome: AuditEvent['outcome']) => {
    if (route.action !== undefined) audit({ action: route.action, outcome, ...subject });
  };
  // A write is not stopped half-way.
  const clientSignal = route.method === 'GET' ? incoming.request.signal : undefined;
  const upstream = startUpstream(composio, { clientSignal });
  try {
    const response = await runRoute(incoming, { subject, audit, upstream });
    finish('success');
    return response;
  } catch (error) {
    const reported = reportError(error, requestId);
    finish(reported.code);
    return errorResponse(reported, requestId);
  } finally {
    upstream.end();
  }
}

async function runRoute(
  { handler, request, origin, route, id }: GuardedRequest,
  services: Pick<RequestContext, 'subject' | 'audit'> & { upstream: Upstream },
): Promise<Response> {
  const { identity, bytes } = await authenticate(request, origin, handler.settings);
  services.subject.userId = identity?.userId ?? null;
  const { searchParams: query } = new URL(request.url);
  const readContext = () => ({ ...handler, ...services, query, origin, id, body: parseJsonObject(bytes) });
  if (route.access === 'anyone') return route.handle(checkClaims({ ...readContext(), identity }));
  // Checked before the body, so that a client that is not signed in learns nothing else.
  const user = requireUser(identity);
  return route.handle(checkClaims({ ...readContext(), identity: user }));
}
