import { setTimeout as delay } from 'node:timers/promises';
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ApiError, errorEnvelope, insufficientPermissions } from './api-error.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { EmulatorEnv, RecordedRequest } from './emulator-context.js';
import type { Failure, Knobs, RouteName } from './knobs.js';

const PROXY_PAGE = '<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>';

/** Records every request, even those without a response. */
export function recordRequests(requests: RecordedRequest[]): MiddlewareHandler<EmulatorEnv> {
  return createMiddleware<EmulatorEnv>(async (context, next) => {
    const { method, path } = context.req;
    const body = await context.req.text();
    const record: RecordedRequest = {
      method,
      path,
      query: { ...context.req.queries() },
      body,
      route: undefined,
      status: null,
    };
    requests.push(record);
    context.set('record', record);
    await next();
    record.status = context.res.status;
  });
}

const WINDOW_MS = 60_000;

/** Creates the middleware that applies the knob `requestsPerMinute`: a fixed window of one minute for the organization. */
export function limitRate(knobs: Knobs, clock: EmulatorClock): MiddlewareHandler<EmulatorEnv> {
  let window = 0;
  let count = 0;
  return createMiddleware<EmulatorEnv>(async (context, next) => {
    const current = Math.floor(clock.now() / WINDOW_MS);
    if (current !== window) [window, count] = [current, 0];
    count += 1;
    const limit = knobs.requestsPerMinute;
    if (limit === undefined || count <= limit) return next();
    const wait = Math.ceil(((window + 1) * WINDOW_MS - clock.now()) / 1000);
    return rateLimited(context, String(wait), limit);
  });
}

/** Creates the middleware that names a route and applies the knobs `latency` and `failures` to it. */
export function simulateNetwork(knobs: Knobs, closing: AbortSignal) {
  return (name: RouteName): MiddlewareHandler<EmulatorEnv> =>
    createMiddleware<EmulatorEnv>(async (context, next) => {
      context.get('record').route = name;
      const latency = knobs.latency[name] ?? knobs.latency['*'] ?? 0;
      if (latency > 0) await delay(latency, undefined, { signal: closing }).catch(() => undefined);
      const failure = takeFailure(knobs, name);
      if (failure === undefined) return next();
      return fail(context, failure, closing);
    });
}

function takeFailure({ failures }: Knobs, name: RouteName): Failure | undefined {
  const failure = failures.find(({ route, times }) => (route === name || route === '*') && times !== 0);
  if (failure?.times !== undefined) failure.times -= 1;
  return failure;
}

async function fail(context: Context<EmulatorEnv>, failure: Failure, closing: AbortSignal): Promise<Response> {
  switch (failure.kind) {
    case 'rate_limited':
      return rateLimited(context, failure.retryAfter ?? '1');
    case 'server_error':
      return context.json(errorEnvelope(new ApiError(500, 500, 'Internal_ServerError', 'Internal server error')), 500);
    case 'conflict':
      return context.json(errorEnvelope(new ApiError(409, 409, 'Conflict', 'A concurrent write holds the lease')), 409);
    case 'forbidden':
      return context.json(errorEnvelope(insufficientPermissions()), 403);
    case 'html':
      return context.html(PROXY_PAGE, 502);
    case 'truncated':
      return context.body('{"id":"ca_', 200, { 'content-type': 'application/json' });
    case 'hang':
      await new Promise((resolve) => closing.addEventListener('abort', resolve, { once: true }));
      return context.body(null, 503);
    case 'reset':
      context.env.incoming.socket.destroy();
      return context.body(null, 503);
  }
}

/** The plan Hobby. @see https://docs.composio.dev/reference/rate-limits : no error envelope here */
function rateLimited(context: Context, retryAfter: string, limit = 2000): Response {
  return context.json({ message: `Rate limit exceeded. Limit: ${limit} requests per minute` }, 429, {
    'Retry-After': retryAfter,
    'X-RateLimit': String(limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Window-Size': '60s',
  });
}
