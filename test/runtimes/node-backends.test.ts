import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { after, before, test } from 'node:test';
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
async function connectThrough(args: readonly string[], user: string): Promise<void> {
  const origin = await freeOrigin();
  const backend = await runBackend(process.execPath, args, { origin, env: environment(origin) });
  try {
    await connectEndToEnd(upstreams, [{ origin, fetch }], user);
  } finally {
    await backend.stop();
  }
}

for (const name of ['node-http', 'express', 'fastify', 'koa', 'nest', 'hono', 'h3']) {
  test(`the example demo/backends/${name}.mjs connects an account`, async () => {
    await connectThrough([`demo/backends/${name}.mjs`], `user_${name}`);
  });
}

test('the example demo/backends/express.mjs connects an account in Express 4', async () => {
  const source = readFileSync('demo/backends/express.mjs', 'utf8');
  assert.ok(source.includes("from 'express'"));
  mkdirSync('.build/backends', { recursive: true });
  writeFileSync('.build/backends/express4.mjs', source.replace("from 'express'", "from 'express4'"));
  await connectThrough(['.build/backends/express4.mjs'], 'user_express4');
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

for (const [platform, file, does] of [
  ['next', 'next-route', 'loads without secrets, as `next build` does, and connects an account'],
  ['lambda', 'lambda', 'connects an account by the events of AWS Lambda'],
] as const) {
  test(`the example demo/backends/${file}.mjs ${does}`, async () => {
    const script = new URL('serve-functions.js', import.meta.url).pathname;
    await connectThrough([script, platform, `demo/backends/${file}.mjs`], `user_${platform}`);
  });
}
