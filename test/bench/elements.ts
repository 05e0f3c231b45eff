/**
 * `npm run bench:elements`: pages of many `<connect-account>` beside pages of as many empty Lit elements, in one run of a real
 * browser, and what the elements cost the page around them. Ends with code 1 when a bound is missed.
 */

import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { launch, type Page } from 'puppeteer-core';
import { startHttpServer } from '../../demo/start-http-server.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { bundleEmptyElement, createElementsApp, elementOfDrawing, type Kind } from './elements-site.js';
import { type Figure, printFigures } from './figure.js';

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

/** Opens a page and returns the time in ms until its elements are ready. */
async function open(page: Page, origin: string, kind: Kind, count: number): Promise<number> {
  await page.goto(`${origin}/pages/${kind}/${count}`);
  await page.waitForFunction(() => globalThis.elementsBench !== undefined);
  return page.evaluate(() => globalThis.elementsBench.ready);
}

async function measureReady(page: Page, origin: string, [count, ratio]: readonly [number, number]): Promise<Figure> {
  let [ours, empty, drawn] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    // The best round counts, because other work of the machine can only add time.
    empty = Math.min(empty, await open(page, origin, 'empty-element', count));
    ours = Math.min(ours, await open(page, origin, 'connect-account', count));
    // What no code of ours could save: the browser's own work on the same content.
    drawn = Math.min(drawn, await open(page, origin, 'only-drawn', count));
  }
  const ratioTo = (other: number) => `${(other / empty).toFixed(2)}×`;
  return {
    name: `from the navigation until ${count} are ready and drawn`,
    value: `${ours.toFixed(0)} ms, empty ones ${empty.toFixed(0)} ms: ${ratioTo(ours)} (${ratioTo(drawn)} for the same content without code)`,
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

/** Measures pages of many elements in a browser of their own. */
export async function measureElements(): Promise<Figure[]> {
  let requests = 0;
  const takeRequests = () => {
    const taken = requests;
    requests = 0;
    return taken;
  };
  let onlyDrawn = '';
  const count = () => {
    requests += 1;
  };
  const app = createElementsApp(await bundleEmptyElement(), count, () => onlyDrawn);
  const server = await startHttpServer(() => getRequestListener(app.fetch), { host: 'localhost' });
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage();
    await open(page, server.origin, 'connect-account', 1);
    onlyDrawn = elementOfDrawing(await page.evaluate(() => globalThis.elementsBench.drawing()));
    return await measureAll(page, server.origin, takeRequests);
  } finally {
    await browser.close();
    await server.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printFigures(await measureElements());
