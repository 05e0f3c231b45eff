import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Client } from 'webdriver';
import { ensureProgram, type Program } from './ensure-program.js';
import { waitUntil } from './wait-until.js';
import { loadWebDriver } from './webdriver-page.js';

const WEBKIT_DRIVER: Program = {
  title: 'WebKitWebDriver',
  names: ['WebKitWebDriver'],
  variable: 'WEBKIT_DRIVER_PATH',
  debianPackage: 'webkit2gtk-driver',
};

/** A browser that WebDriver drives. */
export interface WebKitSession {
  readonly client: Client;
  close(): Promise<void>;
}

/** Path of the driver, installed if we may. @throws Error that says how to install it. */
export function ensureWebKitDriver(): string {
  return ensureProgram(WEBKIT_DRIVER);
}

/** Now and then a browser that was just started does not come up, and its driver waits for ever. */
const MAX_STARTS = 3;
/** The longest command starts a browser or loads a page. */
const MAX_ANSWER_MS = 30_000;

/** Starts a driver and, by it, a browser with an empty profile: a driver of WebKitGTK has one session at a time. */
export async function startWebKitSession(display: string, { blocksPopups = true } = {}): Promise<WebKitSession> {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(display, blocksPopups);
    } catch (error) {
      if (start === MAX_STARTS) throw error;
      console.log('WebKitGTK did not start: another try.');
    }
  }
}

async function startOnce(display: string, blocksPopups: boolean): Promise<WebKitSession> {
  const hostname = '127.0.0.1';
  const port = await findFreePort();
  // The screen has no GPU, and drawing by DMA-BUF only costs time there.
  const environment = { ...process.env, DISPLAY: display, WEBKIT_DISABLE_DMABUF_RENDERER: '1' };
  const driver = spawn(ensureWebKitDriver(), [`--port=${port}`], { stdio: 'ignore', env: environment });
  try {
    await waitUntil(async () => (await fetch(`http://${hostname}:${port}/status`)).ok, 'WebKitWebDriver answers');
    const WebDriver = await loadWebDriver();
    const args = ['--automation', ...(blocksPopups ? [] : ['--javascript-can-open-windows-automatically=true'])];
    const client = await WebDriver.newSession({
      hostname,
      port,
      // As `object`: the types know the options of other engines only.
      capabilities: { 'webkitgtk:browserOptions': { binary: findMiniBrowser(), args } } as object,
      connectionRetryTimeout: MAX_ANSWER_MS,
      // A command that failed was carried out: a second click is a click too many.
      connectionRetryCount: 0,
    });
    return {
      client,
      close: async () => {
        await client.deleteSession().catch(() => undefined);
        driver.kill();
      },
    };
  } catch (error) {
    driver.kill();
    throw error;
  }
}

/** The browser that comes with the library; it is on no `PATH`. */
function findMiniBrowser(): string {
  const libraries = ['/usr/lib', '/usr/libexec'].filter((folder) => existsSync(folder));
  const folders = libraries.flatMap((library) => [
    library,
    ...readdirSync(library).map((name) => `${library}/${name}`),
  ]);
  const candidates = folders.flatMap((folder) =>
    ['4.1', '4.0'].map((api) => `${folder}/webkit2gtk-${api}/MiniBrowser`),
  );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error('WebKitGTK has no MiniBrowser here: install libwebkit2gtk-4.1-0 of Debian.');
  return found;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
