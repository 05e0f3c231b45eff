import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { BrowserProfile, BrowserWindow, TestBrowser } from '../support/browser.js';
import { launchChromium } from '../support/launch-chromium.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';
import { type AppPage, openApp, recordProblems } from './app-page.js';
import { FRAMEWORKS, type Framework } from './frameworks.js';
import { type InstalledApp, installApp, packProject } from './install-app.js';
import { type CaseName, forgetResult, recordResult } from './results.js';
import { type AppHost, startAppHost } from './start-app-host.js';

const chosen = new Set(process.env['FRAMEWORKS']?.split(','));
const PICTURES = '.build/frameworks/pictures';

/** One person uses the page of an app from the first look to the second account: each test goes on where the last ended. */
function testFramework(framework: Framework, archive: () => string, browser: () => TestBrowser): void {
  const { title, path = '/', routeChange, hearsRemoval = routeChange === 'removes' } = framework;
  let app: InstalledApp;
  let host: AppHost;
  let profile: BrowserProfile;
  let page: AppPage;

  before(async () => {
    forgetResult(framework);
    app = await installApp(framework, archive());
    host = await startAppHost(framework, app);
    profile = await browser().newProfile();
    page = await openApp(profile, `${host.origin}${path}`);
  });
  after(() => Promise.allSettled([profile?.close(), host?.close()]));

  /** A test whose result is a cell of the table. */
  const test = (name: CaseName, sentence: string, run: () => Promise<void>): void => {
    it(`${title} ${sentence}`, async () => {
      const problem = await run().then(
        () => undefined,
        (error: Error) => error,
      );
      recordResult(framework, app.folder, name, problem === undefined);
      if (problem) throw problem;
    });
  };

  /** Some frameworks set the text of an attribute as a property. */
  const filteredStatuses = async () => (await page.properties('list', 'statuses')).flat();
  const eventsOf = async (type: string) => (await page.heard()).filter((event) => event.type === type);
  const takePicture = async (state: string): Promise<void> => {
    if (!process.env['PICTURES']) return;
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(`${PICTURES}/${framework.name}-${state}.png`, (await page.window.picture?.()) ?? '');
  };
  const triggerText = () =>
    page.window.read(
      () => document.querySelector('#github')?.shadowRoot?.querySelector('[part~="trigger"]')?.textContent ?? '',
    );

  test('attributes', 'passes attributes', async () => {
    await page.reaches('github', 'ready');
    await page.reaches('zendesk', 'ready');
    assert.deepEqual(await page.properties('github', 'userId', 'authConfigId'), ['user_ada', 'ac_github']);
    assert.deepEqual(await page.properties('list', 'userId'), ['user_ada']);
  });

  test('functions', 'passes a function as sessionToken, which no request goes without', async () => {
    assert.deepEqual(await page.properties('github', 'sessionToken'), ['a function']);
    const reads = host.requests.filter(({ url }) => !url.includes('/callback'));
    assert.ok(reads.length > 0);
    assert.deepEqual(
      reads.filter(({ status, hasToken }) => status !== 200 || !hasToken),
      [],
    );
  });

  test('objects', 'passes objects as messages and connectionData', async () => {
    await waitUntil(async () => (await triggerText()).includes('Link GitHub'), 'the text of `messages`');
    const popup = await page.clickForWindow('#zendesk', '[part~="trigger"]');
    await page.reaches('zendesk', 'awaiting-authorization');
    const subdomains = host.emulator.accounts.all().map(({ val }) => val['subdomain']);
    assert.deepEqual(subdomains, ['acme'], 'Composio has got what `connectionData` holds.');
    await popup.close();
    await page.window.click('#zendesk', '[part~="cancel"]');
    await page.reaches('zendesk', 'ready');
  });

  test('arrays', 'passes an array as statuses', async () => {
    assert.deepEqual(await filteredStatuses(), ['ACTIVE']);
    const lists = host.requests.map(({ url }) => new URL(url)).filter(({ searchParams }) => searchParams.has('limit'));
    assert.ok(lists.length > 0);
    assert.ok(lists.some(({ searchParams }) => searchParams.get('statuses') === 'ACTIVE'));
  });

  test('slots', 'fills slots', async () => {
    assert.equal(await page.slotted('#github [slot="description"]'), 'We read your repositories.');
    assert.equal(await page.slotted('#zendesk > b'), 'Link the help desk');
  });

  test('false', 'passes false to boolean attributes', async () => {
    assert.deepEqual(await page.properties('github', 'allowMultiple'), [false]);
    assert.deepEqual(await page.properties('list', 'searchable', 'readonly'), [false, false]);
  });

  test('quiet', 'loads without a warning and without an error event', async () => {
    assert.deepEqual(await page.problems(), []);
    assert.deepEqual(await eventsOf('accounts-load-error'), []);
    await takePicture('ready');
  });

  test('events', 'hears the events of a connection that a click began', async () => {
    await authorize(await page.clickForWindow('#github', '[part~="trigger"]'));
    await page.reaches('github', 'connected');
    const [connected, ...others] = await eventsOf('account-connected');
    assert.deepEqual(others, []);
    assert.equal(connected?.from, 'github');
    assert.equal(host.emulator.accounts.get(connected?.detail.account?.id ?? '')?.status, 'ACTIVE');
    await waitUntil(async () => (await page.rows()).join() === 'GitHub', 'the row of the account');
    await takePicture('connected');
  });

  test('user', 'shows a second user nothing of the first', async () => {
    await page.clickUntil('#switch-user', isUser, 'user_bob');
    await page.reaches('github', 'ready');
    await waitUntil(async () => (await page.rows()).length === 0, 'no row');
    const refused = host.requests.filter(({ status }) => status >= 400);
    assert.deepEqual(refused, []);
  });

  test('route', 'connects although the route changes while the window is open', async () => {
    const popup: BrowserWindow = await page.clickForWindow('#github', '[part~="trigger"]');
    await page.reaches('github', 'awaiting-authorization');
    await page.window.focus();
    await takePicture('awaiting');
    await page.clickUntil('#to-other', isShown, '#to-home');
    const isKept = await page.window.read(() => document.querySelector('#github') !== null);
    assert.equal(isKept, routeChange === 'keeps');
    // A page may listen on its document, and has cancelled the other element before.
    const cancels = (await eventsOf('account-connect-cancel')).filter(({ from }) => from === 'github');
    const cancelled = cancels.map(({ detail }) => detail.reason);
    assert.deepEqual(cancelled, hearsRemoval ? ['removed'] : []);
    await popup.focus();
    await authorize(popup, 'hubot');
    await page.window.focus();
    await page.clickUntil('#to-home', isShown, '#to-other');
    await page.reaches('github', 'connected');
    await waitUntil(async () => (await page.rows()).join() === 'GitHub', 'the row of the account');
    assert.deepEqual(await page.properties('list', 'userId'), ['user_bob']);
    assert.deepEqual(await filteredStatuses(), ['ACTIVE']);
    assert.deepEqual(await page.problems(), []);
    await takePicture('returned');
  });
}

/** Runs in the page. */
function isShown(selector: string): boolean {
  return document.querySelector(selector) !== null;
}

/** Runs in the page. */
function isUser(userId: string): boolean {
  return (document.querySelector('#github') as { userId?: string } | null)?.userId === userId;
}

describe('frameworks', { concurrency: 1 }, () => {
  let browser: TestBrowser;
  let archive: string;
  before(async () => {
    archive = packProject();
    browser = await launchChromium(recordProblems);
  });
  after(() => browser?.close());

  for (const framework of FRAMEWORKS.filter(({ name }) => chosen.size === 0 || chosen.has(name))) {
    describe(framework.title, () =>
      testFramework(
        framework,
        () => archive,
        () => browser,
      ),
    );
  }
});
