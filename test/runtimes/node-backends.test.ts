import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { after, before, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { startHttpServer } from '../../demo/start-http-server.js';
import { type Redis, startRedis } from '../support/start-redis.js';
import { freeOrigin, runBackend } from './run-backend.js';
import { connectEndToEnd, SECRET, type ServedBackend, startUpstreams, type Upstreams } from './served-backend.js';

let redis: Redis;
let upstreams: Upstreams;
before(async () => {
  redis = await startRedis();
  upstreams = await startUpstreams();
});
after(async () => {
  await Promise.all([redis?.close(), upstreams?.close()]);
});

/** What the examples read from their environment. */
const environment = (origin: string) => ({
  COMPOSIO_API_KEY: upstreams.emulator.apiKey,
  COMPOSIO_BASE_URL: upstreams.emulator.origin,
  CONNECT_SECRET: SECRET,
  ORIGIN: origin,
  PORT: new URL(origin).port,
  REDIS_URL: redis.url,
  // Keeps the SDK from speaking to anybody else.
  NODE_ENV: 'test',
});

/** Runs an example as a process of Node, and one user's connection through it. */
async function connectThrough(file: string, user: string): Promise<void> {
  const origin = await freeOrigin();
  const backend = await runBackend(process.execPath, [file], { origin, env: environment(origin) });
  try {
    await connectEndToEnd(upstreams, [{ origin, fetch }], user);
  } finally {
    await backend.stop();
  }
}

for (const name of ['node-http', 'express', 'fastify', 'koa', 'nest', 'hono', 'h3']) {
  test(`the example demo/backends/${name}.mjs connects an account`, async () => {
    await connectThrough(`demo/backends/${name}.mjs`, `user_${name}`);
  });
}

test('the example demo/backends/express.mjs connects an account in Express 4', async () => {
  const source = readFileSync('demo/backends/express.mjs', 'utf8');
  assert.ok(source.includes("from 'express'"));
  mkdirSync('.build/backends', { recursive: true });
  writeFileSync('.build/backends/express4.mjs', source.replace("from 'express'", "from 'express4'"));
  await connectThrough('.build/backends/express4.mjs', 'user_express4');
});

test('the example demo/backends/node-http2.mjs connects an account over HTTP/2', async () => {
  const origin = await freeOrigin();
  const backend = await runBackend(process.execPath, ['demo/backends/node-http2.mjs'], {
    origin,
    env: environment(origin),
    isUp: () => fetchByHttp2(connect(origin), `${origin}/api/connect/callback`).then(({ ok }) => ok),
  });
  const session = connect(origin);
  try {
    const part: ServedBackend = { origin, fetch: (url, init) => fetchByHttp2(session, url, init) };
    await connectEndToEnd(upstreams, [part], 'user_http2');
  } finally {
    session.close();
    await backend.stop();
  }
});

/** `fetch` of Node speaks HTTP/1.1 without TLS. */
function fetchByHttp2(session: ClientHttp2Session, url: string, init: RequestInit = {}): Promise<Response> {
  const { pathname, search } = new URL(url);
  const endStream = !init.body;
  return new Promise((resolve, reject) => {
    session.on('error', reject);
    const head = { ':method': init.method ?? 'GET', ':path': pathname + search };
    const stream = session.request({ ...head, ...Object.fromEntries(new Headers(init.headers)) }, { endStream });
    stream.on('error', reject);
    stream.on('response', async (received) => {
      const chunks: Buffer[] = await stream.toArray();
      const headers = Object.entries(received).filter(([name]) => !name.startsWith(':'));
      const named = headers.map(([name, value]): [string, string] => [name, String(value)]);
      resolve(new Response(Buffer.concat(chunks), { status: Number(received[':status']), headers: named }));
    });
    if (!endStream) stream.end(init.body);
  });
}

test('the example demo/backends/next-route.mjs loads without secrets, as `next build` does, and connects an account', async () => {
  type Route = Record<string, ((request: Request) => Promise<Response>) | undefined>;
  for (const name of Object.keys(environment('http://localhost:1'))) delete process.env[name];
  const route = (await import(new URL(`file://${process.cwd()}/demo/backends/next-route.mjs`).href)) as Route;
  const server = await startHttpServer(
    async (origin) => {
      Object.assign(process.env, environment(origin));
      // What Next.js does: one exported function for each method.
      return getRequestListener((request) => route[request.method]?.(request) ?? new Response(null, { status: 405 }));
    },
    { host: 'localhost' },
  );
  try {
    await connectEndToEnd(upstreams, [{ origin: server.origin, fetch }], 'user_next');
  } finally {
    await server.close();
  }
});

/** What API Gateway makes of a request, payload format 2.0. */
async function toLambdaEvent(request: Request): Promise<object> {
  const { pathname, search, host } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    ...(body.byteLength > 0 && { body: body.toString('base64'), isBase64Encoded: true }),
    requestContext: { domainName: host, http: { method: request.method, path: pathname } },
  };
}

test('the example demo/backends/lambda.mjs connects an account by the events of AWS Lambda', async () => {
  type Answer = { statusCode: number; headers: Record<string, string>; body: string };
  const origin = 'http://localhost:3000';
  Object.assign(process.env, environment(origin));
  const { handler } = (await import(new URL(`file://${process.cwd()}/demo/backends/lambda.mjs`).href)) as {
    handler(event: object): Promise<Answer>;
  };
  const fetchLambda: ServedBackend['fetch'] = async (url, init) => {
    const { statusCode, headers, body } = await handler(await toLambdaEvent(new Request(url, init)));
    return new Response(body, { status: statusCode, headers });
  };
  await connectEndToEnd(upstreams, [{ origin, fetch: fetchLambda }], 'user_lambda');
});
