import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Composio } from '@composio/core';
import { getRequestListener } from '@hono/node-server';
import { ALL_CHECKS, type CheckResult, runChecks } from '../../demo/desk/check/run-checks.js';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../demo/provider/start-provider.js';
import { type HttpServer, startHttpServer } from '../../demo/start-http-server.js';
import { type BindingMode, createConnectHandler } from '../../src/server.js';

const SECRET = 'a secret of the tests, 32 bytes or more';
const ALLOWED = 'https://pages.example';
/** The challenge of one browser, which a broken backend takes every browser for. */
const CHALLENGE = 'x'.repeat(43);

type Handle = (request: Request) => Promise<Response>;
/** What a broken backend does in place of the handler. */
type Break = (request: Request, handle: Handle) => Promise<Response> | Response;

const isCallbackPage = ({ method, url }: Request) => method === 'GET' && new URL(url).pathname.endsWith('/callback');
const isCallbackPost = ({ method, url }: Request) => method === 'POST' && new URL(url).pathname.endsWith('/callback');
const isLink = ({ method, url }: Request) => method === 'POST' && new URL(url).pathname.endsWith('/link');

function error(status: number, code: string): Response {
  return Response.json({ error: { code, message: code } }, { status, headers: { 'cache-control': 'no-store' } });
}

/** Lets the handler see other headers. */
async function withHeaders(request: Request, change: Readonly<Record<string, string | null>>): Promise<Request> {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(change)) value === null ? headers.delete(name) : headers.set(name, value);
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.text();
  return new Request(request.url, { method: request.method, headers, body: body || null });
}

/** Lets the handler see another body. */
async function withBody(request: Request, change: (body: Record<string, unknown>) => unknown): Promise<Request> {
  const { method, headers, url } = request;
  const text = await request.text();
  let body = text;
  try {
    body = JSON.stringify(change(JSON.parse(text)));
  } catch {
    // What is no JSON stays as it is.
  }
  const length = new Headers(headers);
  length.delete('content-length');
  return new Request(url, { method, headers: length, body });
}

/** Answers with other headers than the handler. */
const answerHeaders =
  (change: Readonly<Record<string, string | null>>, applies: (request: Request) => boolean = () => true): Break =>
  async (request, handle) => {
    const isChanged = applies(request);
    const response = await handle(request);
    if (!isChanged) return response;
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(change))
      value === null ? headers.delete(name) : headers.set(name, value);
    return new Response(response.body, { status: response.status, headers });
  };

/** Answers with another body than the handler. */
const answerBody =
  (change: (body: Record<string, unknown>) => unknown): Break =>
  async (request, handle) => {
    const response = await handle(request);
    if (!response.headers.get('content-type')?.startsWith('application/json')) return response;
    const headers = new Headers(response.headers);
    return new Response(JSON.stringify(change((await response.json()) as Record<string, unknown>)), {
      status: response.status,
      headers,
    });
  };

/** Answers with another status where the handler has this one. */
const answerStatus =
  (from: number, to: number): Break =>
  async (request, handle) => {
    const response = await handle(request);
    return response.status === from ? new Response(response.body, { status: to, headers: response.headers }) : response;
  };

const withoutFields =
  (...names: string[]): Break =>
  async (request, handle) =>
    handle(
      isLink(request)
        ? await withBody(request, (body) =>
            Object.fromEntries(Object.entries(body).filter(([key]) => !names.includes(key))),
          )
        : request,
    );

/** One mistake for each check, as backends make them. */
const BREAKS: Readonly<Record<string, Break>> = {
  'callback-page': (request, handle) => (isCallbackPage(request) ? error(401, 'unauthorized') : handle(request)),
  'callback-opener-policy': answerHeaders({ 'cross-origin-opener-policy': 'same-origin' }),
  'callback-policy': answerHeaders({ 'content-security-policy': "script-src 'self' 'unsafe-inline'" }, isCallbackPage),
  'callback-script': answerHeaders({ 'content-security-policy': "script-src 'sha256-abc'" }, isCallbackPage),
  'callback-script-file': (request, handle) =>
    request.url.endsWith('/callback.js') ? error(404, 'not_found') : handle(request),
  'callback-static': async (request, handle) => {
    if (!isCallbackPage(request)) return handle(request);
    const { searchParams } = new URL(request.url);
    return new Response(`<p>${searchParams.get('error')}<script></script>`, {
      headers: { 'content-type': 'text/html' },
    });
  },
  anonymous: (request, handle) => (request.headers.has('x-test-user') ? handle(request) : Response.json({ items: [] })),
  session: async (request, handle) => handle(await withHeaders(request, { 'x-test-user': null })),
  'unknown-route': (request, handle) =>
    request.url.endsWith('/connect-account-check')
      ? new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })
      : handle(request),
  method: answerStatus(405, 404),
  head: (request, handle) => (request.method === 'HEAD' ? new Response(null, { status: 405 }) : handle(request)),
  'trailing-slash': (request, handle) =>
    new URL(request.url).pathname.endsWith('/') ? error(404, 'not_found') : handle(request),
  'unknown-account': (request, handle) =>
    request.method === 'DELETE' ? Response.json({ success: true }) : handle(request),
  'foreign-user': async (request, handle) => {
    const url = new URL(request.url);
    url.searchParams.delete('userId');
    const { method, headers } = request;
    if (isLink(request)) return withoutFields('userId')(request, handle);
    return handle(new Request(url, { method, headers, body: method === 'GET' ? null : await request.text() }));
  },
  'list-input': async (request, handle) => {
    const url = new URL(request.url);
    url.searchParams.set('limit', '20');
    return handle(request.method === 'GET' ? new Request(url, { headers: request.headers }) : request);
  },
  'too-many-ids': async (request, handle) => {
    const url = new URL(request.url);
    const ids = url.searchParams.get('ids');
    if (ids === null) return handle(request);
    url.searchParams.set('ids', ids.split(',').slice(0, 100).join());
    return handle(new Request(url, { headers: request.headers }));
  },
  'csrf-origin': async (request, handle) =>
    handle(await withHeaders(request, { origin: new URL(request.url).origin, 'sec-fetch-site': 'same-origin' })),
  'csrf-no-origin': async (request, handle) =>
    handle(request.headers.has('origin') ? request : await withHeaders(request, { 'sec-fetch-site': 'same-origin' })),
  'csrf-content-type': async (request, handle) =>
    handle(await withHeaders(request, { 'content-type': 'application/json' })),
  'cors-foreign': answerHeaders({ 'access-control-allow-origin': '*' }),
  'cors-allowed': answerHeaders({ 'access-control-allow-credentials': null }),
  'malformed-json': async (request, handle) => {
    const text = request.method === 'POST' ? await request.clone().text() : '{}';
    try {
      JSON.parse(text);
      return await handle(request);
    } catch {
      return new Response('Internal Server Error', { status: 500 });
    }
  },
  'wrong-types': withoutFields('alias', 'allowMultiple', 'connectionData'),
  'prototype-keys': withoutFields('connectionData'),
  'body-limit': answerStatus(413, 400),
  'unknown-auth-config': (request, handle) => (isLink(request) ? error(404, 'not_found') : handle(request)),
  'foreign-callback': withoutFields('callbackUrl'),
  'undeclared-fields': withoutFields('connectionData'),
  'forged-state': (request, handle) =>
    isCallbackPost(request) ? Response.json({ status: 'ACTIVE' }) : handle(request),
  'auth-configs': answerBody((body) => ({ ...body, items: [] })),
  list: answerBody(({ totalPages: _, ...body }) => body),
  link: answerBody((body) => ('redirectUrl' in body ? { ...body, redirectUrl: 'javascript:alert(1)' } : body)),
  'link-sharing': async (request, handle) =>
    handle(
      isLink(request) ? await withBody(request, (body) => ({ ...body, alias: `link ${Math.random()}` })) : request,
    ),
  ownership: async (request, handle) =>
    request.headers.get('x-test-user') === 'user_bob' && !request.url.includes('Check') && request.method === 'GET'
      ? error(403, 'forbidden')
      : handle(request),
  'binding-own-link': async (request, handle) =>
    handle(isLink(request) ? await withBody(request, (body) => ({ ...body, bindingChallenge: CHALLENGE })) : request),
  'binding-stranger': async (request, handle) =>
    handle(isCallbackPost(request) ? await withHeaders(request, { 'x-test-user': 'user_ada' }) : request),
  'binding-last-browser': (request, handle) =>
    isCallbackPost(request) && !request.headers.has('x-test-user') ? error(403, 'browser_mismatch') : handle(request),
  'binding-other-user': async (request, handle) =>
    handle(isCallbackPost(request) ? await withHeaders(request, { 'x-test-user': null }) : request),
  delete: (request, handle) => (request.method === 'DELETE' ? Response.json({ success: true }) : handle(request)),
  'error-envelope': answerBody((body) => ('error' in body ? { message: 'no' } : body)),
  'no-server-error': answerStatus(404, 500),
  'no-store': answerHeaders({ 'cache-control': 'max-age=60' }),
  'no-secrets': answerBody((body) => ({ ...body, nested: { access_token: 'REDACTED' } })),
};

/** Sentences about all answers need some. */
const SOME = ['unknown-account', 'list'];

let provider: Provider;
let emulator: Emulator;
before(async () => {
  provider = await startProvider();
  emulator = await startEmulator({ provider });
});
after(async () => {
  await Promise.all([emulator?.close(), provider?.close()]);
});

/** Serves the handler of this package, broken or not. */
function serve(
  broken: Break = (request, handle) => handle(request),
  binding: BindingMode = 'state',
): Promise<HttpServer> {
  const composio = new Composio({
    apiKey: emulator.apiKey,
    baseURL: emulator.origin,
    allowTracking: false,
    disableVersionCheck: true,
  });
  return startHttpServer(
    (origin) => {
      if (binding === 'verifier') emulator.knobs.verifierUrl = `${origin}/api/connect/callback`;
      const handle = createConnectHandler({
        composio,
        origin,
        binding,
        secret: SECRET,
        allowedOrigins: [ALLOWED],
        linksPerMinute: 1000,
        identify: (request) => {
          const userId = request.headers.get('x-test-user');
          return userId === null ? null : { userId };
        },
      });
      return getRequestListener((request) => broken(request, handle));
    },
    { host: 'localhost' },
  );
}

async function check(server: HttpServer, ids?: readonly string[]): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const options = {
    endpoint: `${server.origin}/api/connect`,
    origin: server.origin,
    session: { 'x-test-user': 'user_ada' },
    otherSession: { 'x-test-user': 'user_bob' },
    authConfigId: 'ac_github',
    allowedOrigin: ALLOWED,
  };
  const checks = ids === undefined ? ALL_CHECKS : ALL_CHECKS.filter(({ id }) => ids.includes(id));
  for await (const result of runChecks(options, checks)) results.push(result);
  return results;
}

const notPassed = (results: readonly CheckResult[]) =>
  results.flatMap((result) => (result.outcome === 'passed' ? [] : [`${result.check.id}: ${result.why}`]));

describe('connect-account check', () => {
  it('the handler of this package passes every check', async () => {
    const server = await serve();
    const results = await check(server);
    await server.close();
    assert.deepEqual(notPassed(results), []);
    assert.equal(results.length, ALL_CHECKS.length);
  });

  it('the handler passes every check in verifier mode too', async () => {
    const server = await serve(undefined, 'verifier');
    const results = await check(server);
    await server.close();
    emulator.knobs.verifierUrl = undefined;
    assert.deepEqual(notPassed(results), []);
  });

  it('a run deletes the accounts that it made', async () => {
    const server = await serve();
    await check(server);
    await server.close();
    const left = emulator.accounts.all().filter(({ userId }) => userId === 'user_ada');
    assert.deepEqual(left, []);
  });

  it('a backend that binds nobody fails the check of the binding', async () => {
    const server = await serve(undefined, 'off');
    const results = await check(server, ['binding']);
    await server.close();
    assert.match(notPassed(results).join(), /nothing binds the browser to the user/);
  });

  it('a backend without a session has the checks that need one skipped, and says how to give it', async () => {
    const server = await serve();
    const options = { endpoint: `${server.origin}/api/connect`, origin: server.origin, session: {}, otherSession: {} };
    const results: CheckResult[] = [];
    for await (const result of runChecks({ ...options, authConfigId: undefined, allowedOrigin: undefined })) {
      results.push(result);
    }
    await server.close();
    assert.deepEqual(
      results.filter(({ outcome }) => outcome === 'failed').map((result) => notPassed([result])),
      [],
    );
    assert.match(notPassed(results).join('\n'), /^session: needs a session: --header "Cookie: …" or --token …$/m);
    assert.ok(results.some(({ check, outcome }) => check.id === 'csrf-origin' && outcome === 'passed'));
  });

  it('every check but that of the binding has a backend that breaks it', () => {
    assert.deepEqual(
      Object.keys(BREAKS).sort(),
      ALL_CHECKS.map(({ id }) => id)
        .filter((id) => id !== 'binding')
        .sort(),
    );
  });

  for (const [id, broken] of Object.entries(BREAKS)) {
    it(`a backend that breaks ${id} fails that check`, async () => {
      const server = await serve(broken);
      const results = await check(server, [...SOME, id]);
      await server.close();
      const failed = results.find((result) => result.check.id === id);
      assert.equal(failed?.outcome, failed?.check.isAdvice ? 'advised' : 'failed', JSON.stringify(failed));
    });
  }
});
