import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { waitUntil } from '../../support/wait-until.js';

const GITHUB = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';

describe('policies of the page', () => {
  const suite = connectSuite();

  hardCase(44, 'the element is styled where the policy allows no inline style', async () => {
    const page = await suite.open();
    const style = await page.window.read(() => {
      const trigger = document.querySelector('connect-account')?.shadowRoot?.querySelector('.trigger');
      const { cursor, borderTopStyle, minHeight } = getComputedStyle(trigger ?? document.body);
      return { cursor, borderTopStyle, minHeight };
    });
    assert.deepEqual(style, { cursor: 'pointer', borderTopStyle: 'solid', minHeight: '36px' });
    assert.deepEqual(await page.problems(), []);
  });

  hardCase(45, 'every phase and the form work where Trusted Types are required', async () => {
    const body = `${GITHUB}<connect-account id="key" user-id="user_ada" auth-config-id="ac_firecrawl"></connect-account>`;
    const page = await suite.openBody(body, 'user_ada');
    const { headers } = await fetch(suite.host.page(''));
    assert.match(headers.get('content-security-policy') ?? '', /require-trusted-types-for 'script'/);
    await page.clickTrigger();
    await suite.finish(page);
    await page.reaches('connected');
    await page.window.click('#key', '.trigger');
    await page.window.click('#key', '[data-field="generic_api_key"]');
    await page.window.press('Enter');
    await page.window.press('Escape');
    assert.deepEqual(await page.problems(), []);
  });

  for (const [what, logo] of [
    ['a script', 'javascript:alert(1)'],
    ['a data URL', 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an address where nothing is', 'https://127.0.0.1:1/logo.svg'],
    ['plain http', 'http://example.com/logo.svg'],
  ] as const) {
    hardCase(46, `the first letter replaces a logo that is ${what}`, async () => {
      await suite.startHost({
        intercept: async (request, handle) => {
          const response = await handle(request);
          if (!request.url.includes('/auth-configs')) return response;
          const { items } = await response.json();
          return Response.json({
            items: items.map((item: { toolkit: object }) => ({ ...item, toolkit: { ...item.toolkit, logo } })),
          });
        },
      });
      const page = await suite.open();
      await waitUntil(async () => /(?:^|\s)G(?:\s|$)/.test(await page.text()), 'the letter');
      const shown = await page.window.read(() => {
        const image = document.querySelector('connect-account')?.shadowRoot?.querySelector('img');
        return { isShown: image?.checkVisibility() ?? false, referrerPolicy: image?.referrerPolicy ?? 'no-referrer' };
      });
      assert.deepEqual(shown, { isShown: false, referrerPolicy: 'no-referrer' });
    });
  }

  hardCase(
    47,
    'the element connects where every permission is denied and the script is pinned by its hash',
    async () => {
      const hash = createHash('sha384').update(readFileSync('dist/connect-account.min.js')).digest('base64');
      await suite.startHost({
        pageHeaders: {
          'permissions-policy': 'clipboard-read=(), clipboard-write=(), fullscreen=(), storage-access=()',
        },
        script: `<script type="module" src="/scripts/connect-account.min.js" integrity="sha384-${hash}" crossorigin></script>`,
      });
      const page = await suite.open();
      await page.clickTrigger();
      await suite.finish(page);
      await page.event('account-connected');
      assert.deepEqual(await page.problems(), []);
    },
  );

  hardCase(48, 'nothing breaks when the page loads the script twice', async () => {
    // Each copy of Lit creates its own Trusted Types policy.
    const policy =
      "default-src 'self'; img-src https:; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'";
    await suite.startHost({ pageHeaders: { 'content-security-policy': policy } });
    const script = '<script type="module" src="/scripts/connect-account.min.js?again"></script>';
    const page = await suite.openBody(`${GITHUB}${script}`, 'user_ada');
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    const broken = (await page.problems()).filter((problem) => !problem.startsWith('console.warn'));
    assert.deepEqual(broken, []);
  });
});
