import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AccountsListPage, openAccountsListPage } from '../support/accounts-list-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const LIST = '<connected-accounts-list user-id="user_ada"></connected-accounts-list>';
const GITHUB = { userId: 'user_ada', authConfigId: 'ac_github' } as const;

describe('<connected-accounts-list> in front of Composio', () => {
  const suite = connectSuite();
  const openList = (body = LIST): Promise<AccountsListPage> =>
    openAccountsListPage(suite.profile, suite.host.page(body, 'user_ada'));

  it('the list pages by cursor to the end and never shows an account of another user', async () => {
    const { accounts } = suite.host.emulator;
    for (let index = 0; index < 45; index++) accounts.add({ ...GITHUB, alias: `No. ${index}`, age: index * 60_000 });
    accounts.add({ ...GITHUB, userId: 'user_grace', displayName: 'grace' });
    const page = await openList();
    assert.equal((await page.rows()).length, 20);
    await page.click('[part="more"]');
    await page.rowsThat('two pages', ({ length }) => length === 40);
    await page.click('[part="more"]');
    const rows = await page.rowsThat('all of them', ({ length }) => length === 45);
    assert.deepEqual(
      rows.map(({ identity }) => identity.split(' · ')[0]),
      Array.from({ length: 45 }, (_, index) => `No. ${index}`),
    );
    assert.deepEqual(
      (await page.events()).map(({ type, detail }) => [type, detail]),
      [20, 40, 45].map((count) => ['accounts-loaded', { count, hasMore: count < 45 }]),
    );
    assert.deepEqual(await page.problems(), []);
  });

  it('the list filters by status, toolkit and auth config', async () => {
    const { accounts } = suite.host.emulator;
    accounts.add({ ...GITHUB, displayName: 'octocat' });
    accounts.add({ ...GITHUB, status: 'EXPIRED', displayName: 'hubot' });
    accounts.add({ userId: 'user_ada', authConfigId: 'ac_slack', displayName: 'design-team' });
    const loginsOf = async (filter: string): Promise<string[]> => {
      const page = await openList(`<connected-accounts-list user-id="user_ada" ${filter}></connected-accounts-list>`);
      return (await page.rows()).map(({ identity }) => identity.split(' · ')[0] ?? '').sort();
    };
    assert.deepEqual(await loginsOf('statuses="EXPIRED"'), ['hubot']);
    assert.deepEqual(await loginsOf('toolkit-slugs="slack"'), ['design-team']);
    assert.deepEqual(await loginsOf('auth-config-ids="ac_github" statuses="ACTIVE, INACTIVE"'), ['octocat']);
  });

  it('a row describes each of the seven statuses and offers the actions that it allows', async () => {
    const expected = {
      INITIALIZING: ['Starting', 'reconnect disconnect'],
      INITIATED: ['Not finished', 'reconnect disconnect'],
      ACTIVE: ['Connected', 'reconnect rename disable disconnect'],
      FAILED: ['Not connected', 'reconnect rename disconnect'],
      EXPIRED: ['Access expired', 'reconnect rename disconnect'],
      INACTIVE: ['Disabled', 'enable rename disconnect'],
      REVOKED: ['Access revoked', 'reconnect rename disconnect'],
    };
    const { accounts } = suite.host.emulator;
    const seeded = Object.keys(expected).map((status) =>
      accounts.add({ ...GITHUB, status: status as keyof typeof expected, displayName: status, age: 60_000 }),
    );
    const page = await openList();
    const rows = await page.rows();
    const found = seeded.map(({ id, status }) => {
      const row = rows.find((one) => one.id === id);
      return [status, [row?.badge, row?.actions.join(' ')]];
    });
    assert.deepEqual(Object.fromEntries(found), expected);
  });

  it('a row shows the app, the age and the reason of the status', async () => {
    const { id } = suite.host.emulator.accounts.add({
      userId: 'user_ada',
      authConfigId: 'ac_slack',
      status: 'EXPIRED',
      statusReason: 'Permanent auth error during token refresh',
      age: 3 * 86_400_000 + 60_000,
    });
    const page = await openList();
    const row = (await page.rows()).find((one) => one.id === id);
    assert.deepEqual(
      [row?.name, row?.age, row?.reason],
      ['Slack', '3 days ago', 'Permanent auth error during token refresh'],
    );
  });

  it('the list orders by the time of the last change', async () => {
    const { accounts } = suite.host.emulator;
    const old = accounts.add({ ...GITHUB, displayName: 'old', age: 2 * 86_400_000 });
    const young = accounts.add({ ...GITHUB, displayName: 'young', age: 86_400_000 });
    const page = await openList();
    assert.deepEqual(
      (await page.rows()).map(({ id }) => id),
      [young.id, old.id],
    );
    await page.act(old.id, 'disable');
    await page.rowsThat('disabled', (rows) => rows[1]?.badge === 'Disabled');
    await page.setAttribute('order-by', 'updated_at');
    await page.rowsThat('the other order', (rows) => rows.map(({ id }) => id).join() === `${old.id},${young.id}`);
  });

  it('the list shows what <connect-account> connects beside it without a reload', async () => {
    const page = await openList(
      `<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>${LIST}`,
    );
    assert.deepEqual(await page.rows(), []);
    await page.window.click('connect-account', '[part~="trigger"]');
    await authorize(await page.popup());
    const [row] = await page.rowsThat('the new row', ({ length }) => length === 1);
    assert.equal(row?.name, 'GitHub');
    assert.match(row?.identity ?? '', /^octocat/);
    assert.equal(row?.badge, 'Connected');
  });

  it('the list notices an account that expired upstream when the page regains the focus', async () => {
    const { id } = suite.host.emulator.accounts.add({ ...GITHUB, displayName: 'octocat' });
    const page = await openList();
    suite.host.emulator.accounts.setStatus(id, 'EXPIRED', 'Permanent auth error during token refresh');
    await page.lookAgainAfter(11_000);
    await page.rowsThat('the row says so', ([row]) => row?.badge === 'Access expired');
  });

  it('the list follows changes in another tab', async () => {
    const { id } = suite.host.emulator.accounts.add({ ...GITHUB, displayName: 'octocat' });
    const [one, other] = [await openList(), await openList()];
    await one.window.focus();
    await one.act(id, 'disable');
    await other.rowsThat('disabled', ([row]) => row?.badge === 'Disabled');
    await one.act(id, 'disconnect');
    await one.click('[part="confirm"] [data-action="disconnect"]');
    await other.rowsThat('the row is gone', ({ length }) => length === 0);
    assert.deepEqual(
      (await other.events()).map(({ type }) => type),
      ['accounts-loaded'],
    );
    assert.equal(suite.host.emulator.accounts.get(id), undefined);
  });

  it('Reconnect replaces an expired account with a new one in its place and with its name', async () => {
    const { emulator } = suite.host;
    const old = emulator.accounts.add({ ...GITHUB, status: 'EXPIRED', displayName: 'octocat', alias: 'Work' });
    const page = await openList();
    await page.act(old.id, 'reconnect');
    await authorize(await page.popup());
    const [row] = await page.rowsThat('the new row alone', (rows) => rows.length === 1 && rows[0]?.id !== old.id);
    await waitUntil(async () => (await page.events()).length === 3, 'the end');
    const events = await page.events();
    assert.deepEqual(
      events.map(({ type }) => type),
      ['accounts-loaded', 'account-connected', 'account-updated'],
    );
    assert.equal((events[2]?.detail as { change: string } | undefined)?.change, 'reconnected');
    assert.deepEqual(
      emulator.accounts.all().map(({ id, alias, status }) => [id, alias, status]),
      [[row?.id, 'Work', 'ACTIVE']],
    );
    await page.rowsThat('its name', ([renamed]) => renamed?.identity.includes('Work') === true);
    assert.deepEqual(await page.problems(), []);
  });

  it('Reconnect removes a working account only after the new one exists and takes its name', async () => {
    const { emulator } = suite.host;
    const old = emulator.accounts.add({ ...GITHUB, displayName: 'octocat', alias: 'Work' });
    const page = await openList();
    await page.act(old.id, 'reconnect');
    const popup = await page.popup();
    assert.equal(emulator.accounts.get(old.id)?.status, 'ACTIVE');
    await authorize(popup);
    const [row] = await page.rowsThat(
      'its name',
      ([one]) => one?.id !== old.id && one?.identity.includes('Work') === true,
    );
    assert.deepEqual(
      emulator.accounts.all().map(({ id, alias, status }) => [id, alias, status]),
      [[row?.id, 'Work', 'ACTIVE']],
    );
    assert.deepEqual(await page.problems(), []);
  });

  it('Replace key keeps the account when the new key is refused and replaces it with the next one', async () => {
    const { emulator } = suite.host;
    const old = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_firecrawl', alias: 'Work' });
    emulator.knobs.rejectedCredentials.add('fc-wrong');
    const page = await openList();
    await page.act(old.id, 'reconnect');
    await page.click('.panel input');
    await page.window.type('fc-wrong');
    await page.window.press('Enter');
    await waitUntil(async () => /did not accept/.test(await page.text()), 'the refusal');
    assert.equal(emulator.accounts.get(old.id)?.status, 'ACTIVE');
    await page.window.read(() => {
      document
        .querySelector('connected-accounts-list')
        ?.shadowRoot?.querySelector<HTMLInputElement>('.panel input')
        ?.select();
    });
    await page.window.type('fc-right');
    await page.window.press('Enter');
    await page.rowsThat('the new account', (rows) => rows.length === 1 && rows[0]?.id !== old.id);
    const changes = await waitUntil(async () => {
      const updates = (await page.events()).filter(({ type }) => type === 'account-updated');
      return updates.length > 0 && updates.map(({ detail }) => (detail as { change: string }).change);
    }, 'the end');
    assert.deepEqual(changes, ['credentials-replaced']);
    assert.deepEqual(
      emulator.accounts.all().map(({ alias, status, val }) => [alias, status, val['generic_api_key']]),
      [['Work', 'ACTIVE', 'fc-right']],
    );
  });
});
