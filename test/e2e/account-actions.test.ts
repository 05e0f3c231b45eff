import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectAccountPage } from '../support/connect-account-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const GITHUB = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';

/** Opens the menu and clicks an item of it. */
async function choose({ window, clickPart }: ConnectAccountPage, action: string): Promise<void> {
  await clickPart('menu-button');
  await window.click('connect-account', `[role="menuitem"][data-action="${action}"]`);
}

/** The changes that `account-updated` reported, in order. */
async function changes(page: ConnectAccountPage): Promise<string[]> {
  const updates = (await page.events()).filter(({ type }) => type === 'account-updated');
  return updates.map(({ detail }) => (detail as { change: string }).change);
}

describe('the actions on a connected account, against the emulator', () => {
  const suite = connectSuite();

  const seed = (authConfigId: string, alias?: string) =>
    suite.host.emulator.accounts.add({
      userId: 'user_ada',
      authConfigId,
      displayName: 'octocat',
      ...(alias && { alias }),
    });
  const openPage = async (body = GITHUB) => {
    const page = await suite.openBody(body, 'user_ada');
    await page.reaches('connected');
    return page;
  };

  it('the menu disables and enables an account', async () => {
    const { id } = seed('ac_github');
    const page = await openPage();
    await choose(page, 'disable');
    await page.reaches('needs-attention');
    assert.equal(suite.host.emulator.accounts.get(id)?.status, 'INACTIVE');
    await choose(page, 'enable');
    await page.reaches('connected');
    assert.equal(suite.host.emulator.accounts.get(id)?.status, 'ACTIVE');
    assert.deepEqual(await changes(page), ['disabled', 'enabled']);
    assert.deepEqual(await page.problems(), []);
  });

  it('the menu renames an account and shows at the field that a name is taken', async () => {
    const { id } = seed('ac_github');
    suite.host.emulator.accounts.add({
      userId: 'user_ada',
      authConfigId: 'ac_github',
      alias: 'work',
      status: 'REVOKED',
    });
    const page = await openPage();
    await choose(page, 'rename');
    await page.window.type('work');
    await page.window.press('Enter');
    await waitUntil(async () => /already has this name/.test(await page.text()), 'the reason');
    assert.equal(suite.host.emulator.accounts.get(id)?.alias, null);
    await page.window.type('-2');
    await page.window.press('Enter');
    await page.event('account-updated');
    assert.equal(suite.host.emulator.accounts.get(id)?.alias, 'work-2');
    assert.deepEqual(await page.problems(), []);
  });

  it('the menu disconnects an account after a question', async () => {
    const { id } = seed('ac_github');
    const page = await openPage();
    await choose(page, 'disconnect');
    await page.window.click('connect-account', '[part="confirm"] [data-action="cancel"]');
    assert.notEqual(suite.host.emulator.accounts.get(id), undefined);
    await choose(page, 'disconnect');
    await page.window.click('connect-account', '[part="confirm"] [data-action="disconnect"]');
    await page.reaches('ready');
    await page.event('account-disconnected');
    assert.equal(suite.host.emulator.accounts.get(id), undefined);
    assert.deepEqual(await page.problems(), []);
  });

  it('Reconnect replaces a working account with a new one that keeps its name', async () => {
    const page = await suite.openBody(GITHUB, 'user_ada');
    await page.clickTrigger();
    await authorize(await page.popup());
    await page.reaches('connected');
    const [old] = suite.host.emulator.accounts.all();
    await choose(page, 'rename');
    await page.window.type('work');
    await page.window.press('Enter');
    await waitUntil(() => old?.alias === 'work', 'the name');

    await choose(page, 'reconnect');
    await authorize(await page.popup());
    await waitUntil(async () => (await changes(page)).includes('reconnected'), 'the end of the reconnect');
    const accounts = suite.host.emulator.accounts.all();
    assert.deepEqual(
      accounts.map(({ id, alias, status }) => [id !== old?.id, alias, status]),
      [[true, 'work', 'ACTIVE']],
    );
    const authorization = `Bearer ${accounts[0]?.val['access_token']}`;
    const alive = await fetch(new URL('/me', suite.host.provider.issuer), { headers: { authorization } });
    assert.equal(alive.status, 200);
    assert.deepEqual(await page.problems(), []);
  });

  it('a change shows in another tab without a reload and fires no event there', async () => {
    seed('ac_github');
    const page = await openPage();
    const other = await openPage();
    await choose(page, 'disable');
    await other.reaches('needs-attention');
    await choose(page, 'disconnect');
    await page.window.click('connect-account', '[part="confirm"] [data-action="disconnect"]');
    await other.reaches('ready');
    assert.deepEqual(await other.events(), []);
  });

  it('a page of 100 elements makes two requests at load', async () => {
    seed('ac_github');
    const elements = ['ac_github', 'ac_slack', 'ac_notion', 'ac_firecrawl'].map((id) =>
      GITHUB.replace('ac_github', id),
    );
    await openPage(Array.from({ length: 25 }, () => elements.join('')).join(''));
    assert.deepEqual(suite.host.requests.map(({ path }) => path).sort(), [
      '/api/connect/auth-configs',
      '/api/connect/connected-accounts',
    ]);
  });
});
