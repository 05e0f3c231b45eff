/**
 * `npm run bench:list`: 1,000 rows of `<connected-accounts-list>` beside the same rows written with the DOM alone, in
 * one
 * run of a real browser; and a search among 10,000. Ends with code 1 when a bound is missed.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { launch, type Page } from 'puppeteer-core';
import { startHttpServer } from '../../demo/start-http-server.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { type Figure, printFigures } from './figure.js';
import type { Search, SearchDrawn } from './list-page.js';

const ROUNDS = 7;
const ROWS = 1000;
const FRAME_MS = 1000 / 60;
/** The element may take this many times as long as the plain list. */
const LIMIT = 2;
/** A frame may take this many times as long. A larger difference would be visible. */
const TOLERANCE = 1.1;

type Kind = 'element' | 'plain';

/** The measurements of one of the two in one round. */
interface Round {
  readonly load: number;
  readonly update: number;
  readonly touched: number;
  readonly rendered: number;
  readonly frame: number;
  readonly slowFrame: number;
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
  app.get('/src/*', ({ req }) => script(fileURLToPath(new URL(`../..${req.path}`, import.meta.url))));
  app.get('/bench/:name', ({ req }) => script(fileURLToPath(new URL(req.param('name'), import.meta.url))));
  return app;
}

/** Bytes. */
async function heap(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  // The second number covers the nodes of the document.
  const { usedSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + embedderHeapUsedSize;
}

async function measure(page: Page, origin: string, kind: Kind): Promise<Round> {
  await page.goto(origin);
  await page.waitForFunction(() => globalThis.bench !== undefined && customElements.get('connected-accounts-list'));
  // A first run warms up the compiler.
  await page.evaluate(async (name) => {
    const first = globalThis.bench[name]();
    await first.load();
    first.remove();
  }, kind);
  const before = await heap(page);
  const measured = await page.evaluateHandle((name) => globalThis.bench[name](), kind);
  const load = await measured.evaluate((one) => one.load());
  const memory = ((await heap(page)) - before) / ROWS;
  const { time, ...rows } = await measured.evaluate((one) => one.update());
  const { mean, slow } = await measured.evaluate((one) => one.scroll());
  return { load, memory, update: time, ...rows, frame: mean, slowFrame: slow };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

type Rounds = Readonly<Record<Kind, readonly Round[]>>;

type Pair = readonly [ours: number, plain: number];

/** Returns a line whose bound is {@link LIMIT} times the plain list. */
function comparison(name: string, unit: string, [ours, plain]: Pair): Figure {
  const value = `${ours.toFixed(1)} ${unit}, plain DOM ${plain.toFixed(1)} ${unit}: ${(ours / plain).toFixed(2)}×`;
  return { name, value, bound: `${LIMIT}× at most`, holds: ours <= plain * LIMIT };
}

/** Holds at the frame rate. On a machine too slow for the plain list, the two are compared. */
function frameRate(name: string, pair: Pair): Figure {
  const [ours, plain] = pair;
  const compared = comparison(name, 'ms', pair);
  if (plain > FRAME_MS * TOLERANCE)
    return { ...compared, bound: `${compared.bound}: this machine drops frames anyway` };
  return { ...compared, bound: `${(FRAME_MS * TOLERANCE).toFixed(1)} ms`, holds: ours <= FRAME_MS * TOLERANCE };
}

const least = (rounds: readonly Round[], key: keyof Round): number => Math.min(...rounds.map((round) => round[key]));

/** kB */
const medianMemory = (rounds: readonly Round[]): number => median(rounds.map(({ memory }) => memory)) / 1000;

function compare(rounds: Rounds): Figure[] {
  // The best round counts, because other work of the machine can only add time.
  const best = (key: keyof Round): Pair => [least(rounds.element, key), least(rounds.plain, key)];
  // The garbage collector errs in both directions.
  const memory: Pair = [medianMemory(rounds.element), medianMemory(rounds.plain)];
  const [frame] = best('frame');
  const most = (key: 'touched' | 'rendered') => Math.max(...rounds.element.map((round) => round[key]));
  const one = (name: string, rows: number): Figure => ({ name, value: `${rows}`, bound: '1', holds: rows === 1 });
  return [
    comparison('1,000 rows, page by page, until drawn', 'ms', best('load')),
    comparison('one row changes, until drawn', 'ms', best('update')),
    one('rows rendered by that', most('rendered')),
    one('rows touched by that', most('touched')),
    frameRate(`a frame while scrolling (${(1000 / frame).toFixed(0)} a second)`, best('frame')),
    { ...frameRate('the longest of 20 frames', best('slowFrame')), bound: '', holds: true },
    comparison('memory of a row', 'kB', memory),
  ];
}

function searchFigures({ first, next }: Search, drawn: SearchDrawn): Figure[] {
  const inFrame = (name: string, time: number): Figure => {
    return { name, value: `${time.toFixed(1)} ms`, bound: `${FRAME_MS.toFixed(1)} ms`, holds: time <= FRAME_MS };
  };
  return [
    inFrame('search among 10,000, first letter', first),
    inFrame('search among 10,000, slowest later letter', next),
    searchDrawnFigure(drawn),
  ];
}

/** A machine on which the plain list takes longer than 100 ms is slower than the one that the bound was set on. */
function searchDrawnFigure({ element, plain }: SearchDrawn): Figure {
  const bound = 1.5 * Math.max(plain, 100);
  const value = `${element.toFixed(0)} ms, plain DOM ${plain.toFixed(0)} ms`;
  return {
    name: 'the same with 10,000 rows, until drawn',
    value,
    bound: `${bound.toFixed(0)} ms`,
    holds: element <= bound,
  };
}

async function measureAll(page: Page, origin: string): Promise<Figure[]> {
  const rounds: Record<Kind, Round[]> = { element: [], plain: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of ['element', 'plain'] as const) rounds[kind].push(await measure(page, origin, kind));
  }
  const searches: Search[] = [];
  for (let round = 0; round < ROUNDS; round++) searches.push(await page.evaluate(() => globalThis.bench.search()));
  const drawn = await page.evaluate(() => globalThis.bench.searchDrawn());
  const search = { first: median(searches.map(({ first }) => first)), next: median(searches.map(({ next }) => next)) };
  return [...compare(rounds), ...searchFigures(search, drawn)];
}

/** Measures the list in a browser of its own. */
export async function measureList(): Promise<Figure[]> {
  const server = await startHttpServer(() => getRequestListener(createApp().fetch), { host: 'localhost' });
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    return await measureAll(await browser.newPage(), server.origin);
  } finally {
    await browser.close();
    await server.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printFigures(await measureList());
