import type { RequestError } from './request-error.js';

/** An answer in JSON that nothing caches. */
export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}

/** The error envelope of the protocol. */
export function errorResponse(failure: RequestError, requestId: string): Response {
  const { fieldErrors, connectedAccountId, headers } = failure.details;
  const error = { code: failure.code, message: failure.message, requestId, fieldErrors, connectedAccountId };
  return jsonResponse(failure.status, { error }, headers);
}
