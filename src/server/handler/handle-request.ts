import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { getPath } from 'hono/utils/url';
import { sweepUnbound } from '../binding/sweep-unbound.js';
import { startUpstream, type Upstream } from '../composio/upstream-calls.js';
import { upstreamTimeout } from '../composio/upstream-error.js';
import { errorResponse, RequestError } from '../http/errors.js';
import { type IncomingRequest, parseJsonObject, readIncoming } from '../http/incoming-request.js';
import { addCorsHeaders, answerPreflight, isPreflight, publicOrigin } from '../http/origins.js';
import { type GuardedRoute, ROUTES } from '../routes/route-table.js';
import { type AuditEvent, emitAudit, reportError } from './audit.js';
import { authenticate, checkClaims } from './authenticate.js';
import { type AuditSubject, type HandlerContext, type RequestContext, requireUser } from './context.js';
import type { Identity } from './identity.js';

/** The values that every request has before it is routed. */
interface RequestFacts {
  readonly requestId: string;
  /** Public origin of the host. */
  readonly origin: string;
  readonly incoming: IncomingRequest;
  /** The second argument of the handler, for `identify`. */
  readonly hostContext: unknown;
}

/** A request on its way to a guarded route. */
interface GuardedRequest extends RequestFacts {
  readonly handler: HandlerContext;
  readonly route: GuardedRoute;
  /** The id in the path, or `''`. */
  readonly id: string;
}

/** Returns the function that serves all routes. It never rejects. */
export function createRequestHandler(
  handler: HandlerContext,
): (request: Request, hostContext?: unknown) => Promise<Response> {
  const { origin: configuredOrigin, allowedOrigins } = handler.settings;
  const router = createRouter(handler);
  const respond = async (incoming: IncomingRequest, requestId: string, hostContext: unknown): Promise<Response> => {
    await handler.storeProbe.passed();
    const { head } = incoming;
    const origin = publicOrigin(head, configuredOrigin);
    if (isPreflight(head)) return answerPreflight(head, allowedOrigins);
    return router.fetch(head, { requestId, origin, incoming, hostContext });
  };
  return async (request, hostContext) => {
    const requestId = crypto.randomUUID();
    const refuse = (error: unknown) => errorResponse(reportError(error, requestId), requestId);
    const swept = sweepUnbound(handler, requestId);
    try {
      const incoming = readIncoming(request);
      const response = await respond(incoming, requestId, hostContext).catch(refuse);
      addCorsHeaders(response, incoming.head, allowedOrigins);
      return incoming.isHead ? new Response(null, response) : response;
    } catch (error) {
      return refuse(error);
    } finally {
      await swept;
    }
  };
}

function createRouter(handler: HandlerContext): Hono<{ Bindings: RequestFacts }> {
  // Servers that add a slash to every path (Next.js with `trailingSlash`) redirect the callback page too.
  const app = new Hono<{ Bindings: RequestFacts }>({ getPath: (request) => getPath(request).replace(/(?<=.)\/$/, '') });
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
        : answerAudited({ ...env, handler, route, id: req.param('id') ?? '' }),
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
async function answerAudited(guarded: GuardedRequest): Promise<Response> {
  const { handler, requestId, route } = guarded;
  const { onAudit, composio } = handler.settings;
  const subject: AuditSubject = { userId: null, connectedAccountId: null, authConfigId: null };
  const audit: RequestContext['audit'] = (event) =>
    emitAudit(onAudit, { ...event, requestId, time: new Date().toISOString() });
  const finish = (outcome: AuditEvent['outcome']) => {
    if (route.action !== undefined) audit({ action: route.action, outcome, ...subject });
  };
  // A write is not stopped half-way.
  const clientSignal = route.method === 'GET' ? guarded.incoming.signal : undefined;
  const upstream = startUpstream(composio, { clientSignal });
  try {
    const response = await runRoute(guarded, { subject, audit, upstream });
    finish('success');
    return response;
  } catch (error) {
    // Nobody reads this response, and a read that ended with its client is no failure of upstream.
    if (clientSignal?.aborted) return errorResponse(upstreamTimeout(), requestId);
    const reported = reportError(error, requestId);
    finish(reported.code);
    return errorResponse(reported, requestId);
  } finally {
    upstream.end();
  }
}

async function runRoute(
  { handler, incoming, hostContext, origin, route, id }: GuardedRequest,
  services: Pick<RequestContext, 'subject' | 'audit'> & { upstream: Upstream },
): Promise<Response> {
  const { identity, bytes } = await authenticate(incoming, { origin, hostContext }, handler.settings);
  services.subject.userId = identity?.userId ?? null;
  const { searchParams: query } = new URL(incoming.head.url);
  // Copied once for each request, and there are many reads.
  const readContext = <Known extends Identity | null>(known: Known) =>
    checkClaims({ ...handler, ...services, query, origin, id, identity: known, body: parseJsonObject(bytes) });
  if (route.access === 'anyone') return route.handle(readContext(identity));
  // Checked before the body, so that a client that is not signed in learns nothing else.
  return route.handle(readContext(requireUser(identity)));
}
