import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectSuite } from '../support/connect-suite.js';
import { consent, deny, signIn } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

describe('connecting an account in a popup', () => {
  const suite = connectSuite();

  it('an attempt ends ACTIVE after login and consent, with one event, under a strict policy', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await signIn(popup, 'octocat');
    await consent(popup);

    const { detail } = await page.event('account-connected');
    const { account } = detail as { account: { id: string; status: string; displayName: string } };
    assert.equal(account.status, 'ACTIVE');
    assert.equal(account.displayName, 'octocat');
    assert.equal(suite.host.emulator.accounts.get(account.id)?.userId, 'user_ada');

    await page.reaches('connected');
    await waitUntil(() => popup.isClosed(), 'the callback page closes its window');
    const types = (await page.events()).map(({ type }) => type);
    assert.equal(types[0], 'account-connect-start');
    assert.equal(types.filter((type) => type === 'account-connected').length, 1);
    assert.match(await page.text(), /octocat/);
    assert.deepEqual(await page.problems(), []);
  });

  it('an attempt that passes the hosted consent page of Composio ends ACTIVE, also without a name of the login', async () => {
    Object.assign(suite.host.emulator.knobs, { hostedConsentPage: true, givesDisplayName: false });
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await waitUntil(() => popup.read(() => document.querySelector('[value="continue"]') !== null), 'the hosted page');
    await signIn(popup);
    await consent(popup);
    const { detail } = await page.event('account-connected');
    const { account } = detail as { account: { displayName: string | null; wordId: string } };
    assert.equal(account.displayName, null);
    await page.reaches('connected');
    assert.ok((await page.text()).includes(account.wordId));
    assert.deepEqual(await page.problems(), []);
  });

  it('a connected account is still connected after a reload, which fires no event', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    await signIn(await page.popup());
    await consent(await page.popup());
    await page.reaches('connected');

    await page.window.reload();
    await page.reaches('connected');
    assert.deepEqual(await page.events(), []);
  });

  it('an attempt ends in connection_failed when the user denies, and the next click connects', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const refused = await page.popup();
    await signIn(refused);
    await deny(refused);

    const { detail } = await page.event('account-connect-error');
    assert.equal((detail as { error: { code: string } }).error.code, 'connection_failed');
    await page.reaches('failed');
    await waitUntil(() => refused.isClosed(), 'the callback page closes its window');

    await page.clickTrigger();
    await consent(await page.popup());
    await page.event('account-connected');
    assert.deepEqual(await page.problems(), []);
  });

  it('the element asks when the user has closed the window and opens the same link again', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    const closed = await page.popup();
    await page.reaches('awaiting-authorization');
    await closed.close();

    await waitUntil(async () => /Window closed\?/.test(await page.text()), 'the question');
    await page.clickPart('reopen');
    await signIn(await page.popup());
    await consent(await page.popup());
    await page.event('account-connected');
    assert.equal(suite.host.emulator.requests.filter(({ route }) => route === 'link.create').length, 1);
    assert.deepEqual(await page.problems(), []);
  });

  it('an account that becomes ACTIVE long after its window was closed is accepted', async () => {
    suite.host.emulator.knobs.activationDelay = 1_500;
    const page = await suite.open();
    await page.clickTrigger();
    const popup = await page.popup();
    await signIn(popup);
    await consent(popup);
    await waitUntil(() => popup.isClosed(), 'the callback page closes its window');
    assert.deepEqual(
      (await page.events()).filter(({ type }) => type === 'account-connected'),
      [],
    );
    await page.event('account-connected');
  });

  it('Cancel ends an attempt, and the next click connects', async () => {
    const page = await suite.open();
    await page.clickTrigger();
    await page.reaches('awaiting-authorization');
    await page.clickPart('cancel');

    const { detail } = await page.event('account-connect-cancel');
    assert.equal((detail as { reason: string }).reason, 'user');
    await page.reaches('ready');

    await page.clickTrigger();
    await signIn(await page.popup());
    await consent(await page.popup());
    await page.event('account-connected');
    assert.deepEqual(await page.problems(), []);
  });

  it('the element offers a real link when the browser blocks the window', async () => {
    const page = await suite.open();
    // No gesture, as when the page's own code calls it from a timer.
    await page.window.read(() => {
      const element = document.querySelector('connect-account') as HTMLElement & { connect(): Promise<unknown> };
      element.connect().catch(() => undefined);
    });
    await page.reaches('popup-blocked');
    assert.deepEqual(await suite.profile.windows(), [page.window]);

    await page.window.click('connect-account', 'a[target="_blank"][href]');
    await signIn(await page.popup());
    await consent(await page.popup());
    await page.event('account-connected');
  });
});
