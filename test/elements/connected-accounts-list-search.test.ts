import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { accountsOfAges } from '../support/account-pages.js';
import { type AccountsListHarness, mountLoadedList } from '../support/accounts-list-harness.js';
import { connectedAccount } from '../support/memory-client.js';

const NOW = Date.now();
const ago = (age: number): string => new Date(NOW - age).toISOString();

describe('the search of <connected-accounts-list>', () => {
  const accounts = [
    connectedAccount({ id: 'ca_jose', displayName: 'José', alias: null, createdAt: ago(1) }),
    connectedAccount({ id: 'ca_work', displayName: 'octocat', alias: 'Client work', createdAt: ago(2) }),
    connectedAccount({
      id: 'ca_slack',
      toolkit: { slug: 'slack', name: 'Slack' },
      displayName: null,
      createdAt: ago(3),
    }),
  ];

  for (const [text, ids] of [
    ['jose', ['ca_jose']],
    ['  WORK  client ', ['ca_work']],
    ['slack', ['ca_slack']],
    ['red-castle', ['ca_jose', 'ca_work', 'ca_slack']],
    ['(.*', []],
  ] as const) {
    it(`finds ${ids.length} accounts by "${text}"`, async () => {
      const harness = await mountLoadedList({ accounts, attributes: { searchable: '' } });
      await search(harness, text);
      expect(harness.ids).to.deep.equal(ids);
      expect(harness.announced).to.equal(`Accounts shown: ${ids.length}`);
      expect(harness.client.count('list')).to.equal(1);
    });
  }

  it('shows that nothing was found, and that there are more pages to search', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(30), attributes: { searchable: '' } });
    await search(harness, 'nobody');
    expect(harness.find('.note p')?.textContent).to.be.a('string');
    expect((harness.root as ShadowRoot).textContent).to.contain('Show more to search the rest');
    await harness.element.loadMore();
    await harness.element.updateComplete;
    expect((harness.root as ShadowRoot).textContent).to.contain('No account matches “nobody”.');
  });

  it('hides rows and leaves `accounts` alone', async () => {
    const harness = await mountLoadedList({ accounts, attributes: { searchable: '' } });
    const rows = harness.rows;
    await search(harness, 'slack');
    expect(harness.element.accounts.map(({ id }) => id)).to.deep.equal(['ca_jose', 'ca_work', 'ca_slack']);
    await search(harness, '');
    expect(harness.rows).to.deep.equal(rows);
  });

  it('hides rows from everybody, even if the page sets the display of its rows', async () => {
    const style = document.createElement('style');
    style.textContent = 'connected-accounts-list::part(row) { display: flex; }';
    document.head.append(style);
    const harness = await mountLoadedList({ accounts, attributes: { searchable: '' } });
    await search(harness, 'slack');
    harness.find('[part="search"]')?.focus();
    await sendKeys({ press: 'Tab' });
    expect(harness.find(':focus')?.closest('[data-account]')?.getAttribute('data-account')).to.equal('ca_slack');
    // What is not displayed is not in the accessibility tree either (https://www.w3.org/TR/wai-aria-1.2/#tree_exclusion).
    const displays = ['ca_jose', 'ca_work', 'ca_slack'].map((id) => getComputedStyle(rowOf(harness, id)).display);
    expect(displays).to.deep.equal(['none', 'none', 'flex']);
    style.remove();
  });

  it('draws no line above the first row that is found', async () => {
    const harness = await mountLoadedList({ accounts, attributes: { searchable: '' } });
    const lines = () => harness.rows.map((row) => getComputedStyle(row).borderBlockStartWidth);
    expect(lines()).to.deep.equal(['0px', '1px', '1px']);
    await search(harness, 'octocat');
    expect(lines()).to.deep.equal(['0px']);
    await search(harness, 'red-castle');
    expect(lines()).to.deep.equal(['0px', '1px', '1px']);
  });

  it('moves the focus to the next row when the account that had it no longer matches', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(4), attributes: { searchable: '' } });
    await search(harness, 'octocat');
    harness.action('ca_1', 'Rename').focus();
    harness.client.change('ca_1', { displayName: 'somebody' });
    const channel = new BroadcastChannel('connect-account');
    channel.postMessage({ type: 'connect-account:accounts', ids: ['ca_1'] });
    await harness.until(() => harness.ids.length === 3, 'the row is hidden');
    channel.close();
    expect(harness.find(':focus')?.dataset['account']).to.equal('ca_2');
  });

  it('moves the focus to the list when the new rows of the last page are hidden', async () => {
    const attributes = { searchable: '', limit: '2' };
    const harness = await mountLoadedList({ accounts, attributes });
    await search(harness, 'octocat');
    const more = harness.find('[part="more"]');
    more?.focus();
    more?.click();
    await harness.until(() => harness.find(':focus') === harness.find('.list'), 'the focus is on the list');
    expect(harness.ids).to.deep.equal(['ca_work']);
  });
});

describe('the nodes of <connected-accounts-list>', () => {
  // lit/lit#5298: a comment stayed for each row that went.
  it('are as many as at the beginning after a thousand searches and changes of the accounts', async function () {
    this.timeout(60_000);
    const all = accountsOfAges(6).map((account, index) => ({ ...account, displayName: `user ${index}` }));
    const harness = await mountLoadedList({ accounts: all, attributes: { searchable: '' } });
    const nodes = () => nodesIn(harness.root as ShadowRoot);
    const before = nodes();
    for (let round = 0; round < 250; round++) {
      await search(harness, ['user 1', 'nobody', 'user 7'][round % 3] ?? '');
      await search(harness, '');
      const times = shuffled(all.map(({ createdAt }) => createdAt));
      const listed = all.map((account, index) => ({ ...account, createdAt: times[index] ?? '' }));
      await show(harness, listed.slice(round % 3, 6 - (round % 4)));
      await show(harness, all);
    }
    expect(nodes()).to.equal(before);
  });

  it('stay with their accounts when these change their order', async () => {
    const all = accountsOfAges(6);
    const harness = await mountLoadedList({ accounts: all });
    const rows = new Map(harness.rows.map((row) => [row.dataset['account'], row]));
    for (let round = 0; round < 50; round++) {
      const times = shuffled(all.map(({ createdAt }) => createdAt));
      await show(
        harness,
        all.map((account, index) => ({ ...account, createdAt: times[index] ?? '' })),
      );
      expect(harness.rows.map((row) => rows.get(row.dataset['account']) === row)).to.deep.equal(Array(6).fill(true));
    }
  });
});

async function search(harness: AccountsListHarness, text: string): Promise<void> {
  const box = harness.find('[part="search"]') as HTMLInputElement;
  box.value = text;
  box.dispatchEvent(new InputEvent('input'));
  await harness.element.updateComplete;
}

/** Makes the backend return these accounts, and expects their rows in the order of their ages. */
async function show(harness: AccountsListHarness, accounts: readonly ConnectedAccount[]): Promise<void> {
  harness.client.accounts = accounts;
  await harness.element.reload();
  await harness.element.updateComplete;
  const newest = [...accounts].sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  expect(harness.ids).to.deep.equal(newest.map(({ id }) => id));
}

/** Returns a row, which may be hidden. */
const rowOf = ({ root }: AccountsListHarness, id: string): Element =>
  root.querySelector(`[data-account="${id}"]`) as Element;

function nodesIn(root: Node): number {
  const walker = document.createTreeWalker(root);
  let count = 0;
  while (walker.nextNode()) count += 1;
  return count;
}

/** Returns the values in another order: each call the next of a fixed sequence. */
let seed = 1;
function shuffled<Value>(values: readonly Value[]): Value[] {
  const random = () => (seed = (seed * 48_271) % 2_147_483_647);
  return values
    .map((value) => [random(), value] as const)
    .sort(([one], [other]) => one - other)
    .map(([, value]) => value);
}
