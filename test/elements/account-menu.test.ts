import { expect } from '@open-wc/testing';
import { mountWithMenu } from '../support/account-menu-harness.js';
import { typesOf } from '../support/expect-events.js';
import { connectedAccount, httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const KEY_ACCOUNT = { authConfig: { ...connectedAccount().authConfig, authScheme: 'API_KEY' } };

describe('the menu of <connect-account>', () => {
  const popups = usePopups();

  it('the menu exists only while there is an account to act on', async () => {
    expect((await mountWithMenu()).harness.part('menu-button')).not.to.equal(null);
    expect((await mountWithMenu({ status: 'REVOKED' })).harness.part('menu-button')).not.to.equal(null);
    expect((await mountWithMenu({}, { accounts: [] })).harness.part('menu-button')).to.equal(null);
    expect((await mountWithMenu({}, { attributes: { disabled: '' } })).harness.part('menu-button')).to.equal(null);
  });

  for (const [what, account, items] of [
    ['a working OAuth account', {}, ['Reconnect', 'Rename', 'Disable', 'Disconnect']],
    ['a working key', KEY_ACCOUNT, ['Replace key', 'Rename', 'Disable', 'Disconnect']],
    ['a disabled account', { status: 'INACTIVE' }, ['Enable', 'Rename', 'Disconnect']],
    ['a revoked account', { status: 'REVOKED' }, ['Reconnect', 'Rename', 'Disconnect']],
  ] as const) {
    it(`the menu for ${what} offers ${items.join(', ')}`, async () => {
      const menu = await mountWithMenu(account);
      await menu.open();
      expect(menu.items).to.deep.equal(items);
      expect(menu.harness.part('menu')).not.to.equal(null);
      expect(menu.harness.element.renderRoot.querySelectorAll('[part~=menu-item]')).to.have.length(items.length);
    });
  }

  it('the trigger of a connected account opens the menu, and a second click closes it', async () => {
    const menu = await mountWithMenu();
    menu.harness.click('trigger');
    await menu.rest();
    expect(menu.kind).to.equal('menu');
    menu.harness.click('trigger');
    await menu.rest();
    expect(menu.kind).to.equal(null);
    expect(popups.opened).to.have.length(0);
  });

  it('the menu closes at a click elsewhere, and on removal', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await menu.rest();
    expect(menu.kind).to.equal(null);
    await menu.open();
    const place = menu.harness.element.parentElement as HTMLElement;
    menu.harness.element.remove();
    place.append(menu.harness.element);
    await menu.rest();
    expect(menu.kind).to.equal(null);
  });

  it('Disable and Enable are announced once the server has confirmed them', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Disable');
    await menu.harness.reaches('needs-attention');
    expect(menu.harness.text('status')).to.equal('octocat is disabled.');
    await menu.open();
    await menu.choose('Enable');
    await menu.harness.reaches('connected');
    const changes = menu.harness.events.map(({ type, detail }) => [type, detail.change, detail.account.status]);
    expect(changes).to.deep.equal([
      ['account-updated', 'disabled', 'INACTIVE'],
      ['account-updated', 'enabled', 'ACTIVE'],
    ]);
  });

  it('a refused action changes nothing, says why, and can be tried again', async () => {
    const menu = await mountWithMenu();
    const { harness } = menu;
    harness.client.next('disable', () => Promise.reject(httpFailure(503, 'upstream_error')));
    await menu.open();
    await menu.choose('Disable');
    expect(harness.phase).to.equal('connected');
    expect(harness.element.error?.code).to.equal('upstream_error');
    expect(harness.text('error')).to.contain('connection service');
    expect(harness.events).to.have.length(0);
    harness.element.renderRoot.querySelector<HTMLButtonElement>('[data-action=retry]')?.click();
    await harness.reaches('needs-attention');
    expect(harness.element.error).to.equal(null);
    expect(typesOf(harness.events)).to.deep.equal(['account-updated']);
  });

  it('the error of a failed action is gone once the account changes', async () => {
    const menu = await mountWithMenu();
    const other = await mountWithMenu({}, { client: menu.harness.client });
    const { harness } = menu;
    harness.client.next('disable', () => Promise.reject(httpFailure(503, 'upstream_error')));
    await menu.open();
    await menu.choose('Disable');
    expect(harness.element.error?.code).to.equal('upstream_error');
    await other.open();
    await other.choose('Disable');
    await harness.reaches('needs-attention');
    expect(harness.element.error).to.equal(null);
    expect(harness.text('error')).to.equal('');
    expect(harness.element.renderRoot.querySelector('[data-action=retry]')).to.equal(null);
  });

  it('an action on a deleted account says so, and the trigger offers to connect', async () => {
    const menu = await mountWithMenu();
    menu.harness.client.accounts = [];
    await menu.open();
    await menu.choose('Disable');
    await menu.harness.reaches('ready');
    expect(menu.harness.element.error?.code).to.equal('not_found');
    expect(menu.harness.text('error')).to.contain('no longer exists');
  });

  it('the element shows what another element does, and fires no event for it', async () => {
    const first = await mountWithMenu();
    const second = await mountWithMenu({}, { client: first.harness.client });
    await first.open();
    await first.choose('Disable');
    await second.harness.reaches('needs-attention');
    expect(second.harness.events).to.have.length(0);
  });
});

describe('Reconnect', () => {
  const popups = usePopups();

  it('Reconnect opens a window in the click, and the new account takes the place and the name of the old one', async () => {
    const menu = await mountWithMenu({ alias: 'work' });
    const { harness } = menu;
    await menu.open();
    await menu.choose('Reconnect');
    expect(popups.opened).to.have.length(1);
    await harness.reaches('awaiting-authorization');
    harness.report('ACTIVE', { displayName: 'octocat' });
    await menu.asked('delete');
    await menu.asked('update', 2);
    await menu.rest();
    expect(harness.client.accounts.map(({ id, alias }) => [id, alias])).to.deep.equal([['ca_new_1', 'work']]);
    expect(harness.element.account?.alias).to.equal('work');
    expect(typesOf(harness.events)).to.deep.equal([
      'account-connect-start',
      'account-connect-status',
      'account-connected',
      'account-updated',
    ]);
    expect(harness.events.at(-1)?.detail.change).to.equal('reconnected');
  });

  it('the trigger of an account that needs attention reconnects it', async () => {
    const menu = await mountWithMenu({ status: 'EXPIRED' });
    menu.harness.click('trigger');
    await menu.harness.reaches('awaiting-authorization');
    menu.harness.report('ACTIVE');
    await menu.asked('delete');
    expect(menu.harness.client.accounts.map(({ id }) => id)).to.deep.equal(['ca_new_1']);
  });

  it('a cancelled Reconnect leaves the account as it was', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Reconnect');
    await menu.harness.reaches('awaiting-authorization');
    menu.harness.click('cancel');
    await menu.harness.reaches('connected');
    expect(menu.harness.client.count('delete')).to.equal(0);
  });
});
