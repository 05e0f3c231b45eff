import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectSuite } from '../support/connect-suite.js';
import type { TestHost, TestHostOptions } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const CALLBACK = '/api/connect/callback';
/** Below the endpoint, where a host of these tests can serve what it likes. */
const WORKER = '/api/connect/app-worker.js';
const SHELL = '/pages/0?as=user_ada';

/** Keeps the page of the app and answers every navigation with it, as vite-plugin-pwa and Workbox do unless told otherwise. */
const APP_SHELL_WORKER = `
  self.addEventListener('install', (event) => {
    event.waitUntil(caches.open('shell').then((cache) => cache.add('${SHELL}')).then(() => self.skipWaiting()));
  });
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => {
    const isOfHost = new URL(event.request.url).origin === location.origin;
    if (isOfHost && event.request.mode === 'navigate') event.respondWith(caches.match('${SHELL}'));
  });
`;

const isCallback = (request: Request, method: string): boolean =>
  request.method === method && new URL(request.url).pathname === CALLBACK;

const reportsOf = ({ requests }: TestHost) =>
  requests.filter(({ method, path }) => method === 'POST' && path === CALLBACK);

/** Runs in the page. Resolves when the service worker controls it. */
async function installWorker(path: string): Promise<boolean> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined) return false;
  const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  await serviceWorker.register(path, { scope: '/' });
  if (serviceWorker.controller === null) await controlled;
  return true;
}

/** Adds a policy beside that of the callback page, as a proxy does that has one for all pages. */
const addPolicy = (policy: string): NonNullable<TestHostOptions['intercept']> => {
  return async (request, handle) => {
    const response = await handle(request);
    if (isCallback(request, 'GET')) response.headers.append('content-security-policy', policy);
    return response;
  };
};

/** Holds the first report until the test lets it go on. */
function holdFirstReport() {
  let isHeld = false;
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const intercept: NonNullable<TestHostOptions['intercept']> = async (request, handle) => {
    if (isHeld || !isCallback(request, 'POST')) return handle(request);
    isHeld = true;
    const { signal } = request;
    await released;
    // As on a slow uplink: what has not arrived when the browser hangs up is lost.
    return signal.aborted ? Response.error() : handle(request);
  };
  return { intercept, letGo: () => letGo(), isHeld: () => isHeld };
}

describe('the callback page', () => {
  const suite = connectSuite();

  it('a service worker that answers every navigation with the page of the app does not stop a connection', async (test) => {
    await suite.startHost({
      // Trusted Types would refuse the registration in Chromium.
      pageHeaders: { 'content-security-policy': "default-src 'self'" },
      intercept: (request, handle) =>
        new URL(request.url).pathname === WORKER
          ? new Response(APP_SHELL_WORKER, {
              headers: { 'content-type': 'text/javascript', 'service-worker-allowed': '/' },
            })
          : handle(request),
    });
    const page = await suite.open();
    if (!(await page.window.read(installWorker, WORKER))) return test.skip('This engine has no service workers here.');
    await page.clickTrigger();
    await suite.finish(page);
    await page.reaches('connected');
    const loads = suite.host.requests.filter(({ method, path }) => method === 'GET' && path === CALLBACK);
    assert.deepEqual(loads, [], 'the service worker has answered');
    assert.deepEqual(
      reportsOf(suite.host).map(({ status }) => status),
      [200],
    );
  });

  it('a server that answers unknown paths with the page of the app does not stop a connection', async () => {
    const host = await suite.startHost({
      intercept: (request, handle) => (isCallback(request, 'GET') ? fetch(`${host.origin}${SHELL}`) : handle(request)),
    });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await suite.finish(page);
    await page.reaches('connected');
    await waitUntil(() => popup.isClosed(), 'the window closes itself');
    assert.deepEqual(
      reportsOf(suite.host).map(({ status }) => status),
      [200],
    );
  });

  it('a second policy of a proxy that allows scripts of the own origin does not stop a connection', async () => {
    await suite.startHost({ intercept: addPolicy("default-src 'self'") });
    const page = await suite.open();
    await page.clickTrigger();
    await suite.finish(page);
    await page.reaches('connected');
  });

  it('a second policy of a proxy that allows no script leaves words that say what to do', async () => {
    await suite.startHost({ intercept: addPolicy("script-src 'nonce-abc' 'strict-dynamic'") });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await suite.finish(page);
    await waitUntil(async () => (await popup.url()).includes(CALLBACK), 'the callback page');
    const said = () => popup.read(() => document.body?.textContent ?? '');
    const words = await waitUntil(async () => (await said()).trim() || undefined, 'the words');
    assert.match(words, /Return to the app/);
    assert.doesNotMatch(words, /Finishing/);
    assert.deepEqual(reportsOf(suite.host), []);
  });

  it('a report survives its window, which the user closes before the backend has read it', async () => {
    const first = holdFirstReport();
    await suite.startHost({ intercept: first.intercept });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await suite.finish(page);
    await waitUntil(first.isHeld, 'the report has left');
    await popup.close();
    await waitUntil(() => popup.isClosed(), 'the window is closed');
    // A browser that ends the request with its window does so now. Nothing tells when it does not.
    await delay(1000);
    first.letGo();
    await page.reaches('connected');
  });

  it('a callback page that is reloaded while its report is pending reports again', async () => {
    const first = holdFirstReport();
    await suite.startHost({
      intercept: async (request, handle) => {
        const isFirst = isCallback(request, 'POST') && !first.isHeld();
        const response = await first.intercept(request, handle);
        // The first report breaks, so that only the second one can connect.
        return isFirst ? Response.error() : response;
      },
    });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await suite.finish(page);
    await waitUntil(first.isHeld, 'the first report has left');
    await popup.reload();
    await page.reaches('connected');
    first.letGo();
    assert.equal(reportsOf(suite.host)[0]?.status, 200);
  });
});
