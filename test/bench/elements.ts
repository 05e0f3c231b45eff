/**
 * `npm run bench:elements`: pages of many `<connect-account>` beside pages of as many empty Lit elements, in one run of a real
 * browser, and what the elements cost the page around them. Ends with code 1 when a bound is missed.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { launch, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { startHttpServer } from '../../demo/start-http-server.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { authConfig } from '../support/memory-client.js';
import { type Figure, table } from './figure.js';

const ROUNDS = 7;
/** A page of this many elements may take this many times as long as one of empty elements. */
const MAX_READY_RATIOS = [
  [1, 4],
  [10, 4],
  [100, 6],
  [500, 10],
] as const;
/** A change beside 100 elements may take this many times as long as one on a page without them. */
const MAX_CHANGE_RATIO = 3;
/** The auth configs that one request names. Beside each of these requests there is one for the accounts. */
const IDS_PER_REQUEST = 100;

type Kind = 'connect-account' | 'empty-element';

function pageOf(kind: Kind, count: number): string {
  const element = (index: number) => `<p><${kind} user-id="user_1" auth-config-id="ac_${index}"></${kind}></p>`;
  return `<!doctype html><html lang="en"><title>Benchmark</title><script type="module" src="/${kind}.js"></script>
<script type="module" src="/bench/elements-page.js"></script>${Array.from({ length: count }, (_, index) => element(index)).join('')}`;
}

/** Returns the code of the empty element with Lit, in one file as the package is. */
async function bundleEmptyElement(): Promise<string> {
  const entry = fileURLToPath(new URL('empty-element.js', import.meta.url));
  const lib = { entry, formats: ['es' as const] };
  const built = await build({ configFile: false, logLevel: 'warn', build: { lib, write: false } });
  const [bundle] = Array.isArray(built) ? built : [];
  const [chunk] = bundle?.output ?? [];
  if (!chunk) throw new Error('Vite has built nothing.');
  return chunk.code;
}

/** Serves the pages, and a backend that returns at once. Calls `onRequest` for each request to the backend. */
function createApp(emptyElement: string, onRequest: () => void): Hono {
  const app = new Hono();
  const script = (code: string) => new Response(code, { headers: { 'content-type': 'text/javascript' } });
  app.get('/pages/:kind/:count', ({ req, html }) =>
    html(pageOf(req.param('kind') as Kind, Number(req.param('count')))),
  );
  app.get('/connect-account.js', () => script(readFileSync('dist/connect-account.min.js', 'utf8')));
  app.get('/empty-element.js', () => script(emptyElement));
  app.get('/bench/:name', ({ req }) => script(readFileSync(new URL(req.param('name'), import.meta.url), 'utf8')));
  app.get('/api/connect/*', (_context, next) => {
    onRequest();
    return next();
  });
  app.get('/api/connect/auth-configs', ({ req, json }) => {
    const ids = req.query('ids')?.split(',') ?? [];
    return json({ items: ids.map((id) => authConfig({ id })) });
  });
  app.get('/api/connect/connected-accounts', ({ json }) => json({ items: [], nextCursor: null, totalPages: 0 }));
  return app;
}

/** Opens a page and returns the time in ms until its elements are ready. */
async function open(page: Page, origin: string, kind: Kind, count: number): Promise<number> {
  await page.goto(`${origin}/pages/${kind}/${count}`);
  await page.waitForFunction(() => globalThis.elementsBench !== undefined);
  return page.evaluate(() => globalThis.elementsBench.ready);
}

async function measureReady(page: Page, origin: string, [count, ratio]: readonly [number, number]): Promise<Figure> {
  let [ours, empty] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    // The best round counts, because other work of the machine can only add time.
    empty = Math.min(empty, await open(page, origin, 'empty-element', count));
    ours = Math.min(ours, await open(page, origin, 'connect-account', count));
  }
  return {
    name: `from the navigation until ${count} are ready and drawn`,
    value: `${ours.toFixed(0)} ms, empty ones ${empty.toFixed(0)} ms: ${(ours / empty).toFixed(2)}×`,
    bound: `${ratio}× at most`,
    holds: ours <= empty * ratio,
  };
}

function requestsFigure(count: number, requests: number): Figure {
  const bound = 2 * Math.ceil(count / IDS_PER_REQUEST);
  return {
    name: `requests of ${count}, each of another auth config`,
    value: `${requests}`,
    bound: `${bound}`,
    holds: requests === bound,
  };
}

/** The page around the elements, with and without 100 of them. */
async function measureChanges(page: Page, origin: string): Promise<Figure> {
  await open(page, origin, 'connect-account', 0);
  const without = await page.evaluate(() => globalThis.elementsBench.changeBeside());
  await open(page, origin, 'connect-account', 100);
  const beside = await page.evaluate(() => globalThis.elementsBench.changeBeside());
  return {
    name: 'a change of the page beside 100 elements',
    value: `${beside.toFixed(2)} µs, without them ${without.toFixed(2)} µs: ${(beside / without).toFixed(2)}×`,
    bound: `${MAX_CHANGE_RATIO}× at most`,
    holds: beside <= without * MAX_CHANGE_RATIO,
  };
}

async function measureAll(page: Page, origin: string, takeRequests: () => number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [count, ratio] of MAX_READY_RATIOS) {
    takeRequests();
    figures.push(await measureReady(page, origin, [count, ratio]), requestsFigure(count, takeRequests() / ROUNDS));
  }
  return [...figures, await measureChanges(page, origin)];
}

async function main(): Promise<void> {
  let requests = 0;
  const takeRequests = () => {
    const taken = requests;
    requests = 0;
    return taken;
  };
  const app = createApp(await bundleEmptyElement(), () => {
    requests += 1;
  });
  const server = await startHttpServer(() => getRequestListener(app.fetch), { host: 'localhost' });
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    const figures = await measureAll(await browser.newPage(), server.origin, takeRequests);
    console.log(table(figures));
    if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();
