import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectSuite } from '../support/connect-suite.js';
import { waitUntil } from '../support/wait-until.js';

/** Runs in the page: what old libraries and monitoring scripts do to it. */
function changeGlobals(): void {
  // Prototype.js 1.6 broke `JSON.stringify` so.
  const toJSON = function (this: unknown) {
    return `"${String(this)}"`;
  };
  for (const { prototype } of [Array, String, Date]) Object.assign(prototype, { toJSON });
  Object.assign(Object.prototype, { extended: () => 'by the page' });
  let count = 0;
  document.addEventListener('account-connected', () => {
    count += 1;
    document.title = `${count} connected`;
  });
  const { fetch, setTimeout } = window;
  window.fetch = async (...given) => (await fetch(...given)).clone();
  window.setTimeout = ((run: () => void, ms?: number) => setTimeout(run, ms)) as typeof window.setTimeout;
}

describe('pages that change what is around the elements', () => {
  const suite = connectSuite();

  it('an account connects in a page that has changed the prototypes of the language and wrapped fetch', async () => {
    const page = await suite.open();
    await page.window.read(changeGlobals);
    await page.clickTrigger();
    await suite.finish(page);
    await page.reaches('connected');
    assert.equal(await page.window.read(() => document.title), '1 connected');
  });

  it('a label beside the element focuses its button and opens nothing', async () => {
    const body =
      '<form><label for="github">Account</label><connect-account id="github" user-id="user_ada" auth-config-id="ac_github"></connect-account></form>';
    const page = await suite.openBody(body, 'user_ada');
    await page.reaches('ready');
    await page.window.click('label');
    await waitUntil(
      () => page.window.read(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part~="trigger"]')),
      'the focus on the button',
    );
    assert.equal((await suite.profile.windows()).length, 1);
    assert.equal(suite.host.requests.filter(({ method }) => method !== 'GET').length, 0);
  });
});
