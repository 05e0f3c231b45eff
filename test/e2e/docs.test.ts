import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { buildSite, type SiteFiles, typeOf } from '../../demo/docs-site/build-site.js';
import { type HttpServer, startHttpServer } from '../../demo/start-http-server.js';
import type { BrowserWindow } from '../support/browser.js';
import { demoSuite } from '../support/demo-suite.js';
import { waitUntil } from '../support/wait-until.js';

/** Serves the static site below a path, as a host of pages does. */
function serveBelow(path: string, files: SiteFiles): Promise<HttpServer> {
  const respond = async ({ url }: Request): Promise<Response> => {
    const name = new URL(url).pathname.slice(path.length);
    const content = files.get(name);
    if (content === undefined) return new Response('Not found', { status: 404 });
    return new Response(content, { headers: { 'Content-Type': typeOf(name) } });
  };
  return startHttpServer(() => getRequestListener(respond), { host: 'localhost' });
}

describe('the documentation in a browser', () => {
  const suite = demoSuite();

  /** Types into the search, and returns the links of what is found, best first. */
  async function search(page: BrowserWindow, words: string): Promise<string[]> {
    await page.click('.search input');
    await page.type(words);
    return waitUntil(async () => {
      const links = await page.read(() =>
        [...document.querySelectorAll<HTMLAnchorElement>('#results a')].map(({ href }) => href),
      );
      return links.length > 0 ? links : undefined;
    }, `something is found for ${words}`);
  }

  const heading = (page: BrowserWindow) => page.read(() => document.querySelector('h1')?.textContent);

  it('a reader of the demo finds a chapter by its words, and the Enter key goes there', async () => {
    const page = await suite.profile.open(`${suite.demo.origin}/docs/`);
    assert.equal(await heading(page), 'Documentation');
    const [link = ''] = await search(page, 'rotate the secret');
    assert.equal(link, `${suite.demo.origin}/docs/deployment.html#rotate-the-secret`);
    await page.press('Enter');
    await waitUntil(async () => (await page.url()) === link, 'the chapter is open');
    await waitUntil(async () => (await heading(page)) === 'Deployment', 'it is shown');
    const isInView = () => {
      const place = document.querySelector('#rotate-the-secret')?.getBoundingClientRect();
      return place !== undefined && place.top >= 0 && place.bottom <= innerHeight;
    };
    await waitUntil(() => page.read(isInView), 'its heading is in view');
  });

  it('a search without a result says so in words, and Escape closes it', async () => {
    const page = await suite.profile.open(`${suite.demo.origin}/docs/errors.html`);
    await page.click('.search input');
    await page.type('qqqqzzzz');
    const status = () => page.read(() => document.querySelector('.search [role="status"]')?.textContent);
    await waitUntil(async () => /Nothing found/.test((await status()) ?? ''), 'it says that nothing was found');
    await page.press('Escape');
    await waitUntil(() => page.read(() => document.querySelector('.found')?.hasAttribute('hidden')), 'it is closed');
  });

  it('a chosen theme stays on the next page', async () => {
    const page = await suite.profile.open(`${suite.demo.origin}/docs/errors.html`);
    await page.click('.themes label:last-child');
    const theme = () => page.read(() => document.documentElement.dataset['theme']);
    await waitUntil(async () => (await theme()) === 'dark', 'the page is dark');
    await page.goto(`${suite.demo.origin}/docs/events.html`);
    assert.equal(await theme(), 'dark');
    assert.equal(await page.read(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  });

  it('the static site works below any path', async () => {
    const site = await serveBelow('/some/where/', await buildSite());
    try {
      const page = await suite.profile.open(`${site.origin}/some/where/index.html`);
      const [link = ''] = await search(page, 'behind a proxy');
      assert.equal(link, `${site.origin}/some/where/deployment.html#behind-a-proxy`);
      await page.click('#results li:first-child a');
      await waitUntil(async () => (await heading(page)) === 'Deployment', 'the chapter is shown');
      const styles = await page.read(() => document.styleSheets.length);
      assert.equal(styles, 2);
    } finally {
      await site.close();
    }
  });

  it('no page is wider than a narrow window', async () => {
    const files = await buildSite();
    const site = await serveBelow('/', files);
    try {
      const page = await suite.profile.open(`${site.origin}/index.html`);
      const widthOf = (address: string) =>
        new Promise<number>((resolve) => {
          const frame = document.createElement('iframe');
          frame.style.cssText = 'inline-size: 320px; block-size: 600px; border: 0';
          frame.addEventListener('load', () => {
            resolve(frame.contentDocument?.documentElement.scrollWidth ?? 0);
            frame.remove();
          });
          frame.src = address;
          document.body.append(frame);
        });
      for (const name of [...files.keys()].filter((path) => path.endsWith('.html'))) {
        assert.ok((await page.read(widthOf, name)) <= 320, name);
      }
    } finally {
      await site.close();
    }
  });
});
