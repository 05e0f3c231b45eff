import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AccountsListPage, openAccountsListPage } from '../support/accounts-list-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { waitUntil } from '../support/wait-until.js';

const GITHUB = { userId: 'user_ada', authConfigId: 'ac_github', displayName: 'octocat' } as const;
const ATTACK = '<img src=x onerror="globalThis.attacked=true"><b>{account}</b>';

/** Invalid attributes, input and names. The list explains each one, executes nothing and loses nothing. */
describe('bad input to <connected-accounts-list>', () => {
  const suite = connectSuite();
  const openList = (attributes = ''): Promise<AccountsListPage> => {
    const list = `<connected-accounts-list user-id="user_ada" ${attributes}></connected-accounts-list>`;
    return openAccountsListPage(suite.profile, suite.host.page(list, 'user_ada'));
  };
  const seed = (different: object = {}) => suite.host.emulator.accounts.add({ ...GITHUB, ...different });
  const requests = (): string[] => suite.host.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
  const says = (page: AccountsListPage, words: RegExp): Promise<unknown> =>
    waitUntil(async () => words.test(await page.text()), `the words ${words}`);

  for (const [attributes, warning] of [
    [
      'statuses="ACTIVE BROKEN"',
      'the attribute statuses contains "BROKEN". Valid values: INITIALIZING, INITIATED, ACTIVE, FAILED, EXPIRED, INACTIVE, REVOKED.',
    ],
    ['limit="0"', 'the attribute limit must be a whole number from 1 to 100.'],
    ['order-by="name"', "the attribute order-by must be 'created_at' or 'updated_at'."],
  ] as const) {
    it(`the list sends no request for ${attributes} and says how to fix it`, async () => {
      seed();
      const page = await openList(attributes);
      await says(page, /not set up correctly/);
      assert.deepEqual(await page.problems(), [`console.warn: <connected-accounts-list>: ${warning}`]);
      assert.deepEqual(requests(), []);
      await page.setAttribute(attributes.split('=', 1)[0] ?? '', attributes.startsWith('limit') ? '20' : '');
      if (attributes.startsWith('order')) await page.setAttribute('order-by', 'created_at');
      await page.rowsThat('the row', ({ length }) => length === 1);
    });
  }

  it('a filter value that Composio does not know finds nothing', async () => {
    seed();
    const page = await openList('toolkit-slugs="no-such-toolkit"');
    await says(page, /No accounts/i);
    assert.deepEqual(await page.rows(), []);
  });

  it('the rows stay when the backend refuses a cursor, and Try again starts at the first page', async () => {
    let refuse = true;
    await suite.startHost({
      intercept: (request, handle) => {
        if (!refuse || !new URL(request.url).searchParams.has('cursor')) return handle(request);
        refuse = false;
        return handle(new Request(request.url.replace(/cursor=[^&]*/, 'cursor=bm9uc2Vuc2U'), request));
      },
    });
    for (let index = 0; index < 25; index++) seed({ alias: `No. ${index}`, age: index * 60_000 });
    const page = await openList();
    await page.click('[part="more"]');
    await says(page, /could not be loaded/);
    assert.equal((await page.rows()).length, 20);
    await page.click('.note .action');
    await says(page, /Show more/);
    await page.click('[part="more"]');
    await page.rowsThat('all of them', ({ length }) => length === 25);
  });

  it('a filter that changes between two pages starts without a cursor', async () => {
    for (let index = 0; index < 25; index++) seed({ age: index * 60_000, status: index % 2 ? 'EXPIRED' : 'ACTIVE' });
    const page = await openList('limit="10"');
    await page.click('[part="more"]');
    await page.rowsThat('two pages', ({ length }) => length === 20);
    await page.setAttribute('statuses', 'EXPIRED');
    const expired = await page.rowsThat('the first page of another query', ({ length }) => length === 10);
    assert.deepEqual([...new Set(expired.map(({ badge }) => badge))], ['Access expired']);
    await page.click('[part="more"]');
    await page.rowsThat('the rest of it', ({ length }) => length === 12);
  });

  it('an action on a deleted account shows a notice, and disconnecting one succeeds', async () => {
    const [first, second] = [seed({ age: 1 }), seed({ age: 60_000 })];
    const page = await openList();
    suite.host.emulator.accounts.delete(first.id);
    suite.host.emulator.accounts.delete(second.id);
    await page.act(first.id, 'disable');
    await page.rowsThat('one row is gone', (rows) => rows.map(({ id }) => id).join() === second.id);
    await says(page, /“Disable” did not work\. This connection no longer exists\./);
    await page.act(second.id, 'disconnect');
    await page.click('[part="confirm"] [data-action="disconnect"]');
    await page.rowsThat('the other too', ({ length }) => length === 0);
    assert.deepEqual(
      (await page.events()).map(({ type }) => type),
      ['accounts-loaded', 'account-disconnect-start', 'account-disconnected'],
    );
  });

  it('a name of 300 characters is rejected at the field, is not sent and stays in the input', async () => {
    const { id } = seed({ alias: 'Work' });
    const page = await openList();
    await page.act(id, 'rename');
    await page.window.type('x'.repeat(300));
    await page.window.press('Enter');
    await says(page, /Use a single line of up to 255 characters/);
    const typed = await page.window.read(
      () =>
        document.querySelector('connected-accounts-list')?.shadowRoot?.querySelector<HTMLInputElement>('#alias')?.value,
    );
    assert.equal(typed, 'x'.repeat(300));
    assert.deepEqual(requests(), ['GET connected-accounts']);
    assert.equal(suite.host.emulator.accounts.get(id)?.alias, 'Work');
    await page.window.press('Escape');
    await page.rowsThat('its name', ([row]) => row?.identity.includes('Work') === true);
  });

  it('names with markup are shown as text everywhere and are saved unchanged', async () => {
    const { id } = seed({ displayName: ATTACK, alias: ATTACK, status: 'EXPIRED', statusReason: ATTACK });
    const page = await openList('searchable');
    assert.equal((await page.rows())[0]?.identity.startsWith(ATTACK), true);
    await page.act(id, 'disconnect');
    await says(page, /Disconnect <img src=x onerror="globalThis\.attacked=true"><b>\{account\}<\/b>\?/);
    await page.window.press('Escape');
    await page.act(id, 'rename');
    await page.window.type('<script>globalThis.attacked = true</script>');
    await page.window.press('Enter');
    await page.rowsThat('the new name', ([row]) => row?.identity.includes('<script>') === true);
    assert.equal(suite.host.emulator.accounts.get(id)?.alias, '<script>globalThis.attacked = true</script>');
    assert.equal(await page.window.read(() => 'attacked' in globalThis), false);
    assert.deepEqual(await page.problems(), []);
  });
});
