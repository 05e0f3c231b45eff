import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Composio } from '@composio/core';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { type HttpServer, startHttpServer } from '../../demo/start-http-server.js';
import type { DoctorOptions, DoctorReport } from '../../src/doctor.js';
import { createConnectHandler } from '../../src/server.js';
import type { BrowserProfile, BrowserWindow, TestBrowser } from '../support/browser.js';
import { launchBrowser } from '../support/launch-browser.js';
import { waitUntil } from '../support/wait-until.js';

type Handle = (request: Request) => Promise<Response>;

/** A site with one element, and what is wrong with it. */
interface SiteOptions {
  readonly pageHeaders?: Readonly<Record<string, string>>;
  readonly element?: string;
  readonly origin?: string;
  /** Responds in place of the handler. */
  backend?(request: Request, handle: Handle): Promise<Response> | Response;
}

const ELEMENT = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';
const html = (body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Site</title>${body}</html>`;

/** Values that must never be in a report. */
const CANARIES = [
  'canary-query',
  'canary-hash',
  'canary-cookie',
  'canary-stored',
  'canary-token',
  'canary-user',
  'canary-body',
];

describe('the doctor', () => {
  let browser: TestBrowser;
  let emulator: Emulator;
  let profile: BrowserProfile;
  let servers: HttpServer[];
  before(async () => {
    browser = await launchBrowser();
    emulator = await startEmulator();
  });
  after(async () => {
    await browser?.close();
    await emulator?.close();
  });
  beforeEach(async () => {
    servers = [];
    profile = await browser.newProfile();
  });
  afterEach(async () => {
    await profile?.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  const startSite = async (options: SiteOptions = {}): Promise<string> => {
    const server = await startHttpServer((origin) => getRequestListener(createSite(origin, emulator, options).fetch), {
      host: 'localhost',
    });
    servers.push(server);
    return server.origin;
  };
  const diagnose = async (options: SiteOptions = {}, doctor: DoctorOptions = {}): Promise<DoctorReport> => {
    const page = await profile.open(`${await startSite(options)}/`);
    return runDoctorIn(page, doctor);
  };
  const failedIn = ({ checks }: DoctorReport): string[] =>
    checks.flatMap(({ id, outcome, fix }) => (outcome === 'failed' ? [`${id}: ${fix}`] : []));

  it('the doctor finds nothing to fix on a page that works', async () => {
    const report = await diagnose();
    assert.deepEqual(
      report.checks.filter(({ outcome }) => outcome !== 'ok'),
      [],
    );
    assert.equal(report.ok, true);
  });

  const cases: ReadonlyArray<readonly [what: string, options: SiteOptions, id: string, fix: RegExp]> = [
    ['no backend', { backend: () => new Response('Not Found', { status: 404 }) }, 'endpoint', /Mount the handler/],
    [
      'the page of a single-page app in place of the backend',
      { backend: () => new Response(html(''), { headers: { 'content-type': 'text/html' } }) },
      'endpoint',
      /Mount the handler/,
    ],
    [
      'a backend that fails',
      { backend: () => new Response('oops', { status: 500 }) },
      'endpoint',
      /log of the backend/,
    ],
    [
      'nobody who is signed in',
      { backend: () => Response.json({ error: { code: 'unauthorized', message: '' } }, { status: 401 }) },
      'session',
      /Sign in on this page/,
    ],
    [
      'a user-id that is not the one signed in',
      { element: ELEMENT.replace('user_ada', 'user_nobody') },
      'session',
      /user-id/,
    ],
    ['an unknown auth config', { element: ELEMENT.replace('ac_github', 'ac_githib') }, 'auth-config', /Copy the id/],
    ['another origin in the options', { origin: 'http://localhost:1' }, 'origin', /Set the option origin/],
    [
      'a callback page with an opener policy',
      {
        backend: async (request, handle) => {
          const response = await handle(request);
          response.headers.set('cross-origin-opener-policy', 'same-origin');
          return response;
        },
      },
      'callback-page',
      /Leave that header out/,
    ],
    [
      'a callback page behind the sign-in',
      {
        backend: (request, handle) =>
          request.url.endsWith('/callback') && request.method === 'GET'
            ? Response.json({}, { status: 401 })
            : handle(request),
      },
      'callback-page',
      /without asking who is signed in/,
    ],
    [
      'trusted types without Lit',
      { pageHeaders: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types mine" } },
      'page-policy',
      /lit-html/,
    ],
    [
      'an endpoint that is no address',
      { element: ELEMENT.replace(' ', ' endpoint="http://" ') },
      'endpoint',
      /Write a path/,
    ],
    ['an element without its user', { element: '<connect-account></connect-account>' }, 'elements', /Set user-id/],
  ];
  for (const [what, options, id, fix] of cases) {
    it(`the doctor names the fix for ${what}`, async () => {
      const report = await diagnose(options);
      assert.equal(report.ok, false);
      assert.match(failedIn(report).find((line) => line.startsWith(`${id}: `)) ?? failedIn(report).join(), fix);
      assert.match(report.diagnostics, new RegExp(`^FAIL ${id}: .*\\n     Fix: `, 'm'));
    });
  }

  it('the doctor tells a backend of another origin that refuses the page from one that is not there', async () => {
    const api = await startSite();
    const refused = await diagnose({}, { endpoint: `${api}/api/connect` });
    assert.match(failedIn(refused).join('\n'), /^endpoint: Add 'http:\/\/localhost:\d+' to the option allowedOrigins/m);
    const absent = await diagnose({}, { endpoint: 'http://127.0.0.1:9/api/connect' });
    assert.match(failedIn(absent).join('\n'), /^endpoint: Start the backend/m);
  });

  it('the doctor says that the policy of the page blocks the backend', async () => {
    const pageHeaders = { 'content-security-policy': "default-src 'self' 'unsafe-inline' https:; connect-src 'self'" };
    const report = await diagnose({ pageHeaders }, { endpoint: 'https://api.example.com/api/connect' });
    assert.match(failedIn(report).join('\n'), /^endpoint: Add https:\/\/api\.example\.com to connect-src/m);
  });

  it('the doctor warns of a wrong clock', async () => {
    const backend: SiteOptions['backend'] = async (request, handle) => {
      const response = await handle(request);
      response.headers.set('date', new Date(Date.now() - 3_600_000).toUTCString());
      return response;
    };
    const { checks, ok } = await diagnose({ backend });
    const clock = checks.find(({ id }) => id === 'clock');
    assert.equal(clock?.outcome, 'warning');
    assert.match(clock?.found ?? '', /^It is 3\d{3} s ahead of the server/);
    assert.equal(ok, true);
  });

  it('the diagnostics hold no secret of the page', async () => {
    const backend: SiteOptions['backend'] = () =>
      Response.json(
        { error: { code: 'unauthorized', message: 'canary-body', requestId: 'canary-body' } },
        { status: 401, headers: { 'x-secret': 'canary-body' } },
      );
    const site = await startSite({ backend, element: ELEMENT.replace('user_ada', 'canary-user') });
    const page = await profile.open(`${site}/?code=canary-query#canary-hash`);
    await page.read(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: a cookie as pages have them
      document.cookie = 'session=canary-cookie';
      localStorage.setItem('connect-account:verifier:x', 'canary-stored');
    });
    const endpoint = `${site}/api/connect?key=canary-query`;
    const report = await runDoctorIn(page, { endpoint, sessionToken: 'canary-token' });
    const text = JSON.stringify(report);
    assert.deepEqual(
      CANARIES.filter((canary) => text.includes(canary)),
      [],
    );
    assert.match(report.diagnostics, /^Endpoint: http:\/\/localhost:\d+\/api\/connect/m);
  });

  it('the script shows its report when its address says run, and copies the diagnostics', async () => {
    const site = await startSite({
      element: `${ELEMENT}<script type="module" src="/dist/doctor.js?run"></script>`,
      pageHeaders: { 'content-security-policy': "default-src 'self'; img-src 'self' https:; base-uri 'none'" },
    });
    const page = await profile.open(`${site}/`);
    const readReport = () =>
      page.read(() => {
        const root = [...document.body.children].find((one) => one.localName === 'div')?.shadowRoot;
        return root?.textContent ?? undefined;
      });
    const text = await waitUntil(readReport, 'the report is shown');
    assert.match(text, /Nothing to fix[\s\S]*Backend[\s\S]*Copy diagnostics/);
    await page.click('body > div', 'footer button');
    const isCopied = () =>
      page.read(() => {
        const root = document.querySelector('body > div')?.shadowRoot;
        const area = root?.querySelector('textarea')?.value ?? '';
        return root?.querySelector('button')?.textContent === 'Copied' || area.startsWith('connect-account doctor');
      });
    await waitUntil(isCopied, 'the diagnostics are copied');
    await page.press('Escape');
    await waitUntil(async () => (await readReport()) === undefined, 'the report is gone');
  });

  it('the module does nothing when it is only imported', async () => {
    const page = await profile.open(`${await startSite({ element: '' })}/`);
    const before = await page.read(() => document.body.textContent);
    const after = await page.read(async () => {
      await import(String('/dist/doctor.js'));
      return document.body.textContent;
    });
    assert.equal(after, before);
  });
});

function runDoctorIn(page: BrowserWindow, options: DoctorOptions): Promise<DoctorReport> {
  return page.read(async (given) => {
    const doctor = (await import(String('/dist/doctor.js'))) as { runDoctor(options: unknown): Promise<unknown> };
    return (await doctor.runDoctor(given)) as DoctorReport;
  }, options);
}

function createSite(origin: string, emulator: Emulator, options: SiteOptions): Hono {
  const { element = ELEMENT, pageHeaders = {}, backend = (request, handle) => handle(request) } = options;
  const quiet = { allowTracking: false, disableVersionCheck: true };
  const handle = createConnectHandler({
    composio: new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin }),
    secret: 'a secret of the tests, 32 bytes or more',
    origin: options.origin ?? origin,
    identify: () => ({ userId: 'user_ada' }),
  });
  const app = new Hono();
  app.all('/api/connect/*', (context) => backend(context.req.raw, handle));
  app.get('/dist/*', serveStatic({ root: '.' }));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.get('/', (context) => {
    const script = '<script type="module" src="/dist/connect-account.min.js"></script>';
    return context.html(html(`<body>${element}${script}</body>`), 200, pageHeaders);
  });
  return app;
}
