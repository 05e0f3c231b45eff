import { aTimeout, expect } from '@open-wc/testing';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { accountsOfAges } from '../support/account-pages.js';
import {
  ALL_STATUSES,
  accountsInAllStatuses,
  createPagedClient,
  mountLoadedList,
} from '../support/accounts-list-harness.js';
import { connectedAccount } from '../support/memory-client.js';

const HOUR = 3_600_000;
const ago = (age: number): string => new Date(Date.now() - age).toISOString();

/** A list of one account, `ca_1`. */
const mountOne = (different: Partial<ConnectedAccount>, attributes: Record<string, string> = {}) =>
  mountLoadedList({ accounts: [connectedAccount(different)], attributes });

describe('a row of <connected-accounts-list>', () => {
  it('shows the app, the identity, the status and the age of an account', async () => {
    const harness = await mountOne({ alias: 'Work', createdAt: ago(3 * HOUR) });
    expect(harness.text('ca_1', 'name')).to.equal('GitHub');
    expect(harness.text('ca_1', 'identity')).to.equal('Work · octocat');
    expect(harness.text('ca_1', 'badge')).to.equal('Connected');
    expect(harness.text('ca_1', 'time')).to.equal('3 hours ago');
    expect(harness.row('ca_1').querySelector('time')?.dateTime).to.equal(harness.element.accounts[0]?.createdAt);
  });

  it('counts the age from the time that the list is ordered by', async () => {
    const times = { createdAt: ago(50 * HOUR), updatedAt: ago(2 * HOUR) };
    expect((await mountOne(times)).text('ca_1', 'time')).to.equal('2 days ago');
    expect((await mountOne(times, { 'order-by': 'updated_at' })).text('ca_1', 'time')).to.equal('2 hours ago');
  });

  it('has its own text, icon and color for each status', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    expect(ALL_STATUSES.map((status) => harness.text(`ca_${status}`, 'badge'))).to.deep.equal([
      'Starting',
      'Not finished',
      'Connected',
      'Not connected',
      'Access expired',
      'Disabled',
      'Access revoked',
    ]);
    const pictures = ALL_STATUSES.map((status) => harness.row(`ca_${status}`).querySelector('.badge svg')?.innerHTML);
    expect(new Set(pictures.map((picture) => picture?.replaceAll(/<!--.*?-->/g, ''))).size).to.equal(7);
  });

  const unfinished: Array<[string, Partial<ConnectedAccount>]> = [
    ['EXPIRED, as the server says', { status: 'EXPIRED', wasActive: false }],
    ['EXPIRED within its time, without a login', { status: 'EXPIRED', displayName: null }],
    ['INITIATED past its life', { status: 'INITIATED', createdAt: ago(HOUR), displayName: null }],
  ];
  for (const [what, different] of unfinished) {
    it(`shows that a connection was never finished: ${what}`, async () => {
      expect((await mountOne(different)).text('ca_1', 'badge')).to.equal('Never finished');
    });
  }

  it('shows Access expired for an account that has worked before', async () => {
    const harness = await mountOne({ status: 'EXPIRED', wasActive: true });
    expect(harness.text('ca_1', 'badge')).to.equal('Access expired');
  });

  it('shows names as text, whatever they contain', async () => {
    const name = '<img src=x onerror="window.attacked = true"><b>{account}</b>';
    const toolkit = { slug: 'github', name };
    const harness = await mountOne({ displayName: name, alias: name, toolkit, statusReason: name });
    await aTimeout(0);
    expect(harness.text('ca_1', 'name')).to.equal(name);
    expect(harness.text('ca_1', 'identity')).to.equal(name);
    expect(harness.row('ca_1').querySelector('b, img')).to.equal(null);
    expect('attacked' in window).to.equal(false);
  });

  it('stays within its width and two lines with a name of 300 characters', async () => {
    const harness = await mountOne({ displayName: 'x'.repeat(300), alias: 'y'.repeat(300) });
    expect(harness.row('ca_1').scrollWidth).to.equal(harness.row('ca_1').clientWidth);
    expect(harness.row('ca_1').querySelector('.identity')?.clientHeight).to.be.lessThan(40);
    expect(harness.row('ca_1').querySelector('.identity')?.textContent).to.contain('y'.repeat(300));
  });

  it('shows a letter if the logo fails or must not be loaded', async () => {
    const logos = [
      `${location.origin}/nowhere.png`,
      'javascript:alert(1)',
      'http://logos.example/github.png',
      undefined,
    ];
    const accounts = logos.map((logo, index) =>
      connectedAccount({ id: `ca_${index}`, toolkit: { slug: 'github', name: 'GitHub', ...(logo && { logo }) } }),
    );
    const harness = await mountLoadedList({ accounts });
    await harness.until(
      () => logos.every((_, index) => harness.text(`ca_${index}`, 'logo') === 'G'),
      'a letter in each',
    );
    expect(harness.rows.map((row) => row.querySelector('img')?.getAttribute('src') ?? null)).to.deep.equal([
      `${location.origin}/nowhere.png`,
      null,
      null,
      null,
    ]);
  });

  it('shows no age where a client of the page’s own gives no date', async () => {
    const dates = { createdAt: undefined as unknown as string, updatedAt: 'soon' };
    const unknown = connectedAccount({ id: 'ca_0', displayName: null, wordId: null, alias: null, ...dates });
    const client = createPagedClient();
    client.always('list', () => ({ items: [unknown, connectedAccount()], nextCursor: null, totalPages: 1 }));
    for (const orderBy of ['created_at', 'updated_at'] as const) {
      const harness = await mountLoadedList({ client, properties: { orderBy } });
      expect(harness.ids).to.deep.equal(['ca_0', 'ca_1']);
      expect(harness.row('ca_0').querySelector('.identity')?.textContent.trim()).to.equal('');
      expect(harness.row('ca_0').querySelector<HTMLElement>('time')?.checkVisibility()).to.equal(false);
      expect(harness.text('ca_1', 'time')).not.to.equal('');
    }
  });

  it('offers the actions that the status allows', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    expect(Object.fromEntries(ALL_STATUSES.map((status) => [status, harness.actionsOf(`ca_${status}`)]))).to.deep.equal(
      {
        INITIALIZING: ['Reconnect', 'Disconnect'],
        INITIATED: ['Reconnect', 'Disconnect'],
        ACTIVE: ['Reconnect', 'Rename', 'Disable', 'Disconnect'],
        FAILED: ['Reconnect', 'Rename', 'Disconnect'],
        EXPIRED: ['Reconnect', 'Rename', 'Disconnect'],
        INACTIVE: ['Enable', 'Rename', 'Disconnect'],
        REVOKED: ['Reconnect', 'Rename', 'Disconnect'],
      },
    );
  });

  it('offers no actions if the list is read-only', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses(), attributes: { readonly: '' } });
    expect(harness.find('[part~="actions"], button')).to.equal(null);
  });

  it('is the only one that is rendered again when its account changes', async () => {
    const drawn: string[] = [];
    const accounts = accountsOfAges(20).map((account) => {
      const get = () => {
        drawn.push(account.id);
        return null;
      };
      // Read once each time that the row is drawn; not copied along.
      return Object.defineProperty({ ...account }, 'statusReason', { get, enumerable: false });
    });
    const harness = await mountLoadedList({ accounts });
    expect(drawn).to.deep.equal(accounts.map(({ id }) => id));
    drawn.length = 0;
    await harness.act('ca_7', 'Disable');
    await harness.until(() => harness.text('ca_7', 'badge') === 'Disabled', 'the change');
    expect([...new Set(drawn)]).to.deep.equal(['ca_7']);
  });
});
