import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openAccountsListPage } from '../support/accounts-list-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { keyboardUser } from '../support/keyboard-user.js';
import { authorize } from '../support/provider-window.js';
import type { RecordedEvent } from '../support/record-page.js';
import { waitUntil } from '../support/wait-until.js';

/** A page with something to focus before and after the element. */
const around = (element: string) => `<a id="before" href="#">Before</a>${element}<a id="after" href="#">After</a>`;
const element = (authConfigId: string) =>
  around(`<connect-account user-id="user_ada" auth-config-id="${authConfigId}"></connect-account>`);

const isDone = (events: readonly RecordedEvent[], change: string) =>
  events.some(({ type, detail }) => type === 'account-updated' && (detail as { change: string }).change === change);

describe('<connect-account> by keyboard alone', () => {
  const suite = connectSuite();

  async function open(authConfigId = 'ac_github') {
    const page = await suite.openBody(element(authConfigId), 'user_ada');
    const user = keyboardUser(page.window);
    // A press of a real key, after which the browser shows the focus.
    await user.goTo('before');
    return { page, user };
  }

  /** The window that the last key opened. */
  async function windowOf(press: () => Promise<void>) {
    const known = new Set(await suite.profile.windows());
    await press();
    return waitUntil(async () => (await suite.profile.windows()).find((one) => !known.has(one)), 'a window');
  }

  const addAccount = (status: 'ACTIVE' | 'EXPIRED' = 'ACTIVE', authConfigId = 'ac_github') =>
    suite.host.emulator.accounts.add({ userId: 'user_ada', authConfigId, status, displayName: 'octocat' });

  for (const key of ['Enter', 'Space'] as const) {
    it(`the key ${key} on the trigger opens a window, and the focus is on the trigger when it is back`, async () => {
      const { page, user } = await open();
      assert.equal((await user.goTo('trigger')).isOutlined, true);
      const popup = await windowOf(() => user.press(key));
      await page.reaches('awaiting-authorization');
      await authorize(popup);
      await page.window.focus();
      await page.reaches('connected');
      await user.isOn('trigger');
      await user.goTo('after');
      assert.deepEqual(await page.ends(), ['account-connected']);
    });
  }

  it('Cancel is reached by Tab, and gives the focus back to the trigger', async () => {
    const { page, user } = await open();
    await user.goTo('trigger');
    await windowOf(() => user.press('Enter'));
    await page.reaches('awaiting-authorization');
    await page.window.focus();
    // Without a window manager WebKit's page does not come to the front when the other window has been there.
    assert.notEqual((await user.goTo('cancel')).isOutlined, false);
    await user.press('Enter');
    await page.reaches('ready');
    await user.isOn('trigger');
    assert.deepEqual(await page.ends(), ['account-connect-cancel']);
  });

  it('the link in place of a blocked window is followed by Enter', async () => {
    const { page, user } = await open();
    await page.window.read(() => {
      window.open = () => null;
    });
    await user.goTo('trigger');
    await user.press('Enter');
    await page.reaches('popup-blocked');
    const { text } = await user.goTo('link');
    assert.equal(text, 'Continue to GitHub (opens a new window)');
    await authorize(await windowOf(() => user.press('Enter')));
    await page.window.focus();
    await page.reaches('connected');
    await user.isOn('trigger');
  });

  it('a key is typed and sent: the focus goes into the form and back to the trigger', async () => {
    const { page, user } = await open('ac_firecrawl');
    await user.goTo('trigger');
    await user.press('Enter');
    await user.isOn('field-input');
    // What lies below the form is covered.
    for (let stop = 0; stop < 8; stop += 1) {
      await user.press('Tab');
      assert.equal((await user.focused()).isInDialog, true);
    }
    await user.press('Escape');
    await page.reaches('ready');
    await user.isOn('trigger');
    await user.press('Enter');
    await user.isOn('field-input');
    await user.type('fc-1234');
    await user.press('Enter');
    await page.reaches('connected');
    await user.isOn('trigger');
  });

  it('a refused key leaves the focus in its field', async () => {
    suite.host.emulator.knobs.rejectedCredentials.add('fc-wrong');
    const { page, user } = await open('ac_firecrawl');
    await user.goTo('trigger');
    await user.press('Enter');
    await user.isOn('field-input');
    await user.type('fc-wrong');
    await user.press('Enter');
    await waitUntil(async () => /did not accept these details/.test(await page.text()), 'the reason');
    await user.isOn('field-input');
  });

  it('the menu renames, disables and enables an account', async () => {
    const { id } = addAccount();
    const { page, user } = await open();
    const account = () => suite.host.emulator.accounts.get(id);
    await user.goTo('menu-button');
    await user.press('Enter');
    await user.goTo('rename', 'ArrowDown');
    await user.press('Enter');
    await user.isOn('alias');
    await user.type('work');
    await user.press('Enter');
    await page.event('account-updated');
    assert.equal(account()?.alias, 'work');
    await user.isOn('menu-button');
    await user.press('ArrowDown');
    await user.goTo('disable', 'ArrowDown');
    await user.press('Enter');
    await page.reaches('needs-attention');
    assert.equal(account()?.status, 'INACTIVE');
    // Until an action has ended, the element takes no other one.
    await waitUntil(async () => isDone(await page.events(), 'disabled'), 'the end of the action');
    await user.goTo('trigger');
    await user.press('Space');
    await page.reaches('connected');
    await user.isOn('trigger');
  });

  it('Disconnect asks with the focus on Cancel, and Escape answers no', async () => {
    const { id } = addAccount();
    const { page, user } = await open();
    await user.goTo('menu-button');
    for (const answer of ['Escape', 'Enter'] as const) {
      await user.press('ArrowUp');
      await user.isOn('disconnect');
      await user.press('Enter');
      await user.isOn('Cancel');
      await user.press(answer);
      await user.isOn('menu-button');
      assert.ok(suite.host.emulator.accounts.get(id));
    }
    await user.press('ArrowUp');
    await user.isOn('disconnect');
    await user.press('Enter');
    await user.isOn('Cancel');
    await user.goTo('disconnect');
    await user.press('Enter');
    await page.reaches('ready');
    await user.isOn('trigger');
    assert.equal(suite.host.emulator.accounts.get(id), undefined);
  });

  it('an expired account is reconnected from the trigger', async () => {
    addAccount('EXPIRED');
    const { page, user } = await open();
    assert.match((await user.goTo('trigger')).text, /Reconnect.*\(opens a new window\)/);
    await authorize(await windowOf(() => user.press('Enter')));
    await page.window.focus();
    await page.reaches('connected');
    await user.isOn('trigger');
  });
});

describe('<connected-accounts-list> by keyboard alone', () => {
  const suite = connectSuite();

  const add = (status: 'ACTIVE' | 'EXPIRED' = 'ACTIVE', authConfigId = 'ac_github', displayName = 'octocat') =>
    suite.host.emulator.accounts.add({ userId: 'user_ada', authConfigId, status, displayName });

  async function open(attributes = '') {
    const list = `<connected-accounts-list user-id="user_ada" ${attributes}></connected-accounts-list>`;
    const page = await openAccountsListPage(suite.profile, suite.host.page(around(list), 'user_ada'));
    const user = keyboardUser(page.window);
    await user.goTo('before');
    /** Goes to the button of an action, or into the menu that has it. */
    const choose = async (id: string, action: string) => {
      await user.goTo(({ row, what }) => row === id && what.split(' ').includes(action));
      await user.press('Enter');
    };
    return { page, user, choose };
  }

  it('the search is typed, Show more loads a page, and every stop shows its focus', async () => {
    for (let count = 1; count <= 3; count += 1) add('ACTIVE', 'ac_github', `octocat ${count}`);
    const { page, user } = await open('searchable limit="2"');
    await user.goTo('search');
    await user.type('octocat');
    await page.rowsThat('the rows that fit', (rows) => rows.length === 2);
    for (;;) {
      await user.press('Tab');
      const { what, isOutlined } = await user.focused();
      assert.equal(isOutlined, true, what);
      if (what.includes('more')) break;
    }
    await user.press('Enter');
    await page.rowsThat('the next page', (rows) => rows.length === 3);
    // The focus is in the list, though its button is gone.
    await user.goTo('after');
  });

  it('an account is renamed, disabled and enabled, and the focus stays on its row', async () => {
    const { id } = add();
    add('ACTIVE', 'ac_github', 'hubot');
    const { page, user, choose } = await open();
    await choose(id, 'rename');
    await user.isOn('alias');
    for (let stop = 0; stop < 3; stop += 1) {
      await user.press('Tab');
      assert.equal((await user.focused()).isInDialog, true);
    }
    await user.isOn('alias');
    await user.type('work');
    await user.press('Enter');
    await waitUntil(() => suite.host.emulator.accounts.get(id)?.alias === 'work', 'the name');
    await user.isOn(({ row }) => row === id);
    await choose(id, 'disable');
    await page.rowsThat('a disabled account', (rows) => rows.some(({ badge }) => badge === 'Disabled'));
    await waitUntil(async () => isDone(await page.events(), 'disabled'), 'the end of the action');
    await user.isOn(({ row }) => row === id);
    await choose(id, 'enable');
    await page.rowsThat('no disabled account', (rows) => rows.every(({ badge }) => badge === 'Connected'));
    await user.isOn(({ row }) => row === id);
  });

  it('Disconnect asks with the focus on Cancel, and the focus goes to the next row', async () => {
    const [first, second] = [add('ACTIVE', 'ac_github', 'hubot'), add()];
    const ids = [first.id, second.id];
    const { page, user, choose } = await open();
    const [gone = ''] = (await page.rows()).map(({ id }) => id);
    await choose(gone, 'disconnect');
    await user.isOn('Cancel');
    await user.press('Escape');
    await user.isOn(({ row, what }) => row === gone && what.includes('disconnect'));
    await user.press('Enter');
    await user.isOn('Cancel');
    await user.goTo(({ what }) => what.includes('disconnect'));
    await user.press('Enter');
    await page.rowsThat('one account', (rows) => rows.length === 1);
    await user.isOn(({ row }) => row === ids.find((id) => id !== gone));
  });

  it('an expired account is reconnected in a window', async () => {
    const { id } = add('EXPIRED');
    const { page, user, choose } = await open();
    const known = new Set(await suite.profile.windows());
    await choose(id, 'reconnect');
    const popup = await waitUntil(
      async () => (await suite.profile.windows()).find((one) => !known.has(one)),
      'a window',
    );
    await authorize(popup);
    await page.window.focus();
    await page.rowsThat('a connected account', (rows) => rows.length === 1 && rows[0]?.badge === 'Connected');
    await user.isOn(({ row }) => row !== undefined);
  });

  it('a key is replaced, and the focus is back on the row', async () => {
    const { id } = add('ACTIVE', 'ac_firecrawl');
    const { page, user, choose } = await open();
    await choose(id, 'reconnect');
    await user.isOn('field-input');
    await user.type('fc-5678');
    await user.press('Enter');
    await waitUntil(async () => (await page.events()).some(({ type }) => type === 'account-updated'), 'the new key');
    await user.isOn(({ row }) => row !== undefined);
  });
});
