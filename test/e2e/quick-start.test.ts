import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { TestBrowser } from '../support/browser.js';
import { launchBrowser } from '../support/launch-browser.js';
import { type AppProcess, createPackedApp, DESK_PACKAGES, type PackedApp } from '../support/packed-app.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const [, section = ''] = /^## Embed it\n([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8')) ?? [];

/** Returns the first example in this language that contains `text`. */
function example(language: string, text: string): string {
  const examples = [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  const found = examples.map(([, code = '']) => code).find((code) => code.includes(text));
  assert.ok(found, `README.md has an example in ${language} with ${text}`);
  return found;
}

const SITE = 'http://localhost:3000';

describe('the first ten minutes with README.md', () => {
  let browser: TestBrowser;
  let app: PackedApp;
  before(async () => {
    app = createPackedApp();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    app?.close();
  });

  it('the commands, the page and the backend of README.md connect an account as they stand there', async (test) => {
    const install = example('sh', 'npm install connect-account');
    for (const name of [...DESK_PACKAGES, '@composio/core', 'express']) {
      assert.ok(install.includes(` ${name}`), `${name} is in the commands`);
      app.install(name);
    }
    app.write('index.html', example('html', '<connect-account'));
    app.write('server.mjs', example('js', '// server.mjs'));
    const start = performance.now();
    const log = (step: string) => test.diagnostic(`${step}: ${Math.round(performance.now() - start)} ms`);
    // Keeps the SDK from speaking to anybody else.
    const server: AppProcess = app.start('sh', ['-c', example('sh', 'npx connect-account dev')], { NODE_ENV: 'test' });
    try {
      await waitUntil(async () => (await fetch(SITE)).ok, 'the backend listens', 20_000).catch((error: Error) => {
        throw new Error(`${error.message} It printed:\n${server.output}`);
      });
      log('the site is there');
      await connect(browser);
      log('connected');
    } finally {
      await server.stop();
    }
  });
});

/** Opens the site as a new visitor and connects by trusted clicks. */
async function connect(browser: TestBrowser): Promise<void> {
  const profile = await browser.newProfile();
  try {
    const page = await profile.open(SITE);
    const phase = () =>
      page.read(
        () => (document.querySelector('connect-account') as { state?: { phase: string } } | null)?.state?.phase,
      );
    await waitUntil(async () => (await phase()) === 'ready', 'the element is ready');
    await page.click('connect-account', '[part~="trigger"]');
    const popup = await waitUntil(async () => (await profile.windows()).find((one) => one !== page), 'a window');
    await authorize(popup);
    await waitUntil(async () => (await phase()) === 'connected', 'it is connected').catch(async (error: Error) => {
      throw new Error(`${error.message} It is ${await phase()}.`);
    });
    const login = await page.read(
      () => document.querySelector('connect-account')?.shadowRoot?.querySelector('[part~="identity"]')?.textContent,
    );
    assert.match(login ?? '', /octocat/);
  } finally {
    await profile.close();
  }
}
