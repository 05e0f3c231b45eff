import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { connectSuite } from '../support/connect-suite.js';
import { engineUnderTest } from '../support/launch-browser.js';
import { startTestHost } from '../support/start-test-host.js';
import { waitUntil } from '../support/wait-until.js';

const BASE = "default-src 'none'; connect-src 'self'; img-src 'self' https:; style-src 'self'";
const hashOf = (file: string): string => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
const ENTRY = '<script type="module" src="/scripts/connect-account.js"></script>';

/** Renders an import map that pins every file of `dist/cdn`, one of them with another content if it is named. */
const importMap = (wrong = ''): string => {
  const files = readdirSync('dist/cdn').filter((file) => file.endsWith('.js'));
  const hashes = files.map((file) => [`/scripts/${file}`, hashOf(`dist/cdn/${file === wrong ? 'main.js' : file}`)]);
  const map = JSON.stringify({ integrity: Object.fromEntries(hashes) });
  return `<script type="importmap" nonce="abc">${map}</script>`;
};

/** A policy of a page, and the scripts that it allows. */
interface Policy {
  readonly header: string;
  readonly script: string;
  readonly head?: string;
}

/** The policies under which the files of `dist/cdn` work. */
const POLICIES: Readonly<Record<string, Policy>> = {
  "'self' with Trusted Types": {
    header: `${BASE}; script-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html`,
    script: ENTRY,
  },
  'a nonce': {
    header: `${BASE}; script-src 'nonce-abc'`,
    script: ENTRY.replace('src', 'nonce="abc" src'),
  },
  'a nonce and strict-dynamic': {
    header: `${BASE}; script-src 'nonce-abc' 'strict-dynamic'`,
    script: ENTRY.replace('src', 'nonce="abc" src'),
  },
  'an import map with integrity': {
    header: `${BASE}; script-src 'self' 'nonce-abc'`,
    script: ENTRY,
    head: importMap(),
  },
};

describe('the scripts under a content security policy', () => {
  const suite = connectSuite();

  for (const [name, { header, ...markup }] of Object.entries(POLICIES)) {
    it(`an account is connected under ${name}`, async () => {
      await suite.startHost({ pageHeaders: { 'content-security-policy': header }, ...markup });
      const page = await suite.open();
      await page.clickTrigger();
      await suite.finish(page);
      await page.event('account-connected');
      await page.reaches('connected');
      await page.clickTrigger();
      const hasMenu = () =>
        page.window.read(
          () => document.querySelector('connect-account')?.shadowRoot?.querySelector('[role="menuitem"]') !== null,
        );
      await waitUntil(hasMenu, 'the menu');
    });
  }

  it('an account is connected where the files come from another origin', async () => {
    const files = await startTestHost();
    await suite.startHost({
      pageHeaders: { 'content-security-policy': `${BASE}; script-src 'self' ${files.origin}` },
      script: ENTRY.replace('/scripts', `${files.origin}/scripts`),
    });
    const page = await suite.open();
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    await files.close();
  });

  it('a part whose content differs from the integrity in the import map is refused, and the reason is said', async () => {
    // WebKitGTK does not read `integrity` of import maps yet.
    if (engineUnderTest() === 'webkit') return;
    await suite.startHost({
      pageHeaders: { 'content-security-policy': `${BASE}; script-src 'self' 'nonce-abc'` },
      head: importMap('attempt.js'),
    });
    const page = await suite.open();
    await page.clickTrigger();
    const { detail } = await page.event('account-connect-error');
    assert.equal((detail as { error: { code: string } }).error.code, 'network_error');
    assert.match(await page.text(), /Our server can’t be reached/);
  });

  it('the single file works under a policy that names it by its hash alone', async () => {
    const file = 'dist/connect-account.min.js';
    await suite.startHost({
      pageHeaders: { 'content-security-policy': `${BASE}; script-src '${hashOf(file)}'` },
      script: `<script type="module" src="/scripts/connect-account.min.js" integrity="${hashOf(file)}"></script>`,
    });
    const url = suite.host.page(
      '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>',
      'user_ada',
    );
    const window = await suite.profile.open(url);
    const phase = () =>
      window.read(
        () => (document.querySelector('connect-account') as { state?: { phase: string } } | null)?.state?.phase,
      );
    await waitUntil(async () => (await phase()) === 'ready', 'the element is ready');
    await window.click('connect-account', '.trigger');
    await waitUntil(async () => (await phase()) === 'awaiting-authorization', 'the window is at the provider');
  });
});
