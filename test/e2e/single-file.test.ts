import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { openAccountsListPage } from '../support/accounts-list-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { waitUntil } from '../support/wait-until.js';

const LIST = '<connected-accounts-list user-id="user_ada"></connected-accounts-list>';

/** The other end-to-end tests run on the files of `dist/cdn`. */
describe('the single file', () => {
  const suite = connectSuite();

  for (const [what, script] of [
    ['a module', '<script type="module" src="/scripts/connect-account.min.js"></script>'],
    ['a classic script', '<script src="/scripts/connect-account.min.js"></script>'],
  ] as const) {
    describe(`loaded as ${what}`, () => {
      beforeEach(() => suite.startHost({ script }));

      it(`an account is connected in a popup, and has its menu, by the single file loaded as ${what}`, async () => {
        const page = await suite.open();
        await page.clickTrigger();
        await suite.finish(page);
        await page.event('account-connected');
        await page.reaches('connected');
        await page.clickTrigger();
        await page.window.click('connect-account', '[role="menuitem"][data-action="disable"]');
        await page.reaches('needs-attention');
        assert.deepEqual(await page.problems(), []);
      });

      it(`a key is asked for and the account listed by the single file loaded as ${what}`, async () => {
        const page = await suite.open('user-id="user_ada" auth-config-id="ac_firecrawl"');
        await page.clickTrigger();
        await page.window.click('connect-account', '[data-field="generic_api_key"]');
        await page.window.type('fc-1234');
        await page.clickPart('submit');
        await page.event('account-connected');
        const list = await openAccountsListPage(suite.profile, suite.host.page(LIST, 'user_ada'));
        assert.equal((await list.rows()).length, 1);
        assert.deepEqual(await list.problems(), []);
      });
    });
  }

  it('the single file leaves no global on the page, even where it is loaded as a classic script', async () => {
    const namesWith = async (script: string) => {
      await suite.startHost({ script });
      const window = await suite.profile.open(suite.host.page('', 'user_ada'));
      await waitUntil(() => window.read(() => document.readyState === 'complete'), 'the page');
      return window.read(() => Object.getOwnPropertyNames(globalThis));
    };
    const before = await namesWith('');
    const after = await namesWith('<script src="/scripts/connect-account.min.js"></script>');
    // What Lit itself shares between its copies is all that may be new.
    assert.deepEqual(
      after.filter(
        (name) => !before.includes(name) && !/^(?:(?:lit|reactive)\w+Versions|litPropertyMetadata)$/.test(name),
      ),
      [],
    );
  });
});
