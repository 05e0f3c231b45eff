import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { launch, type Page } from 'puppeteer-core';
import { startHttpServer } from '../../demo/start-http-server.js';
import { CHROMIUM_FLAGS, ensureChromium } from '../support/chromium.js';

/** What the page around the elements is like. */
export interface Surroundings {
  readonly scheme: 'light' | 'dark';
  readonly dir: 'ltr' | 'rtl';
  /** Width of the window in px. */
  readonly width: number;
}

export const SIZES = ['small', 'medium', 'large'] as const;

/** A page that draws one scene after the other. */
export interface Gallery {
  scenes(): Promise<(typeof globalThis)['gallery']['scenes']>;
  /** Returns the picture of a scene as PNG. */
  shoot(scene: string, size: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** A browser for galleries. */
export interface GalleryBrowser {
  open(surroundings: Surroundings): Promise<Gallery>;
  close(): Promise<void>;
}

/** Pictures must not depend on how a machine smooths its fonts. */
const SAME_EVERYWHERE = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];
const HEIGHT_PX = 900;

const FONT = createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');

/** Starts Chromium and a server for the pages. */
export async function startGalleries(): Promise<GalleryBrowser> {
  const server = await startHttpServer(async () => getRequestListener((await createSite()).fetch), {
    host: 'localhost',
  });
  const browser = await launch({ executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS, ...SAME_EVERYWHERE] });
  return {
    open: async (surroundings) => {
      const page = await browser.newPage();
      await openPage(page, `${server.origin}/?dir=${surroundings.dir}`, surroundings);
      return galleryOn(page);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function openPage(page: Page, url: string, { scheme, width }: Surroundings): Promise<void> {
  await page.setViewport({ width, height: HEIGHT_PX });
  await page.emulateTimezone('UTC');
  await page.evaluateOnNewDocument(stopClock);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.gallery !== undefined);
}

/** Runs in the page: pictures with dates in them must not change from day to day. */
function stopClock(): void {
  const NOW_MS = Date.UTC(2026, 9, 15, 12);
  globalThis.Date = class extends Date {
    constructor(...given: [] | [number]) {
      super(...((given.length === 0 ? [NOW_MS] : given) as [number]));
    }
    static override now(): number {
      return NOW_MS;
    }
  } as DateConstructor;
}

function galleryOn(page: Page): Gallery {
  return {
    scenes: () => page.evaluate(() => globalThis.gallery.scenes),
    shoot: async (scene, size) => {
      const clip = await page.evaluate((name, of) => globalThis.gallery.show(name, of), scene, size);
      return Buffer.from(await page.screenshot({ clip, captureBeyondViewport: false }));
    },
    close: () => page.close(),
  };
}

async function createSite(): Promise<Hono> {
  const script = await bundlePage();
  const app = new Hono();
  app.get('/', ({ req, html }) => html(pageFor(req.query('dir') ?? 'ltr')));
  app.get('/gallery.js', ({ body }) => body(script, 200, { 'content-type': 'text/javascript' }));
  app.get('/font.woff2', ({ body }) => body(readFileSync(FONT), 200, { 'content-type': 'font/woff2' }));
  app.get('/logos/:name{[a-z]+\\.svg}', ({ req, body }) =>
    body(readFileSync(`demo/app/logos/${req.param('name')}`), 200, { 'content-type': 'image/svg+xml' }),
  );
  return app;
}

async function bundlePage(): Promise<string> {
  const entry = fileURLToPath(new URL('gallery-page.js', import.meta.url));
  // package.json names the files in dist/ that must not be dropped. This is another folder.
  const options = { bundle: true, format: 'esm', target: 'es2022', write: false, ignoreAnnotations: true } as const;
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  return outputFiles[0]?.text ?? '';
}

/** A calm page with a font of its own, so that pictures are the same on every machine. */
const pageFor = (dir: string): string => `<!doctype html>
<html lang="en" dir="${dir === 'rtl' ? 'rtl' : 'ltr'}">
  <meta charset="utf-8">
  <title>Screenshots</title>
  <link rel="icon" href="data:,">
  <style>
    @font-face { font-family: Inter; src: url(/font.woff2); font-weight: 100 900 }
    :root { color-scheme: light dark; font: 16px/1.5 Inter; background: light-dark(#fafafa, #111113) }
    body { margin: 24px }
  </style>
  <script type="module" src="/gallery.js"></script>
</html>`;
