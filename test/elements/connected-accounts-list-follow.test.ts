import { aTimeout, expect } from '@open-wc/testing';
import { accountsOfAges } from '../support/account-pages.js';
import { createPagedClient, mountList, mountLoadedList } from '../support/accounts-list-harness.js';
import { mountLoaded } from '../support/connect-account-harness.js';
import { typesOf } from '../support/expect-events.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

/** Ten seconds have passed since the page was looked at, by its own clock. */
async function inElevenSeconds(action: () => void): Promise<void> {
  const { now } = performance;
  performance.now = () => now.call(performance) + 11_000;
  action();
  performance.now = now;
}

describe('<connected-accounts-list> and changes elsewhere', () => {
  const popups = usePopups();
  beforeEach(() => sessionStorage.clear());

  it('shows an account that <connect-account> connects, without a reload', async () => {
    const client = createPagedClient();
    const list = await mountLoadedList({ client });
    expect(list.element.matches(':state(empty)')).to.equal(true);
    const button = await mountLoaded({ client });
    await button.connect();
    expect(popups.opened.length).to.equal(1);
    button.report('ACTIVE');
    await list.until(() => list.ids.join() === 'ca_new_1', 'the new row');
    expect(list.client.count('list')).to.be.lessThan(4);
    expect(typesOf(list.events)).to.deep.equal(['accounts-loaded']);
  });

  it('shows what another list changes, and dispatches no event of its own', async () => {
    const client = createPagedClient(accountsOfAges(3));
    const [one, other] = [await mountLoadedList({ client }), await mountLoadedList({ client })];
    await one.act('ca_1', 'Disable');
    await other.until(() => other.text('ca_1', 'badge') === 'Disabled', 'the change');
    await one.element.updateComplete;
    await one.act('ca_1', 'Disconnect');
    one.find('[part="confirm"] [data-action="disconnect"]')?.click();
    await other.until(() => other.ids.join() === 'ca_0,ca_2', 'the row is gone');
    expect(typesOf(other.events)).to.deep.equal(['accounts-loaded']);
  });

  it('shows only changes that match its filters', async () => {
    const client = createPagedClient(accountsOfAges(2));
    const all = await mountLoadedList({ client });
    const active = await mountLoadedList({ client, attributes: { statuses: 'ACTIVE' } });
    await all.act('ca_0', 'Disable');
    await active.until(() => active.ids.join() === 'ca_1', 'the row has left');
    await all.until(() => all.text('ca_0', 'badge') === 'Disabled', 'disabled');
    await all.act('ca_0', 'Enable');
    await active.until(() => active.ids.join() === 'ca_0,ca_1', 'the row is back in its place');
  });

  it('ignores elements of another user or another client', async () => {
    const client = createPagedClient(accountsOfAges(1));
    const mine = await mountLoadedList({ client });
    const theirs = await mountLoadedList({ client, attributes: { 'user-id': 'user_2' } });
    const elsewhere = await mountLoadedList({ client: createPagedClient(accountsOfAges(1)) });
    await mine.act('ca_0', 'Disable');
    await mine.until(() => mine.text('ca_0', 'badge') === 'Disabled', 'the change');
    expect([theirs.text('ca_0', 'badge'), elsewhere.text('ca_0', 'badge')]).to.deep.equal(['Connected', 'Connected']);
  });

  it('shows upstream changes when the page regains the focus', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(25) });
    const { client } = harness;
    client.change('ca_3', { status: 'EXPIRED', wasActive: true });
    client.accounts = [
      connectedAccount({ id: 'ca_new', createdAt: new Date().toISOString() }),
      ...client.accounts.filter(({ id }) => id !== 'ca_5'),
    ];
    await inElevenSeconds(() => window.dispatchEvent(new Event('focus')));
    await harness.until(() => harness.ids[0] === 'ca_new', 'the new row');
    await harness.until(() => !harness.ids.includes('ca_5'), 'the deleted row is gone');
    expect(harness.text('ca_3', 'badge')).to.equal('Access expired');
    expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded']);
  });

  it('removes the rows at once when the user changes', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    harness.client.next('list', () => new Promise(() => {}));
    harness.element.userId = 'user_2';
    await harness.element.updateComplete;
    expect(harness.ids).to.deep.equal([]);
    expect(harness.element.matches(':state(loading)')).to.equal(true);
  });

  it('shows and tells nothing of an account whose user is not the current one any more', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    const { element, client } = harness;
    const noticeOf = (act: () => Promise<void>) => async () => {
      await act();
      await harness.until(() => !element.loading, 'the next user');
      expect(harness.find('.notice')).to.equal(null);
      expect(harness.announced).to.match(/^Accounts shown/);
    };
    const gone = () => Promise.reject(httpFailure(404, 'not_found'));
    await noticeOf(async () => {
      client.next('disable', gone);
      await harness.act('ca_0', 'Disable');
      await harness.until(() => harness.find('.notice') !== null, 'the notice');
      element.userId = 'user_2';
      await element.updateComplete;
    })();
    await noticeOf(async () => {
      let answer = () => {};
      client.next('disable', () => new Promise((resolve) => (answer = () => resolve(gone()))));
      await harness.act('ca_1', 'Disable');
      element.userId = 'user_3';
      await element.updateComplete;
      answer();
      await aTimeout(0);
    })();
    await noticeOf(async () => {
      await harness.act('ca_0', 'Disable');
      element.userId = 'user_4';
      await harness.until(() => typesOf(harness.events).includes('account-updated'), 'the event');
    })();
  });

  it('a question or form that went with its row does not come back with it', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    const { element } = harness;
    for (const [action, vanish, appear] of [
      ['Rename', () => Object.assign(element, { readonly: true }), () => Object.assign(element, { readonly: false })],
      ['Disconnect', () => Object.assign(element, { userId: 'user_2' }), () => {}],
      [
        'Rename',
        () => Object.assign(element, { statuses: ['FAILED'] }),
        () => Object.assign(element, { statuses: [] }),
      ],
    ] as const) {
      await harness.act('ca_0', action);
      expect(harness.find('[data-menu-panel]')).not.to.equal(null);
      vanish();
      await element.updateComplete;
      await harness.until(() => !element.loading, 'the other rows');
      appear();
      await element.updateComplete;
      await harness.until(() => harness.ids.length === 1, 'the row');
      expect(harness.find('[data-menu-panel]')).to.equal(null);
    }
  });

  it('does not read again when it is moved within the page', async () => {
    const harness = await mountLoadedList({
      accounts: accountsOfAges(2),
      around: '<div><p data-here></p><p></p></div>',
    });
    document.body.append(harness.element);
    await harness.element.updateComplete;
    expect(harness.ids).to.deep.equal(['ca_0', 'ca_1']);
    expect(harness.client.count('list')).to.equal(1);
    harness.element.remove();
  });

  it('ignores changes while it is removed, and reads again when it is back', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    const place = harness.element.parentElement;
    harness.element.remove();
    await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    await inElevenSeconds(() => window.dispatchEvent(new Event('focus')));
    expect(harness.client.count('list')).to.equal(1);
    place?.append(harness.element);
    await harness.until(() => harness.client.count('list') === 2 && !harness.element.loading, 'it reads again');
    expect(harness.ids).to.deep.equal(['ca_0']);
  });

  it('leaves no listener behind, however often it is inserted and removed', async () => {
    const added = new Set<unknown>();
    const { addEventListener } = EventTarget.prototype;
    const targets: EventTarget[] = [window, document];
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const signal = typeof options === 'object' ? options.signal : undefined;
      if (targets.includes(this) && listener) {
        added.add(listener);
        signal?.addEventListener('abort', () => added.delete(listener));
        if (!signal) added.add(`${type} without a signal`);
      }
      return addEventListener.call(this, type, listener, options);
    };
    for (let round = 0; round < 20; round++) {
      const { element } = await mountList({ accounts: accountsOfAges(1) });
      element.remove();
    }
    await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    EventTarget.prototype.addEventListener = addEventListener;
    expect([...added]).to.deep.equal([]);
  });
});
