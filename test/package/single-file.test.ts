import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type HttpServer, startHttpServer } from '../../demo/start-http-server.js';
import type { TestBrowser } from '../support/browser.js';
import { launchChromium } from '../support/launch-chromium.js';

const FILE = 'dist/connect-account.min.js';
const TAGS = ['connect-account', 'connected-accounts-list'];

const PAGE = `<!doctype html><script>
  words = [];
  for (const level of ['log', 'info', 'warn', 'error']) console[level] = (...all) => words.push(all.join(' '));
  onerror = (message) => words.push(message);
</script>
<script type="module" src="/connect-account.min.js"></script>
<script type="module" src="/connect-account.min.js?again"></script>`;

describe('the file for <script type="module">', () => {
  let browser: TestBrowser;
  let server: HttpServer;

  before(async () => {
    browser = await launchChromium();
    server = await startHttpServer(
      () => (request, response) => {
        const isFile = request.url?.startsWith('/connect-account.min.js');
        response.setHeader('content-type', isFile ? 'text/javascript' : 'text/html');
        response.end(isFile ? readFileSync(FILE) : PAGE);
      },
      { host: 'localhost' },
    );
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it('the single file reads the same in a page of any encoding, which a classic script has too', () => {
    assert.match(readFileSync(FILE, 'latin1'), /^[\n\x20-\x7e]*$/);
  });

  it('the single file imports nothing', () => {
    assert.doesNotMatch(readFileSync(FILE, 'utf8'), /\b(?:import|from)\s*\(?\s*["'`]/);
  });

  it('the single file registers the tags, and a second copy only warns that they are taken', async () => {
    const window = await (await browser.newProfile()).open(server.origin);
    assert.deepEqual(await window.read((tags) => tags.filter((tag) => customElements.get(tag)), TAGS), TAGS);
    const words = await window.read(() => (globalThis as unknown as { words: string[] }).words);
    assert.equal(words.length, TAGS.length);
    for (const [index, tag] of TAGS.entries())
      assert.match(words[index] ?? '', new RegExp(`<${tag}> is registered already`));
  });
});
