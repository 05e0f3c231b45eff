import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { ensureProgram, type Program } from './ensure-program.js';
import { waitUntil } from './wait-until.js';

const WEBKIT_DRIVER: Program = {
  title: 'WebKitWebDriver',
  names: ['WebKitWebDriver'],
  variable: 'WEBKIT_DRIVER_PATH',
  debianPackage: 'webkit2gtk-driver',
};

/** A browser that answers WebDriver commands, one after the other. */
export interface WebKitSession {
  /** @see https://www.w3.org/TR/webdriver2/#endpoints */
  command<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** Path of the driver, installed if we may. @throws Error that says how to install it. */
export function ensureWebKitDriver(): string {
  return ensureProgram(WEBKIT_DRIVER);
}

/** In ms. Now and then a browser that was just started does not come up, and its driver waits for ever. */
const START_WITHIN = 20_000;
const STARTS = 3;
/** In ms. The longest command loads a page. */
const ANSWER_WITHIN = 60_000;

/** Starts a driver and, by it, a browser with an empty profile: a driver of WebKitGTK has one session at a time. */
export async function startWebKitSession(display: string): Promise<WebKitSession> {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(display);
    } catch (error) {
      if (start === STARTS) throw error;
      console.log('WebKitGTK did not start: another try.');
    }
  }
}

async function startOnce(display: string): Promise<WebKitSession> {
  const port = await findFreePort();
  const environment = { ...process.env, DISPLAY: display };
  const driver = spawn(ensureWebKitDriver(), [`--port=${port}`], { stdio: 'ignore', env: environment });
  try {
    const origin = `http://127.0.0.1:${port}`;
    await waitUntil(async () => (await fetch(`${origin}/status`)).ok, 'WebKitWebDriver answers');
    return await openSession(origin, driver);
  } catch (error) {
    driver.kill();
    throw error;
  }
}

async function openSession(origin: string, driver: ChildProcess): Promise<WebKitSession> {
  const browserOptions = { binary: findMiniBrowser(), args: ['--automation'] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } };
  const { sessionId } = await request<{ sessionId: string }>(
    'POST',
    `${origin}/session`,
    { capabilities },
    START_WITHIN,
  );
  const session = `${origin}/session/${sessionId}`;
  return {
    command: (method, path, body) => request(method, `${session}${path}`, body),
    close: async () => {
      await request('DELETE', session).catch(() => undefined);
      driver.kill();
    },
  };
}

async function request<Answer>(
  method: string,
  url: string,
  body: object = {},
  within = ANSWER_WITHIN,
): Promise<Answer> {
  const signal = AbortSignal.timeout(within);
  const init = method === 'POST' ? { method, body: JSON.stringify(body), signal } : { method, signal };
  const response = await fetch(url, init);
  const { value } = (await response.json()) as { value: Answer & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
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
