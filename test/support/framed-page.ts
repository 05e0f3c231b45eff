import type { RequestListener } from 'node:http';
import { startHttpServer } from '../../demo/start-http-server.js';
import type { BrowserProfile, BrowserWindow } from './browser.js';
import type { FrameReport } from './record-page.js';
import { waitUntil } from './wait-until.js';

/** A page of another site, with a `<connect-account>` in a frame. */
export interface FramedPage {
  readonly window: BrowserWindow;
  /** Returns the report of the page in the frame. */
  report(): Promise<FrameReport>;
  clickTrigger(): Promise<void>;
  /** The window that the click opened, once there is one. */
  popup(): Promise<BrowserWindow>;
  /** Waits until the frame's report fulfils the condition. */
  until(fits: (report: FrameReport) => boolean, what: string): Promise<FrameReport>;
  close(): Promise<void>;
}

/** Options of the frame. */
export interface FrameOptions {
  /** The attribute `sandbox`. */
  readonly sandbox?: string;
  /** Markup of the frame, in place of an `<iframe>` that loads the URL. */
  readonly markup?: string;
  /** Creates the outer page from a body and returns its URL. By default it is a page of another site. */
  outerPage?(body: string): string;
}

/** Opens the page and waits until the element in the frame has loaded. */
export async function openFramedPage(
  profile: BrowserProfile,
  url: string,
  { sandbox, markup, outerPage }: FrameOptions = {},
): Promise<FramedPage> {
  const attribute = sandbox === undefined ? '' : ` sandbox="${sandbox}"`;
  const body = markup ?? `<iframe src="${url}" width="600" height="400"${attribute}></iframe>`;
  const listener: RequestListener = (_request, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Embedder</title>${body}`);
  };
  const server = await startHttpServer(() => listener, { host: '127.0.0.1' });
  const window = await profile.open(outerPage ? outerPage(body) : server.origin);
  const known = new Set(await profile.windows());
  const report = () => window.read(askFrame);
  const until: FramedPage['until'] = async (fits, what) => {
    let last: FrameReport | undefined;
    return waitUntil(async () => {
      last = await report();
      return fits(last) && last;
    }, what).catch((error: Error) => {
      throw new Error(`${error.message} ${JSON.stringify(last)}`);
    });
  };
  const hasLoaded = until(
    ({ phase }) => phase !== undefined && phase !== 'loading',
    'the element in the frame has loaded',
  );
  await hasLoaded.catch(async (error: Error) => {
    await server.close();
    throw error;
  });
  return {
    window,
    report,
    until,
    clickTrigger: async () => {
      const { trigger } = await report();
      const frame = await window.read(frameCorner);
      await window.clickAt(frame.x + trigger.x, frame.y + trigger.y);
    },
    popup: () => waitUntil(async () => (await profile.windows()).find((one) => !known.has(one)), 'a popup'),
    close: () => server.close(),
  };
}

/** Runs in the outer page. */
function askFrame(): Promise<FrameReport> {
  return new Promise((resolve, reject) => {
    const frame = document.querySelector('iframe')?.contentWindow;
    const onMessage = ({ data, source }: MessageEvent) => {
      if (source !== frame) return;
      removeEventListener('message', onMessage);
      resolve(data);
    };
    addEventListener('message', onMessage);
    frame?.postMessage('report', '*');
    setTimeout(() => reject(new Error('The frame does not respond.')), 1000);
  });
}

/** Runs in the outer page. */
function frameCorner(): { x: number; y: number } {
  const frame = document.querySelector('iframe');
  const { x = 0, y = 0 } = frame?.getBoundingClientRect() ?? {};
  return { x: Math.round(x + (frame?.clientLeft ?? 0)), y: Math.round(y + (frame?.clientTop ?? 0)) };
}
