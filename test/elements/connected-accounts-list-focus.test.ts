import { aTimeout, expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { accountsOfAges } from '../support/account-pages.js';
import { type AccountsListHarness, createPagedClient, mountLoadedList } from '../support/accounts-list-harness.js';
import { httpFailure } from '../support/memory-client.js';

const fails = (status: number, code: Parameters<typeof httpFailure>[1]) => () =>
  Promise.reject(httpFailure(status, code));

const focused = (harness: AccountsListHarness): HTMLElement | null => harness.find(':focus');

/** Focuses a button that has these words and presses Enter on it. */
async function enter(harness: AccountsListHarness, button: HTMLElement | null): Promise<void> {
  button?.focus();
  await sendKeys({ press: 'Enter' });
  await harness.element.updateComplete;
}

/** Three rows, the middle one with an action that failed. */
async function mountFailed(): Promise<AccountsListHarness> {
  const harness = await mountLoadedList({ accounts: accountsOfAges(3) });
  harness.client.next('disable', fails(502, 'upstream_error'));
  await enter(harness, harness.action('ca_1', 'Disable'));
  await harness.until(() => harness.row('ca_1').querySelector('[data-action="retry"]') !== null, 'the failure');
  return harness;
}

describe('the focus in <connected-accounts-list>', () => {
  it('it stays on an action that failed', async () => {
    const harness = await mountFailed();
    expect(focused(harness)).to.equal(harness.action('ca_1', 'Disable'));
  });

  it('it stays in the row when Try again has succeeded', async () => {
    const harness = await mountFailed();
    await enter(harness, harness.row('ca_1').querySelector('[data-action="retry"]'));
    await harness.until(() => harness.text('ca_1', 'badge') === 'Disabled', 'the second try');
    expect(focused(harness)).to.equal(harness.row('ca_1'));
  });

  it('it stays in the row when a failure is dismissed', async () => {
    const harness = await mountFailed();
    await enter(harness, harness.row('ca_1').querySelector('[data-action="dismiss"]'));
    expect(focused(harness)).to.equal(harness.row('ca_1'));
  });

  it('it moves to the next row when another tab removes the account', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(3) });
    harness.action('ca_1', 'Rename').focus();
    harness.client.accounts = harness.client.accounts.filter(({ id }) => id !== 'ca_1');
    harness.client.next('get', fails(404, 'not_found'));
    const channel = new BroadcastChannel('connect-account');
    channel.postMessage({ type: 'connect-account:accounts', ids: ['ca_1'] });
    await harness.until(() => harness.ids.length === 2, 'the row is gone');
    channel.close();
    expect(focused(harness)?.dataset['account']).to.equal('ca_2');
  });

  it('it moves to the previous row when the last one is removed, and to the list when none is left', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    for (const [gone, next] of [
      ['ca_1', 'ca_0'],
      ['ca_0', undefined],
    ] as const) {
      await enter(harness, harness.action(gone, 'Disconnect'));
      await enter(harness, harness.find('[part="confirm"] [data-action="disconnect"]'));
      await harness.until(() => !harness.ids.includes(gone), 'the row is gone');
      expect(focused(harness)?.dataset['account']).to.equal(next);
    }
    expect(focused(harness)).to.equal(harness.find('.list'));
  });

  it('it moves to the list when the second try to read it has succeeded', async () => {
    const client = createPagedClient(accountsOfAges(2));
    client.next('list', fails(502, 'upstream_error'));
    const harness = await mountLoadedList({ client });
    await enter(harness, harness.find('.note button'));
    await harness.until(() => harness.ids.length === 2, 'the rows');
    expect(focused(harness)).to.equal(harness.find('.list'));
  });

  it('it goes to the row when an action takes its own button away, and not to the next button', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    await enter(harness, harness.action('ca_1', 'Disable'));
    await harness.until(() => harness.text('ca_1', 'badge') === 'Disabled', 'disabled');
    expect(focused(harness)).to.equal(harness.row('ca_1'));
    await enter(harness, harness.action('ca_1', 'Enable'));
    await harness.until(() => harness.text('ca_1', 'badge') === 'Connected', 'enabled');
    expect(focused(harness)).to.equal(harness.row('ca_1'));
  });

  it('it stays where the user has put it while the last page was read', async () => {
    const around = '<div><div data-here></div><button id="outside">Outside</button></div>';
    for (const place of ['#outside', '[part="search"]']) {
      const harness = await mountLoadedList({
        accounts: accountsOfAges(3),
        attributes: { limit: '2', searchable: '' },
        around,
      });
      let answer = () => {};
      const page = { items: harness.client.accounts.slice(2), nextCursor: null, totalPages: 2 };
      harness.client.next('list', () => new Promise((resolve) => (answer = () => resolve(page))));
      await enter(harness, harness.find('[part="more"]'));
      (document.querySelector<HTMLElement>(place) ?? harness.find(place))?.focus();
      await harness.until(() => harness.element.loading, 'the request');
      answer();
      await harness.until(() => harness.ids.length === 3, 'the rows');
      await aTimeout(0);
      expect(document.querySelector(`${place}:focus`) ?? harness.find(`${place}:focus`)).not.to.equal(null);
    }
  });

  it('it is not taken from an element outside of the list', async () => {
    const around = '<div><div data-here></div><button id="outside">Outside</button></div>';
    const harness = await mountLoadedList({ accounts: accountsOfAges(2), around });
    let confirm = () => {};
    harness.client.next('delete', () => new Promise<void>((resolve) => (confirm = resolve)));
    await enter(harness, harness.action('ca_0', 'Disconnect'));
    await enter(harness, harness.find('[part="confirm"] [data-action="disconnect"]'));
    document.querySelector<HTMLElement>('#outside')?.focus();
    confirm();
    await harness.until(() => harness.ids.length === 1, 'the row is gone');
    expect(document.activeElement?.id).to.equal('outside');
  });
});

describe('an account that was deleted elsewhere', () => {
  it('is removed with a notice that stays until it is dismissed', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    harness.client.next('disable', fails(404, 'not_found'));
    await enter(harness, harness.action('ca_0', 'Disable'));
    await harness.until(() => harness.ids.join() === 'ca_1', 'the row is gone');
    const words = '“Disable” did not work. This connection no longer exists. Connect again to create a new one.';
    expect(harness.announced).to.equal(words);
    expect(harness.find('.notice')?.textContent?.replaceAll(/\s+/g, ' ').trim()).to.equal(`octocat ${words} Dismiss`);
    expect(focused(harness)?.dataset['account']).to.equal('ca_1');
    await enter(harness, harness.find('.notice button'));
    expect(harness.find('.notice')).to.equal(null);
    expect(focused(harness)).to.equal(harness.find('.list'));
  });
});
