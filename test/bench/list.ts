/**
 * `npm run bench:list`: 1,000 rows of `<connected-accounts-list>` beside the same rows written with the DOM alone, in the
 * same run. Ends with code 1 where the element takes more than twice as long.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { launch, type Page } from 'puppeteer-core';
import { startHttpServer } from '../../demo/start-http-server.js';
import { AccountSearch } from '../../src/core/search-accounts.js';
import { accountsOfAges } from '../support/account-pages.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';

const ROUNDS = 7;
const ROWS = 1000;
const FRAME = 1000 / 60;
const LIMIT = 2;

type Kind = 'element' | 'plain';

/** What one round says of one of the two. */
interface Round {
  readonly load: number;
  readonly update: number;
  readonly touched: number;
  readonly scroll: number;
  /** Bytes of the heap, a row. */
  readonly memory: number;
}

const PAGE = `<!doctype html><html lang="en"><title>Benchmark</title><body>
<script type="module" src="/connect-account.min.js"></script><script type="module" src="/bench/list-page.js"></script>`;

function createApp(): Hono {
  const app = new Hono();
  const script = (path: string | URL) =>
    new Response(readFileSync(path), { headers: { 'content-type': 'text/javascript' } });
  app.get('/', (context) => context.html(PAGE));
  app.get('/connect-account.min.js', () => script('dist/connect-account.min.js'));
  app.get('/bench/:name', ({ req }) => script(fileURLToPath(new URL(req.param('name'), import.meta.url))));
  return app;
}

/** Bytes. */
async function heap(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  // The second is where the nodes of the document live.
  const { usedSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + embedderHeapUsedSize;
}

async function measure(page: Page, origin: string, kind: Kind): Promise<Round> {
  await page.goto(origin);
  await page.waitForFunction(() => globalThis.bench !== undefined && customElements.get('connected-accounts-list'));
  // Once before, for the compiler to know the code.
  await page.evaluate(async (name) => {
    const first = globalThis.bench[name]();
    await first.load();
    first.remove();
  }, kind);
  const before = await heap(page);
  const measured = await page.evaluateHandle((name) => globalThis.bench[name](), kind);
  const load = await measured.evaluate((one) => one.load());
  const memory = ((await heap(page)) - before) / ROWS;
  const update = await measured.evaluate((one) => one.update());
  const scroll = await measured.evaluate((one) => one.scroll());
  return { load, update: update.time, touched: update.rows, scroll, memory };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** ms that a search among 10,000 accounts takes, once they have been looked at. */
function searchTime(): number {
  const search = new AccountSearch();
  const accounts = accountsOfAges(10_000);
  search.find(accounts, 'o');
  return median(
    Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      search.find(accounts, 'octocat red-castle');
      return performance.now() - start;
    }),
  );
}

/** Prints both and answers whether the element is good enough. */
function report(what: string, unit: string, ours: number, plain: number): boolean {
  const ratio = ours / plain;
  const columns = [`${ours.toFixed(1)} ${unit}`, `${plain.toFixed(1)} ${unit}`, `${ratio.toFixed(2)}×`];
  console.log([what.padEnd(34), ...columns.map((column) => column.padStart(14))].join(''));
  return ratio <= LIMIT;
}

async function main(): Promise<void> {
  const server = await startHttpServer(() => getRequestListener(createApp().fetch), { host: 'localhost' });
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS] });
  const rounds: Record<Kind, Round[]> = { element: [], plain: [] };
  try {
    const page = await browser.newPage();
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ['element', 'plain'] as const) rounds[kind].push(await measure(page, server.origin, kind));
    }
  } finally {
    await browser.close();
    await server.close();
  }
  const of = (kind: Kind, key: keyof Round) => median(rounds[kind].map((round) => round[key]));
  console.log(
    ['1,000 accounts'.padEnd(34), ...['element', 'plain DOM', 'ratio'].map((name) => name.padStart(14))].join(''),
  );
  const good = [
    report('all rows, page by page', 'ms', of('element', 'load'), of('plain', 'load')),
    report('one row changes, until drawn', 'ms', of('element', 'update'), of('plain', 'update')),
    report('rows touched by that', '', of('element', 'touched'), of('plain', 'touched')),
    report('a frame while scrolling', 'ms', of('element', 'scroll'), of('plain', 'scroll')),
    report('memory of a row', 'kB', of('element', 'memory') / 1000, of('plain', 'memory') / 1000),
  ];
  const search = searchTime();
  console.log(`search among 10,000 accounts: ${search.toFixed(1)} ms, a frame has ${FRAME.toFixed(1)} ms`);
  if (good.includes(false) || search > FRAME) process.exitCode = 1;
}

await main();
