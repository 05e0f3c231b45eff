import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Composio } from '@composio/core';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../demo/provider/start-provider.js';
import { startHttpServer } from '../../demo/start-http-server.js';
import { createConnectHandler, createSessionToken, identifyBySessionToken } from '../../src/server.js';
import { waitUntil } from '../support/wait-until.js';
import type { Framework } from './frameworks.js';
import type { InstalledApp } from './install-app.js';

const ENDPOINT = '/api/connect';
const SECRET = 'a secret of the tests, 32 bytes or more';
const MAX_START_MS = 60_000;

/** A request of an element to the backend. */
export interface BackendRequest {
  readonly url: string;
  readonly status: number;
  readonly hasToken: boolean;
}

/** A site with the pages of an app and the real handler, on one origin, before an emulated Composio. */
export interface AppHost {
  readonly origin: string;
  readonly emulator: Emulator;
  readonly provider: Provider;
  /** Requests so far, in the order of the responses. */
  readonly requests: readonly BackendRequest[];
  close(): Promise<void>;
}

/** Starts the site. Users are identified by session tokens alone, so nothing works without the function that gets one. */
export async function startAppHost(framework: Framework, app: InstalledApp): Promise<AppHost> {
  const provider = await startProvider();
  const emulator = await startEmulator({ provider });
  const requests: BackendRequest[] = [];
  const pages = framework.serves === 'start' ? await startServer(app) : servePages(app, framework.serves.folder);
  const server = await startHttpServer((origin) => createListener(origin, emulator, requests, pages), {
    host: 'localhost',
  });
  return {
    origin: server.origin,
    emulator,
    provider,
    requests,
    close: async () => {
      await Promise.all([server.close(), emulator.close(), provider.close(), pages.close()]);
    },
  };
}

/** What responds to requests for pages. */
interface Pages {
  respond(request: Request): Response | Promise<Response>;
  close(): Promise<void>;
}

function createListener(origin: string, emulator: Emulator, requests: BackendRequest[], pages: Pages) {
  const handle = createConnectHandler({
    composio: new Composio({
      apiKey: emulator.apiKey,
      baseURL: emulator.origin,
      allowTracking: false,
      disableVersionCheck: true,
    }),
    identify: identifyBySessionToken(SECRET),
    secret: SECRET,
    origin,
  });
  const site = new Hono();
  site.get('/token', async ({ req, text }) =>
    text(await createSessionToken({ userId: req.query('as') ?? '' }, SECRET)),
  );
  site.all(`${ENDPOINT}/*`, async ({ req }) => {
    const response = await handle(req.raw);
    requests.push({ url: req.url, status: response.status, hasToken: req.header('authorization') !== undefined });
    return response;
  });
  site.all('*', ({ req }) => pages.respond(req.raw));
  return getRequestListener(site.fetch);
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves files. A path without a file gets the page of its folder, or the first page, as single-page apps want it. */
function servePages(app: InstalledApp, folder: string): Pages {
  const respond = (request: Request): Response => {
    const { pathname } = new URL(request.url);
    if (pathname === '/favicon.ico') return new Response(null, { status: 204 });
    const candidates = [pathname, join(pathname, 'index.html'), `${pathname}.html`, '/index.html'];
    const path = candidates.map((one) => join(app.folder, folder, one)).find((one) => extname(one) && existsSync(one));
    if (path === undefined) return new Response('There is no such page.', { status: 404 });
    return new Response(readFileSync(path), { headers: { 'content-type': TYPES[extname(path)] ?? 'text/plain' } });
  };
  return { respond, close: async () => {} };
}

/** Starts the server of the framework, in production mode. */
async function startServer({ folder, environment }: InstalledApp): Promise<Pages> {
  const port = await freePort();
  const env = { ...environment, PORT: port, HOST: '127.0.0.1', HOSTNAME: '127.0.0.1' };
  const server = spawn('npm', ['run', '--silent', 'start'], { cwd: folder, env, stdio: 'pipe', detached: true });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => output.push(String(text)));
  const origin = `http://127.0.0.1:${port}`;
  await waitUntil(async () => (await fetch(origin)).status < 500, 'the server of the app', MAX_START_MS).catch(
    async (error: Error) => {
      await stop(server);
      throw new Error(`${error.message}\n${output.join('')}`);
    },
  );
  const respond = (request: Request): Promise<Response> => {
    const { host, pathname, search } = new URL(request.url);
    if (pathname === '/favicon.ico') return Promise.resolve(new Response(null, { status: 204 }));
    const headers = new Headers(request.headers);
    // Next compares it with the `Origin` of a form.
    headers.set('x-forwarded-host', host);
    return proxy(`${origin}${pathname}${search}`, { raw: request, headers: Object.fromEntries(headers) });
  };
  return { respond, close: () => stop(server) };
}

/** Stops npm and the server that it started, which are a process group of their own. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  process.kill(-server.pid);
  await once(server, 'exit');
}

async function freePort(): Promise<string> {
  const server = await startHttpServer(() => () => {}, { host: '127.0.0.1' });
  await server.close();
  return new URL(server.origin).port;
}
