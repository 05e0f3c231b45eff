import { aTimeout, expect } from '@open-wc/testing';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { type AccountsListHarness, createPagedClient, mountLoadedList } from '../support/accounts-list-harness.js';
import { typesOf } from '../support/expect-events.js';
import { authConfig, connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const EXPIRED: Partial<ConnectedAccount> = { id: 'ca_old', status: 'EXPIRED', alias: 'Work', wasActive: true };

/** The server says this of the account that the link made, and is asked now. */
function report(harness: AccountsListHarness, change: Partial<ConnectedAccount>): void {
  harness.client.change('ca_new_1', change);
  window.dispatchEvent(new Event('online'));
}

const mountExpired = () => mountLoadedList({ accounts: [connectedAccount(EXPIRED)] });

async function begin(harness: AccountsListHarness): Promise<void> {
  await harness.act('ca_old', 'Reconnect');
  await harness.until(() => harness.client.count('link') === 1, 'the link');
  await harness.until(() => harness.row('ca_old').textContent?.includes('Cancel') === true, 'the ways out');
}

describe('Reconnect in <connected-accounts-list>', () => {
  const popups = usePopups();
  beforeEach(() => sessionStorage.clear());

  it('opens the window during the click, before any request', async () => {
    const harness = await mountExpired();
    harness.action('ca_old', 'Reconnect').click();
    expect(popups.opened.length).to.equal(1);
    expect(harness.client.count('link')).to.equal(0);
    await harness.until(
      () => popups.opened[0]?.history.at(-1) === 'replace https://connect.example.com/link/1',
      'the way',
    );
    expect(harness.client.given('link')[2]).to.include({ allowMultiple: true });
  });

  it('is the same flow as in <connect-account>: callback page, data and kind of form are the page author’s', async () => {
    const attributes = { 'callback-url': '/back', endpoint: 'https://api.example.com/connect' };
    const properties = { connectionData: { subdomain: 'acme' } };
    const harness = await mountLoadedList({ accounts: [connectedAccount(EXPIRED)], attributes, properties });
    await begin(harness);
    const [, , link] = harness.client.given('link') as [string, string, Record<string, unknown>];
    expect(new URL(String(link['callbackUrl'])).origin).to.equal(location.origin);
    expect(new URL(String(link['callbackUrl'])).pathname).to.equal('/back');
    expect(link['connectionData']).to.deep.equal({ subdomain: 'acme' });
  });

  it('opens a window during the click to replace a key on a hosted page', async () => {
    const field = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };
    const config = authConfig({ authScheme: 'API_KEY', fields: [field] });
    const account = connectedAccount({
      ...EXPIRED,
      authConfig: { ...connectedAccount().authConfig, authScheme: 'API_KEY' },
    });
    const client = createPagedClient([account]);
    client.configs = [config];
    const harness = await mountLoadedList({ client, attributes: { 'credentials-form': 'hosted' } });
    harness.action('ca_old', 'Replace key').click();
    expect(popups.opened.length).to.equal(1);
    await harness.until(() => client.count('link') === 1, 'the link');
    expect(harness.find('form')).to.equal(null);
    expect(client.count('initiate')).to.equal(0);
  });

  it('replaces the old account by the new one and keeps its name', async () => {
    const harness = await mountExpired();
    await begin(harness);
    expect(harness.ids).to.deep.equal(['ca_old']);
    expect(harness.row('ca_old').textContent).to.contain('Finish in the window that opened.');
    report(harness, { status: 'ACTIVE', displayName: 'hubot' });
    await harness.until(() => harness.ids.join() === 'ca_new_1', 'the new row alone');
    await harness.until(() => harness.events.length === 3, 'the end');
    expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded', 'account-connected', 'account-updated']);
    expect(harness.events[2]?.detail.change).to.equal('reconnected');
    expect(harness.text('ca_new_1', 'identity')).to.equal('Work · hubot');
    expect(harness.client.accounts.map(({ id, alias }) => [id, alias])).to.deep.equal([['ca_new_1', 'Work']]);
  });

  it('keeps both accounts and shows an error if the old one cannot be removed', async () => {
    const harness = await mountExpired();
    await begin(harness);
    harness.client.next('delete', () => Promise.reject(new TypeError('network')));
    report(harness, { status: 'ACTIVE' });
    await harness.until(() => harness.events.some(({ type }) => type === 'account-updated'), 'the end');
    expect(harness.ids).to.deep.equal(['ca_new_1', 'ca_old']);
    expect(harness.row('ca_old').textContent).to.contain('“Disconnect” did not work.');
  });

  it('shows a link if the window is blocked', async () => {
    popups.blocked = true;
    const harness = await mountExpired();
    await begin(harness);
    const link = harness.row('ca_old').querySelector('a');
    expect(link?.href).to.equal('https://connect.example.com/link/1');
    expect(link?.rel).to.contain('noreferrer');
    expect(harness.row('ca_old').textContent).to.contain('Your browser blocked the window.');
  });

  it('can be cancelled, which leaves the row unchanged', async () => {
    const harness = await mountExpired();
    await begin(harness);
    await harness.press('Cancel');
    expect(harness.text('ca_old', 'badge')).to.equal('Access expired');
    expect(harness.row('ca_old').textContent).not.to.contain('Cancel');
    expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded']);
  });

  it('shows once why it failed, and can be repeated', async () => {
    const harness = await mountExpired();
    await begin(harness);
    report(harness, { status: 'FAILED' });
    await harness.until(() => harness.row('ca_old').textContent?.includes('access was not granted') === true, 'why');
    expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded', 'account-connect-error']);
    expect(harness.events[1]?.detail).to.include({ connectedAccountId: 'ca_new_1' });
    await harness.press('Try again');
    await harness.until(() => harness.client.count('link') === 2, 'another link');
  });

  it('opens one window for ten clicks', async () => {
    const harness = await mountExpired();
    for (let click = 0; click < 10; click++) harness.action('ca_old', 'Reconnect').click();
    await harness.until(() => harness.client.count('link') === 1, 'the link');
    expect(popups.opened.length).to.equal(1);
    expect(popups.opened[0]?.history.filter((entry) => entry === 'focus').length).to.equal(9);
  });

  it('continues after a reload of the page', async () => {
    const before = await mountExpired();
    await begin(before);
    before.element.remove();
    const harness = await mountLoadedList({ client: before.client });
    await harness.until(() => harness.row('ca_old').textContent?.includes('Window closed?') === true, 'it goes on');
    report(harness, { status: 'ACTIVE' });
    await harness.until(() => harness.ids.join() === 'ca_new_1', 'the new row alone');
  });

  it('is not continued by the list of another backend that has an account of the same id', async () => {
    const one = await mountExpired();
    await begin(one);
    await one.until(() => sessionStorage.length > 0, 'the record');
    const other = await mountExpired();
    await aTimeout(50);
    expect(other.row('ca_old').textContent).not.to.contain('Cancel');
    expect(other.client.count('get')).to.equal(0);
  });

  for (const change of ['userId', 'client'] as const) {
    it(`ends without an event and touches nothing when the list gets another ${change}`, async () => {
      const harness = await mountExpired();
      await begin(harness);
      const other = createPagedClient([connectedAccount(EXPIRED)]);
      Object.assign(harness.element, change === 'client' ? { client: other } : { userId: 'user_2' });
      await harness.until(() => harness.events.length === 2, 'the other list');
      expect(popups.opened[0]?.closed).to.equal(true);
      report(harness, { status: 'ACTIVE' });
      await aTimeout(700);
      expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded', 'accounts-loaded']);
      expect([harness.client.count('delete'), other.count('delete')]).to.deep.equal([0, 0]);
      expect(harness.row('ca_old').textContent).not.to.contain('Cancel');
    });
  }

  it('asks for a new key in a form beside the button', async () => {
    const key = { id: 'ac_key', authScheme: 'API_KEY', isComposioManaged: false, isDisabled: false };
    const client = createPagedClient([connectedAccount({ ...EXPIRED, authConfig: key })]);
    const field = { name: 'generic_api_key', displayName: 'API key', description: '', type: 'string', required: true };
    client.configs = [authConfig({ ...key, fields: [{ ...field, isSecret: true }] })];
    const harness = await mountLoadedList({ client });
    await harness.act('ca_old', 'Replace key');
    await harness.until(() => harness.find('.panel input') !== null, 'the form');
    expect(popups.opened.length).to.equal(0);
    (harness.find('.panel input') as HTMLInputElement).value = 'sk_test_new';
    (harness.find('.panel form') as HTMLFormElement).requestSubmit();
    await harness.until(() => harness.ids.length === 1 && harness.ids[0] !== 'ca_old', 'the new row alone');
    await harness.until(() => harness.events.length === 3, 'the end');
    expect(harness.events[2]?.detail.change).to.equal('credentials-replaced');
    expect(JSON.stringify(harness.events.map(({ detail }) => detail))).not.to.contain('sk_test');
  });

  it('ends when the element is removed, without another event', async () => {
    const harness = await mountExpired();
    await begin(harness);
    harness.element.remove();
    await Promise.resolve();
    const calls = harness.client.calls.length;
    report(harness, { status: 'ACTIVE' });
    await Promise.resolve();
    expect(harness.client.calls.length).to.equal(calls);
    expect(typesOf(harness.events)).to.deep.equal(['accounts-loaded']);
  });
});
