import { RequestError } from './errors.js';

/** Whether the request is a CORS preflight. */
export function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
}

/** Responds to a preflight. Browsers send it before a page of another origin may send JSON or a token. */
export function answerPreflight(request: Request, allowedOrigins: readonly string[]): Response {
  const headers = corsHeaders(request, allowedOrigins);
  if (headers === null) throw new RequestError('csrf_rejected', 'This origin is not one of `allowedOrigins`.');
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Access-Control-Max-Age': '600',
      'Cache-Control': 'no-store',
    },
  });
}

/** Lets a page of an allowed origin read the response. The header names that origin, because `*` excludes cookies. */
export function addCorsHeaders(response: Response, request: Request, allowedOrigins: readonly string[]): void {
  if (allowedOrigins.length === 0) return;
  response.headers.append('Vary', 'Origin');
  for (const [name, value] of Object.entries(corsHeaders(request, allowedOrigins) ?? {}))
    response.headers.set(name, value);
}

function corsHeaders(request: Request, allowedOrigins: readonly string[]): Record<string, string> | null {
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.includes(origin)) return null;
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Date, Retry-After',
  };
}
