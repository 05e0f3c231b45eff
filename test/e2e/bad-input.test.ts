import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { BrowserProfile, TestBrowser } from '../support/browser.js';
import { type ConnectAccountPage, openConnectAccountPage } from '../support/connect-account-page.js';
import { launchBrowser } from '../support/launch-browser.js';
import { consent, signIn } from '../support/provider-window.js';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

type Intercept = (request: Request, handle: (request: Request) => Promise<Response>) => Promise<Response> | Response;

const isLinkRequest = (request: Request): boolean => request.method === 'POST' && request.url.endsWith('/link');
/** An origin on a port that browsers refuse to connect to. */
const NOWHERE = 'http://127.0.0.1:1';

const WEB_PAGE = () =>
  new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } });
const HOSTILE_LINK = () =>
  Response.json(
    {
      id: 'ca_hostile',
      status: 'INITIATED',
      redirectUrl: 'javascript:localStorage.setItem("stolen", "yes")',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    },
    { status: 201 },
  );

/**
 * Mistakes of a page author, a backend or a network. Each has an error code, a text for the user, and a way to
 * continue.
 */
describe('bad input', () => {
  let browser: TestBrowser;
  let profile: BrowserProfile;
  let host: TestHost;
  let intercept: Intercept;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  beforeEach(async () => {
    intercept = (request, handle) => handle(request);
    host = await startTestHost({ connectTo: NOWHERE, intercept: (request, handle) => intercept(request, handle) });
    profile = await browser.newProfile();
  });
  afterEach(async () => {
    await profile?.close();
    await host?.close();
  });

  const open = (attributes: string, as = 'user_ada'): Promise<ConnectAccountPage> =>
    openConnectAccountPage(profile, host.page(`<connect-account ${attributes}></connect-account>`, as));

  const errorCode = (page: ConnectAccountPage): Promise<string | undefined> =>
    page.window.read(
      () => (document.querySelector('connect-account') as { error?: { code: string } | null } | null)?.error?.code,
    );

  const setAttribute = (page: ConnectAccountPage, name: string, value: string): Promise<void> =>
    page.window.read((...change) => document.querySelector('connect-account')?.setAttribute(...change), name, value);

  async function fails(page: ConnectAccountPage, code: string, sentence: RegExp): Promise<void> {
    await waitUntil(async () => (await errorCode(page)) !== undefined, 'an error');
    assert.equal(await errorCode(page), code);
    await waitUntil(async () => sentence.test(await page.text()), `the words ${sentence}`);
  }

  async function connects(page: ConnectAccountPage): Promise<void> {
    await page.clickTrigger();
    const popup = await page.popup();
    await signIn(popup);
    await consent(popup);
    await page.event('account-connected');
  }

  /** The page author reads what to fix, once. */
  async function warnsOnce(page: ConnectAccountPage, words: RegExp): Promise<void> {
    const problems = await page.problems();
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', words);
  }

  for (const [missing, present, fix] of [
    ['user-id', 'auth-config-id="ac_github"', "the id of the signed-in user, e.g. 'user_123'"],
    ['auth-config-id', 'user-id="user_ada"', "the auth config to connect, e.g. 'ac_github'"],
  ] as const) {
    it(`the element reports a missing ${missing} and connects once it is set`, async () => {
      const page = await open(present);
      await page.reaches('misconfigured');
      await fails(page, 'invalid_configuration', /not set up correctly/);
      assert.deepEqual(await page.problems(), [
        `console.warn: <connect-account>: the attribute ${missing} is missing: ${fix}.`,
      ]);
      await setAttribute(page, missing, missing === 'user-id' ? 'user_ada' : 'ac_github');
      await page.reaches('ready');
    });
  }

  it('the element reports an unknown auth config', async () => {
    const page = await open('user-id="user_ada" auth-config-id="ac_unknown"');
    await fails(page, 'auth_config_not_found', /can’t be connected here yet/);
    const warning =
      'console.warn: <connect-account>: The backend does not know the auth config "ac_unknown". Check the attribute auth-config-id.';
    assert.deepEqual(await page.problems(), [warning]);
    await setAttribute(page, 'auth-config-id', 'ac_github');
    await page.reaches('ready');
    await connects(page);
  });

  it('the element reports that the user is not signed in and connects after the sign-in', async () => {
    const page = await open('user-id="user_ada" auth-config-id="ac_github"', '');
    await fails(page, 'unauthorized', /no longer signed in/);
    await (await profile.open(host.page('', 'user_ada'))).close();
    await connects(page);
    await warnsOnce(page, /`identify` found no signed-in user/);
  });

  it('the element reports an endpoint that cannot be reached', async () => {
    const page = await open(`user-id="user_ada" auth-config-id="ac_github" endpoint="${NOWHERE}/api/connect"`);
    await fails(page, 'network_error', /can’t be reached/);
    await setAttribute(page, 'endpoint', '/api/connect');
    await page.reaches('ready');
    await connects(page);
    await warnsOnce(page, /refuses the origin .* \(CORS\)/);
  });

  it('the element reports an endpoint that returns a web page', async () => {
    intercept = (request, handle) => (isLinkRequest(request) ? WEB_PAGE() : handle(request));
    const page = await open('user-id="user_ada" auth-config-id="ac_github"');
    await page.clickTrigger();
    await fails(page, 'invalid_response', /went wrong on our side/);
    await waitUntil(async () => (await profile.windows()).length === 1, 'the empty window is closed');
    intercept = (request, handle) => handle(request);
    await connects(page);
    await warnsOnce(page, /did not return JSON.*fallback/);
  });

  it('the element does not open a link that is a script', async () => {
    intercept = (request, handle) => (isLinkRequest(request) ? HOSTILE_LINK() : handle(request));
    const page = await open('user-id="user_ada" auth-config-id="ac_github"');
    await page.clickTrigger();
    await fails(page, 'invalid_response', /went wrong on our side/);
    await waitUntil(async () => (await profile.windows()).length === 1, 'the empty window is closed');
    assert.equal(await page.window.read(() => localStorage.getItem('stolen')), null);
    intercept = (request, handle) => handle(request);
    await connects(page);
    assert.deepEqual(await page.problems(), []);
  });
});
