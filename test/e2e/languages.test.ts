import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectAccountPage } from '../support/connect-account-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { waitUntil } from '../support/wait-until.js';

const inLanguage = (lang: string) =>
  `<div lang="${lang}"><connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account></div>`;

describe('the language of the elements', () => {
  const suite = connectSuite();

  const label = (page: ConnectAccountPage) =>
    page.window.read(
      () =>
        document.querySelector('connect-account')?.shadowRoot?.querySelector('[part="label"]')?.textContent?.trim() ??
        '',
    );

  const shows = (page: ConnectAccountPage, text: string) =>
    waitUntil(async () => (await label(page)) === text, `the label "${text}"`);

  /** Registers texts as a page does that loads a file and imports nothing. */
  const register = (page: ConnectAccountPage, lang: string, connectApp: string) =>
    page.window.read(
      (tag, text) => {
        const element = customElements.get('connect-account') as unknown as {
          registerMessages(tag: string, messages: object): void;
        };
        element.registerMessages(tag, { connectApp: text });
        return true;
      },
      lang,
      connectApp,
    );

  for (const [lang, text] of [
    ['fr-CA', 'Connecter GitHub'],
    ['pt', 'Conectar GitHub'],
    ['zh-Hant-HK', '連結 GitHub'],
    ['tlh', 'Connect GitHub'],
  ] as const) {
    it(`the files of dist/cdn say "${text}" in a page with lang="${lang}"`, async () => {
      await suite.startHost({});
      const page = await suite.openBody(inLanguage(lang), 'user_ada');
      await shows(page, text);
      assert.deepEqual(await page.problems(), []);
    });
  }

  it('a language whose file is refused once is asked for again', async () => {
    let refusals = 1;
    await suite.startHost({ serve: async (file) => file !== 'de.js' || refusals-- <= 0 });
    const page = await suite.openBody(inLanguage('de'), 'user_ada');
    await shows(page, 'GitHub verbinden');
    assert.equal(refusals, -1);
  });

  for (const [file, options] of [
    ['the files of dist/cdn', {}],
    ['the single file', { script: '<script src="/scripts/connect-account.min.js"></script>' }],
  ] as const) {
    it(`registerMessages() of the element adds a language to a page that loads ${file}`, async () => {
      await suite.startHost(options);
      const page = await suite.openBody(inLanguage('eo'), 'user_ada');
      await shows(page, 'Connect GitHub');
      await register(page, 'eo', 'Konekti {app}');
      await shows(page, 'Konekti GitHub');
      assert.deepEqual(await page.problems(), []);
    });
  }
});
