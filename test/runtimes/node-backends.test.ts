import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { startHttpServer } from '../../demo/start-http-server.js';
import { type Redis, startRedis } from '../support/start-redis.js';
import { waitUntil } from '../support/wait-until.js';
import { connectEndToEnd, SECRET, startUpstreams, type Upstreams } from './served-backend.js';

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

async function freeOrigin(): Promise<string> {
  const server = await startHttpServer(() => () => {}, { host: 'localhost' });
  await server.close();
  return server.origin;
}

for (const name of ['node-http', 'express', 'hono']) {
  test(`the example demo/backends/${name}.mjs connects an account`, async () => {
    const origin = await freeOrigin();
    const env = { ...process.env, ...environment(origin) };
    const child: ChildProcess = spawn(process.execPath, [`demo/backends/${name}.mjs`], { env, stdio: 'inherit' });
    try {
      await waitUntil(async () => (await fetch(`${origin}/api/connect/callback`)).ok, `${name} listens`);
      await connectEndToEnd(upstreams, [{ origin, fetch }], `user_${name}`);
    } finally {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  });
}

test('the example demo/backends/next-route.mjs connects an account', async () => {
  type Route = Record<string, ((request: Request) => Promise<Response>) | undefined>;
  const server = await startHttpServer(
    async (origin) => {
      Object.assign(process.env, environment(origin));
      const route = (await import(new URL(`file://${process.cwd()}/demo/backends/next-route.mjs`).href)) as Route;
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
