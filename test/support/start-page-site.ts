import { readFileSync } from 'node:fs';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { startHttpServer } from '../../demo/start-http-server.js';

/** A site whose connect backend is on another origin. It identifies users by cookie and gives their pages tokens. */
export interface PageSite {
  readonly origin: string;
  /** Number of tokens that its pages requested. */
  readonly tokensGiven: number;
  /** Whether the callback page does not load, as when its window was closed half-way. */
  isClosedHalfway: boolean;
  /** URL of a page with one `<connect-account>` for GitHub, for a user who is signed in. */
  page(userId: string): string;
  /** URL of a page with a `<connected-accounts-list>`. */
  listPage(userId: string): string;
  close(): Promise<void>;
}

export interface PageSiteOptions {
  /** Origin of the backend. */
  endpoint(): string;
  /** @param given the number of tokens given before */
  createToken(userId: string, given: number): Promise<string>;
}

/** Path of the site's callback page. */
export const CALLBACK_PATH = '/connected';

/** Starts the site on `127.0.0.1`, which is another site than `localhost` to a browser. */
export async function startPageSite(options: PageSiteOptions): Promise<PageSite> {
  const site = { tokensGiven: 0, isClosedHalfway: false };
  const app = new Hono();
  app.get('/', (context) => {
    const userId = context.req.query('as') ?? '';
    setCookie(context, 'site-session', userId, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return context.html(settingsPage(options.endpoint(), userId, context.req.query('list') === ''));
  });
  app.get('/token', async (context) => {
    const userId = getCookie(context, 'site-session') ?? '';
    return context.text(await options.createToken(userId, site.tokensGiven++));
  });
  app.get(CALLBACK_PATH, (context) =>
    site.isClosedHalfway ? context.text('Never loaded.') : context.html(callbackPage(options.endpoint())),
  );
  app.get('/record-page.js', (context) => context.body(readFileSync(RECORD_PAGE), 200, SCRIPT));
  app.get('/src/events/event-names.js', (context) => context.body(readFileSync(EVENT_NAMES), 200, SCRIPT));
  app.get('/dist/*', (context) => context.body(readFileSync(`.${context.req.path}`), 200, SCRIPT));
  const server = await startHttpServer(() => getRequestListener(app.fetch), { host: '127.0.0.1' });
  return Object.assign(site, {
    origin: server.origin,
    page: (userId: string) => `${server.origin}/?as=${userId}`,
    listPage: (userId: string) => `${server.origin}/?list&as=${userId}`,
    close: () => server.close(),
  });
}

const SCRIPT = { 'content-type': 'text/javascript' };
const RECORD_PAGE = new URL('record-page.js', import.meta.url);
const EVENT_NAMES = new URL('../../src/events/event-names.js', import.meta.url);

const settingsPage = (endpoint: string, userId: string, isList: boolean): string => `<!doctype html>
<html lang="en">
  <title>Settings</title>
  <link rel="icon" href="data:,">
  <script type="module" src="/record-page.js"></script>
  <${isList ? 'connected-accounts-list' : 'connect-account auth-config-id="ac_github"'} endpoint="${endpoint}" callback-url="${CALLBACK_PATH}" user-id="${userId}"></${isList ? 'connected-accounts-list' : 'connect-account'}>
  <script type="module">
    const askSite = async () => (await fetch('/token')).text();
    document.querySelector('[endpoint]').sessionToken = askSite;
  </script>
  <script type="module" src="/dist/connect-account.min.js"></script>
</html>`;

/** The callback page as the README shows it. */
const callbackPage = (endpoint: string): string => `<!doctype html>
<title>Connected</title>
<meta name="connect-account-endpoint" content="${endpoint}">
<script type="module" src="/dist/callback-page.js"></script>
`;
