import { startUpstream, type Upstream } from '../composio/upstream-calls.js';
import { addCorsHeaders, answerPreflight, isPreflight } from '../http/cors.js';
import { errorResponse } from '../http/errors.js';
import { parseJsonObject } from '../http/read-body.js';
import { publicOrigin } from '../http/request-origin.js';
import { findRoute, type GuardedRoute, type RouteMatch } from '../routes/router.js';
import { type AuditEvent, emitAudit, reportError } from './audit.js';
import { authenticate, checkClaims } from './authenticate.js';
import { type AuditSubject, type HandlerContext, type RequestContext, requireUser } from './context.js';

/** Answers one request. Never rejects. */
export async function handleRequest(handler: HandlerContext, request: Request): Promise<Response> {
  const requestId = crypto.randomUUID();
  const { allowedOrigins } = handler.settings;
  const response = await answer(handler, request, requestId).catch((error) =>
    errorResponse(reportError(error, requestId), requestId),
  );
  addCorsHeaders(response, request, allowedOrigins);
  return response;
}

async function answer(handler: HandlerContext, request: Request, requestId: string): Promise<Response> {
  const { origin: configuredOrigin, allowedOrigins, basePath } = handler.settings;
  const origin = publicOrigin(request, configuredOrigin);
  if (isPreflight(request)) return answerPreflight(request, allowedOrigins);
  const match = findRoute(request.method, new URL(request.url).pathname, basePath);
  if (match.route.access === 'public') return match.route.handle();
  return answerAudited({ handler, request, requestId, origin, route: match.route, id: match.id });
}

/** A request on its way to a guarded route. */
interface GuardedRequest extends Pick<RouteMatch, 'id'> {
  readonly handler: HandlerContext;
  readonly request: Request;
  readonly requestId: string;
  readonly origin: string;
  readonly route: GuardedRoute;
}

/** Runs a route, tells the host what came of it, and stops the clock of its upstream calls. */
async function answerAudited(incoming: GuardedRequest): Promise<Response> {
  const { handler, requestId, route } = incoming;
  const { onAudit, composio } = handler.settings;
  const subject: AuditSubject = { userId: null, connectedAccountId: null, authConfigId: null };
  const audit: RequestContext['audit'] = (event) =>
    emitAudit(onAudit, { ...event, requestId, time: new Date().toISOString() });
  const finish = (outcome: AuditEvent['outcome']) => {
    if (route.action !== undefined) audit({ action: route.action, outcome, ...subject });
  };
  const upstream = startUpstream(composio);
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
  // Before the body is judged: who is not signed in is told nothing else.
  const user = requireUser(identity);
  return route.handle(checkClaims({ ...readContext(), identity: user }));
}
