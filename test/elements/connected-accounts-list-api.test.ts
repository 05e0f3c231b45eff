import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/model/connect-error.js';
import { accountsOfAges } from '../support/account-pages.js';
import { ALL_STATUSES, accountsInAllStatuses, mountList, mountLoadedList } from '../support/accounts-list-harness.js';
import { typesOf } from '../support/expect-events.js';
import { httpFailure, MemoryClient } from '../support/memory-client.js';

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `ca_${from + index}`);

describe('<connected-accounts-list>', () => {
  it('shows the first page and dispatches one accounts-loaded event', async () => {
    const { element, ids, events, client } = await mountLoadedList({ accounts: accountsOfAges(45) });
    expect(ids).to.deep.equal(numbered(0, 20));
    expect(element.accounts.map(({ id }) => id)).to.deep.equal(numbered(0, 20));
    expect([element.hasMore, element.loading, element.error]).to.deep.equal([true, false, null]);
    expect(typesOf(events)).to.deep.equal(['accounts-loaded']);
    expect(events[0]?.detail).to.deep.equal({ count: 20, hasMore: true });
    expect(Object.isFrozen(events[0]?.detail)).to.equal(true);
    expect(client.given('list')[1]).to.include({ userId: 'user_1' });
  });

  it('the button and loadMore() load pages up to the last one', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(45) });
    await harness.press('Show more');
    await harness.until(() => harness.ids.length === 40, 'the second page');
    await harness.element.loadMore();
    await harness.element.updateComplete;
    expect(harness.ids).to.deep.equal(numbered(0, 45));
    expect(harness.find('[part="more"]')).to.equal(null);
    expect(harness.events.map(({ detail }) => detail)).to.deep.equal([
      { count: 20, hasMore: true },
      { count: 40, hasMore: true },
      { count: 45, hasMore: false },
    ]);
  });

  it('the focus moves to the first new row when the button disappears', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(25) });
    harness.find('[part="more"]')?.focus();
    await harness.press('Show more');
    await harness.until(() => harness.find(':focus')?.dataset['account'] === 'ca_20', 'the focus on the first new row');
  });

  it('accepts arrays as properties, and as attributes separated by spaces or commas', async () => {
    const { element, client } = await mountLoadedList({
      accounts: accountsOfAges(1),
      attributes: {
        'toolkit-slugs': 'github, slack',
        'auth-config-ids': 'ac_github ac_slack',
        statuses: 'ACTIVE,EXPIRED',
        limit: '7',
        'order-by': 'updated_at',
      },
    });
    expect(element.toolkitSlugs).to.deep.equal(['github', 'slack']);
    expect(client.given('list')[0]).to.deep.equal({
      toolkitSlugs: ['github', 'slack'],
      authConfigIds: ['ac_github', 'ac_slack'],
      statuses: ['ACTIVE', 'EXPIRED'],
      limit: 7,
      orderBy: 'updated_at',
    });
  });

  it('reads again when a filter changes, but not when it is set to an equal one', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    const { element, client } = harness;
    element.statuses = ['ACTIVE'];
    await harness.until(() => harness.ids.length === 1, 'the ACTIVE one alone');
    element.statuses = ['ACTIVE'];
    await element.updateComplete;
    expect(client.count('list')).to.equal(2);
  });

  it('has the documented defaults', () => {
    const { endpoint, limit, orderBy, searchable, readonly, toolkitSlugs, authConfigIds, statuses } =
      document.createElement('connected-accounts-list');
    expect({ endpoint, limit, orderBy, searchable, readonly }).to.deep.equal({
      endpoint: '/api/connect',
      limit: 20,
      orderBy: 'created_at',
      searchable: false,
      readonly: false,
    });
    expect([...toolkitSlugs, ...authConfigIds, ...statuses]).to.deep.equal([]);
  });

  it('reload() reads the first page again', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(3) });
    harness.client.accounts = harness.client.accounts.slice(1);
    await harness.element.reload();
    await harness.element.updateComplete;
    expect(harness.ids).to.deep.equal(['ca_1', 'ca_2']);
    expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded', 'accounts-loaded']);
  });

  const { warn } = console;
  const mistakes = [
    [{ statuses: 'DEAD' }, 'statuses', `contains "DEAD". Valid values: ${ALL_STATUSES.join(', ')}.`],
    [{ limit: '500' }, 'limit', 'must be a whole number from 1 to 100.'],
    [{ 'order-by': 'name' }, 'order-by', "must be 'created_at' or 'updated_at'."],
    [{ 'user-id': '' }, 'user-id', "is missing: the id of the signed-in user, e.g. 'user_123'."],
  ] as const;
  for (const [attributes, attribute, problem] of mistakes) {
    it(`reports the mistake in ${JSON.stringify(attributes)} and sends no request`, async () => {
      const warnings: unknown[] = [];
      console.warn = (text) => void warnings.push(text);
      const { element, client, events } = await mountLoadedList({ attributes });
      console.warn = warn;
      expect(element.error).to.include({
        code: 'invalid_configuration',
        message: `<connected-accounts-list>: the attribute ${attribute} ${problem}`,
        retryable: false,
      });
      expect(typesOf(events)).to.deep.equal(['accounts-load-error']);
      expect(events[0]?.detail.error).to.deep.equal(element.error);
      expect(client.count('list')).to.equal(0);
      expect(warnings).to.deep.equal([element.error?.message]);
    });
  }

  it('shows why a read failed, and Try again repeats it', async () => {
    const harness = await mountList({ accounts: accountsOfAges(2) });
    harness.client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.element.reload();
    await harness.element.updateComplete;
    expect(harness.find('[role="alert"]')?.textContent).to.contain('The accounts could not be loaded.');
    expect(harness.element.matches(':state(failed)')).to.equal(true);
    await harness.press('Try again');
    await harness.until(() => harness.ids.length === 2, 'both rows');
    expect(harness.find('[role="alert"]')?.checkVisibility()).to.equal(false);
    expect(typesOf(harness.events)).to.deep.equal(['accounts-load-error', 'accounts-loaded']);
  });

  it('the detail of an error is frozen in depth', async () => {
    const client = new MemoryClient();
    const fieldErrors = { cursor: 'It is too old.' };
    client.always('list', () => {
      throw new ConnectError({ code: 'invalid_request', message: '', retryable: false, fieldErrors });
    });
    const { events } = await mountLoadedList({ client });
    const { error } = events[0]?.detail ?? {};
    expect([error.fieldErrors, Object.isFrozen(error), Object.isFrozen(error.fieldErrors)]).to.deep.equal([
      fieldErrors,
      true,
      true,
    ]);
  });

  it('has a custom state for each status', async () => {
    const waiting = await mountList({ accounts: accountsOfAges(1) });
    expect(waiting.element.matches(':state(loading)')).to.equal(true);
    await waiting.until(() => waiting.element.matches(':state(ready)'), 'ready');
    const { element } = await mountLoadedList();
    expect(element.matches(':state(empty)')).to.equal(true);
  });

  it('shows the header slot in every state, and the other slots in theirs', async () => {
    const content = ['header', 'empty', 'loading', 'error'].map((slot) => `<i slot="${slot}">${slot}</i>`).join('');
    const harness = await mountList({ content });
    const shown = () =>
      [...harness.element.children].filter((child) => child.checkVisibility()).map(({ slot }) => slot);
    expect(shown()).to.deep.equal(['header', 'loading']);
    await harness.until(() => !harness.element.loading, 'it has loaded');
    expect(shown()).to.deep.equal(['header', 'empty']);
    harness.client.next('list', () => Promise.reject(httpFailure(500, 'internal_error')));
    await harness.element.reload();
    await harness.element.updateComplete;
    expect(shown()).to.deep.equal(['header', 'error']);
  });

  it('reserves the place of its rows while they load', async () => {
    const harness = await mountList({ accounts: accountsOfAges(4) });
    const skeleton = harness.find('.row')?.getBoundingClientRect();
    await harness.until(() => harness.ids.length === 4, 'the rows');
    const first = harness.row('ca_0').getBoundingClientRect();
    expect([skeleton?.top, skeleton?.height]).to.deep.equal([first.top, first.height]);
  });
});
