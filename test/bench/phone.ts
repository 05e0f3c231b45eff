import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { launch, type Page } from 'puppeteer-core';
import { startHttpServer } from '../../demo/start-http-server.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';
import { bundleEmptyElement, createElementsApp } from './elements-site.js';
import type { Figure } from './figure.js';

const ROUNDS = 5;
const CPU_SLOWDOWN = 4;
/** Lighthouse's "slow 4G". */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };

/** Times in ms from the navigation. */
interface Drawn {
  readonly button: number;
  readonly ready: number;
}

/** Runs in the page before its scripts. */
function recordDrawn(): void {
  const drawn: { button?: number; ready?: number } = {};
  Object.assign(globalThis, { drawn });
  const look = () => {
    const element = document.querySelector('connect-account, empty-element') as
      | (Element & { state?: { phase: string } })
      | null;
    const isDrawn =
      element?.localName === 'empty-element' ? element.shadowRoot : element?.shadowRoot?.querySelector('button');
    if (isDrawn) drawn.button ??= performance.now();
    if (isDrawn && (element?.localName === 'empty-element' || element?.state?.phase === 'ready'))
      drawn.ready ??= performance.now();
    if (drawn.ready === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * Serves a page of one element for each script, and the scripts as a server would: compressed. The parts of `dist/cdn`
 * import each other by relative names.
 */
function createApp(scripts: Readonly<Record<string, string>>, emptyElement: string): Hono {
  const app = new Hono();
  const compressed = (code: string) =>
    new Response(new Uint8Array(brotliCompressSync(code)), {
      headers: { 'content-type': 'text/javascript', 'content-encoding': 'br' },
    });
  app.get('/phone/:name', ({ req, html }) => {
    const name = req.param('name');
    const tag = name === 'empty' ? 'empty-element' : 'connect-account';
    return html(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Phone</title>
${scripts[name] ?? ''}<${tag} user-id="user_1" auth-config-id="ac_1"></${tag}>`);
  });
  app.get('/dist/*', ({ req }) => compressed(readFileSync(req.path.slice(1), 'utf8')));
  app.get('/empty.js', () => compressed(emptyElement));
  app.route(
    '/',
    createElementsApp(emptyElement, () => {}),
  );
  return app;
}

async function measureOnce(page: Page, url: string): Promise<Drawn> {
  await page.goto(url);
  await page.waitForFunction('globalThis.drawn?.ready !== undefined');
  return (await page.evaluate('globalThis.drawn')) as Drawn;
}

async function openPhone(page: Page): Promise<void> {
  await page.setViewport({ width: 412, height: 823, isMobile: true, hasTouch: true });
  await page.setCacheEnabled(false);
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.evaluateOnNewDocument(recordDrawn);
}

const script = (src: string): string => `<script type="module" src="${src}"></script>`;

/**
 * Measures the time until a button is drawn on a slow phone. It only informs: the sizes decide it, and they have bounds.
 * @param cdn the modules that a page preloads, if the build is split
 */
export async function measurePhone(cdn: readonly string[] = []): Promise<Figure[]> {
  const scripts: Record<string, string> = {
    empty: script('/empty.js'),
    'dist/connect-account.min.js': script('/dist/connect-account.min.js'),
    ...(cdn.length > 0 && { 'dist/cdn/connect-account.js': cdnTags(cdn) }),
  };
  const app = createApp(scripts, await bundleEmptyElement());
  const server = await startHttpServer(() => getRequestListener(app.fetch), { host: 'localhost' });
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage();
    await openPhone(page);
    const best = new Map<string, Drawn>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of Object.keys(scripts)) {
        const drawn = await measureOnce(page, `${server.origin}/phone/${encodeURIComponent(name)}`);
        const { button, ready } = best.get(name) ?? drawn;
        best.set(name, { button: Math.min(button, drawn.button), ready: Math.min(ready, drawn.ready) });
      }
    }
    return phoneFigures(best);
  } finally {
    await browser.close();
    await server.close();
  }
}

function cdnTags(preloaded: readonly string[]): string {
  const links = preloaded.map((file) => `<link rel="modulepreload" href="/${file}">`);
  return [...links, script('/dist/cdn/connect-account.js')].join('');
}

function phoneFigures(best: ReadonlyMap<string, Drawn>): Figure[] {
  const empty = best.get('empty')?.button ?? Number.NaN;
  return [...best].map(([name, { button, ready }]) => ({
    name: name === 'empty' ? 'an empty Lit element' : name,
    value:
      name === 'empty'
        ? `drawn after ${button.toFixed(0)} ms`
        : `button after ${button.toFixed(0)} ms (${(button / empty).toFixed(2)}×), ready after ${ready.toFixed(0)} ms`,
    holds: true,
  }));
}
