import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectAccountPage } from '../support/connect-account-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { waitUntil } from '../support/wait-until.js';

const GITHUB = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';
const FIRECRAWL = '<connect-account user-id="user_ada" auth-config-id="ac_firecrawl"></connect-account>';
const LIST = '<connected-accounts-list user-id="user_ada"></connected-accounts-list>';
const OCTOCAT = { userId: 'user_ada', authConfigId: 'ac_github', displayName: 'octocat' } as const;
const DELAY_MS = 5000;

/** What the user of a slow or broken network does, and what comes of it. */
interface Use {
  readonly part: string;
  readonly body: string;
  readonly phase: string;
  /** The label of what the part brings. */
  readonly brings: string;
  isThere(page: ConnectAccountPage): Promise<boolean>;
}

const has = (selector: string) => (page: ConnectAccountPage) =>
  page.window.read(
    (inner) => document.querySelector('connect-account')?.shadowRoot?.querySelector(inner) instanceof Element,
    selector,
  );

const USES: readonly Use[] = [
  { part: 'menu.js', body: GITHUB, phase: 'connected', brings: 'menu', isThere: has('[role="menuitem"]') },
  { part: 'form.js', body: FIRECRAWL, phase: 'ready', brings: 'form', isThere: has('[part="form"]') },
];

/** Faults of the network, and how often each file is refused. */
const SURMOUNTABLE = {
  'comes after 5 s': { delay: DELAY_MS, refusals: 0 },
  'is refused once': { delay: 0, refusals: 1 },
};

describe('the late parts of the elements on a slow or broken network', () => {
  const suite = connectSuite();
  const served: string[] = [];

  /** Starts a host that serves one file late, or only after some refusals. Returns a function that ends the fault. */
  async function startHost(part: string, { delay = 0, refusals = 0 }): Promise<() => void> {
    served.length = 0;
    let left = refusals;
    let wait = delay;
    await suite.startHost({
      serve: async (file) => {
        if (file === part) {
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
          if (left-- > 0) return false;
        }
        served.push(file);
        return true;
      },
    });
    return () => {
      left = 0;
      wait = 0;
    };
  }

  const openPage = async (body: string, phase: string) => {
    if (phase === 'connected') suite.host.emulator.accounts.add(OCTOCAT);
    const page = await suite.openBody(body, 'user_ada');
    await page.reaches(phase);
    return page;
  };

  for (const [fault, options] of Object.entries(SURMOUNTABLE)) {
    it(`the window opens in the click and the account is connected where the attempt's part ${fault}`, async () => {
      await startHost('attempt.js', options);
      const page = await openPage(GITHUB, 'ready');
      await page.clickTrigger();
      const popup = await page.popup();
      if (options.delay > 0) {
        assert.equal(served.includes('attempt.js'), false);
        assert.match(await page.text(), /Opening GitHub/);
        assert.match(await popup.read(() => document.body.textContent), /Opening GitHub/);
      }
      await page.reaches('awaiting-authorization');
      await suite.finish(page);
      await page.event('account-connected');
      assert.deepEqual(await page.ends(), ['account-connected']);
    });

    for (const { part, body, phase, brings, isThere } of USES) {
      it(`one click brings the ${brings} where its part ${fault}`, async () => {
        await startHost(part, options);
        const page = await openPage(body, phase);
        await page.clickTrigger();
        await waitUntil(() => isThere(page), `the ${brings}`, 2 * DELAY_MS);
        assert.doesNotMatch(await page.text(), /can’t be reached/);
      });
    }
  }

  it('the window is closed and the reason said where the part of an attempt is refused, and the next click connects', async () => {
    const repair = await startHost('attempt.js', { refusals: Number.POSITIVE_INFINITY });
    const page = await openPage(GITHUB, 'ready');
    await page.clickTrigger();
    const { detail } = await page.event('account-connect-error');
    assert.equal((detail as { error: { code: string } }).error.code, 'network_error');
    await page.reaches('failed');
    await waitUntil(async () => (await suite.profile.windows()).length === 1, 'the window is closed');
    assert.match(await page.text(), /Try again/);
    assert.match(await page.text(), /Our server can’t be reached/);
    repair();
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    assert.deepEqual(await page.ends(), ['account-connect-error', 'account-connected']);
  });

  for (const { part, body, phase, brings, isThere } of USES) {
    it(`the reason is said where the part of the ${brings} is refused, and Try again brings it`, async () => {
      const repair = await startHost(part, { refusals: Number.POSITIVE_INFINITY });
      const page = await openPage(body, phase);
      await page.clickTrigger();
      await waitUntil(async () => /Our server can’t be reached/.test(await page.text()), 'the reason');
      assert.equal(await isThere(page), false);
      repair();
      await page.window.click('connect-account', '[data-action="retry"]');
      await waitUntil(() => isThere(page), `the ${brings}`);
      assert.doesNotMatch(await page.text(), /can’t be reached/);
      assert.deepEqual(await page.ends(), []);
    });
  }

  for (const [fault, options] of Object.entries(SURMOUNTABLE)) {
    it(`the list shows the accounts where its part ${fault}`, async () => {
      await startHost('list.js', options);
      suite.host.emulator.accounts.add(OCTOCAT);
      const window = await suite.profile.open(suite.host.page(LIST, 'user_ada'));
      const rows = () =>
        window.read(() => document.querySelector('connected-accounts-list')?.shadowRoot?.querySelectorAll('li').length);
      await waitUntil(async () => (await rows()) === 1, 'the row', 2 * DELAY_MS);
    });
  }

  it('the list is asked for again when the user returns to the page, after its part was refused', async () => {
    const repair = await startHost('list.js', { refusals: Number.POSITIVE_INFINITY });
    const window = await suite.profile.open(suite.host.page(LIST, 'user_ada'));
    const warned = () =>
      window.read(() => globalThis.pageRecord.problems.some((one) => one.includes('connected-accounts-list')));
    await waitUntil(warned, 'the warning');
    repair();
    await window.read(() => void dispatchEvent(new Event('online')));
    const isDefined = () => window.read(() => customElements.get('connected-accounts-list') !== undefined);
    await waitUntil(isDefined, 'the list');
  });

  it('a page without a click loads the button and no late part', async () => {
    await startHost('', {});
    await openPage(GITHUB, 'ready');
    assert.deepEqual(served.filter((file) => !/^(record-page|event-names)/.test(file)).sort(), [
      'connect-account.js',
      'main.js',
    ]);
  });

  it('the entry works under a query, and no part loads it a second time', async () => {
    await startHost('', {});
    await suite.startHost({ script: '<script type="module" src="/scripts/connect-account.js?v=1"></script>' });
    const page = await openPage(GITHUB, 'connected');
    await page.clickTrigger();
    await waitUntil(() => has('[role="menuitem"]')(page), 'the menu');
    assert.deepEqual(await page.problems(), []);
  });
});
