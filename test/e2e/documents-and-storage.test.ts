import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { BrowserWindow } from '../support/browser.js';
import { connectSuite } from '../support/connect-suite.js';
import { type FramedPage, openFramedPage } from '../support/framed-page.js';
import { engineUnderTest } from '../support/launch-browser.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const ELEMENT = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';
const LOOSE_POLICY = "default-src http: https: blob: 'unsafe-inline'";
const FRAME = '<iframe width="600" height="400"';

const endsOf = (events: readonly { type: string }[]) =>
  events.map(({ type }) => type).filter((type) => /^account-connect(?:ed|-error|-cancel)$/.test(type));

describe('a document without an address of its own', () => {
  const suite = connectSuite();
  let page: FramedPage | undefined;
  afterEach(() => page?.close());

  /** The document, which cannot name its scripts by a path: that of a blob has no base. */
  const documentOf = (origin: string) =>
    `<!doctype html><html lang="en"><script type="module" src="${origin}/scripts/record-page.js"></script>` +
    `${ELEMENT}<script type="module" src="${origin}/scripts/connect-account.js"></script></html>`;

  const KINDS: Readonly<Record<string, (text: string) => string>> = {
    'a srcdoc frame': (text) => `${FRAME} srcdoc="${text.replaceAll('"', '&quot;')}"></iframe>`,
    'a blob': (text) =>
      `${FRAME}></iframe><script>document.querySelector('iframe').src = URL.createObjectURL(new Blob(` +
      `[${JSON.stringify(text).replaceAll('/', '\\/')}], { type: 'text/html' }))</script>`,
    'a document that a script writes': (text) =>
      `${FRAME}></iframe><script>{ const { contentDocument } = document.querySelector('iframe'); contentDocument.open();` +
      `contentDocument.write(${JSON.stringify(text).replaceAll('/', '\\/')}); contentDocument.close(); }</script>`,
  };

  for (const [kind, markup] of Object.entries(KINDS)) {
    it(`the element connects in ${kind}, to the backend of its page`, async () => {
      await suite.startHost({ pageHeaders: { 'content-security-policy': LOOSE_POLICY } });
      page = await openFramedPage(suite.profile, '', {
        markup: markup(documentOf(suite.host.origin)),
        outerPage: (body) => suite.host.page(body, 'user_ada'),
      });
      await page.clickTrigger();
      await authorize(await page.popup());
      const { events, problems } = await page.until(({ phase }) => phase === 'connected', 'connected');
      assert.deepEqual([endsOf(events), problems], [['account-connected'], []]);
      const { accounts } = suite.host.emulator;
      assert.deepEqual(
        accounts.all().map(({ status, userId }) => [status, userId]),
        [['ACTIVE', 'user_ada']],
      );
    });
  }

  const inChromium = engineUnderTest() === 'chromium' ? {} : { skip: 'Only Chromium has credentialless frames.' };

  /** Opens the frame, whose storage no window shares, and goes to the provider by the link. */
  async function connectCredentialless(isSignedIn: boolean) {
    await suite.startHost({ pageHeaders: { 'content-security-policy': LOOSE_POLICY } });
    // Signed in to the host in a tab of it. The frame has a session token.
    if (isSignedIn) await (await suite.profile.open(suite.host.page('', 'user_ada'))).close();
    const url = suite.host.framePage(ELEMENT, 'user_ada');
    const framed = await openFramedPage(suite.profile, '', {
      markup: `${FRAME} credentialless src="${url}"></iframe>`,
    });
    page = framed;
    await framed.clickTrigger();
    const { words } = await framed.until(({ hasLink }) => hasLink, 'the link');
    assert.match(words, /blocked the window/);
    await framed.clickTrigger();
    await authorize(await framed.popup());
    return framed;
  }

  it('a credentialless frame offers a link in place of the window, and connects by it', inChromium, async () => {
    const framed = await connectCredentialless(true);
    const { events } = await framed.until(({ phase }) => phase === 'connected', 'connected');
    assert.deepEqual(endsOf(events), ['account-connected']);
  });

  it('a credentialless frame that signs in by a token alone is refused', inChromium, async () => {
    await connectCredentialless(false);
    const bound = () => suite.host.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/callback'));
    assert.equal((await waitUntil(bound, 'the callback page asks the backend')).status, 403);
    await waitUntil(() => suite.host.emulator.accounts.all().length === 0, 'no account');
  });
});

/** Runs in the page: leaves no room for another character. */
function fillStorage(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (let size = 2 ** 20; size >= 1; size = size > 1 ? size / 2 : 0) {
      for (let isFull = false; !isFull; ) {
        try {
          storage.setItem(`${storage.length}`, 'x'.repeat(size));
        } catch {
          isFull = true;
        }
      }
    }
  }
}

describe('storage that is full to the last byte', () => {
  const suite = connectSuite();

  it('an account connects by the session', async () => {
    const page = await suite.open();
    await page.window.read(fillStorage);
    await page.clickTrigger();
    await suite.finish(page);
    await page.reaches('connected');
    assert.deepEqual(await page.problems(), []);
  });

  it('an account connects by a session token alone, because the window keeps the verifier', async () => {
    const page = await suite.openUrl(suite.host.framePage(ELEMENT, 'user_ada'));
    await page.window.read(fillStorage);
    await page.clickTrigger();
    await suite.finish(page);
    await page.reaches('connected');
    assert.deepEqual(await page.ends(), ['account-connected']);
    const bound = suite.host.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/callback'));
    assert.equal(bound?.status, 200);
  });
});

describe('a tab that is the copy of another', () => {
  const suite = connectSuite();

  it('both tabs end once when a duplicated tab has the same attempt in its storage', async () => {
    const copy = `<a id="copy" target="_blank" rel="opener">Copy of this tab</a>`;
    const first = await suite.openBody(`${ELEMENT}${copy}`, 'user_ada');
    await first.clickTrigger();
    const popup = await first.popup();
    await first.reaches('awaiting-authorization');
    await first.window.focus();
    await first.window.read(() => document.querySelector('#copy')?.setAttribute('href', location.href));
    const known = new Set(await suite.profile.windows());
    await first.window.click('#copy');
    const second: BrowserWindow = await waitUntil(
      async () => (await suite.profile.windows()).find((one) => !known.has(one)),
      'the copy',
    );
    const phase = () =>
      second.read(() => (document.querySelector('connect-account') as { state?: { phase: string } })?.state?.phase);
    const attempts = (window: BrowserWindow) =>
      window.read(() => Object.keys(sessionStorage).filter((key) => key.startsWith('connect-account:attempt')).length);
    await waitUntil(async () => (await phase()) === 'awaiting-authorization', 'the copy resumes');
    assert.deepEqual([await attempts(first.window), await attempts(second)], [1, 1]);
    await popup.focus();
    await authorize(popup);
    await first.window.focus();
    await first.reaches('connected');
    await second.focus();
    await waitUntil(async () => (await phase()) === 'connected', 'the copy is connected');
    assert.deepEqual(await first.ends(), ['account-connected']);
    assert.deepEqual(endsOf(await second.read(() => globalThis.pageRecord.events)), ['account-connected']);
    assert.equal(suite.host.emulator.accounts.all().length, 1);
  });
});
