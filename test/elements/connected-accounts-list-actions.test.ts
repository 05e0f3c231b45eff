import { expect } from '@open-wc/testing';
import { accountsOfAges } from '../support/account-pages.js';
import { type AccountsListHarness, mountLoadedList } from '../support/accounts-list-harness.js';
import { typesOf } from '../support/expect-events.js';
import { httpFailure } from '../support/memory-client.js';

/** What happened after the first page was read. */
const later = (harness: AccountsListHarness): string[] => typesOf(harness.events).slice(1);

async function rename(harness: AccountsListHarness, id: string, name: string): Promise<void> {
  await harness.act(id, 'Rename');
  const input = harness.find('input#alias') as HTMLInputElement;
  input.value = name;
  input.form?.requestSubmit();
  await harness.element.updateComplete;
}

describe('the actions of <connected-accounts-list>', () => {
  it('Disconnect asks first, then removes the row and focuses the next one', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(3) });
    await harness.act('ca_1', 'Disconnect');
    const question = harness.find('[part="confirm"]');
    expect(question?.textContent).to.contain('Disconnect octocat?');
    expect(harness.client.count('delete')).to.equal(0);
    expect(question?.contains(harness.find(':focus'))).to.equal(true);
    question?.querySelector<HTMLElement>('[data-action="disconnect"]')?.click();
    await harness.until(() => harness.ids.length === 2, 'the row is gone');
    expect(later(harness)).to.deep.equal(['account-disconnect-start', 'account-disconnected']);
    expect(harness.events[1]?.cancelable).to.equal(true);
    await harness.until(() => harness.find(':focus')?.dataset['account'] === 'ca_2', 'the focus on the next row');
    expect(harness.announced).to.equal('octocat is disconnected.');
  });

  it('Disconnect keeps the account if the page or the user cancels it', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    await harness.act('ca_0', 'Disconnect');
    await harness.press('Cancel');
    expect(harness.find('[part="confirm"]')).to.equal(null);
    expect(harness.action('ca_0', 'Disconnect').matches(':focus')).to.equal(true);
    harness.element.addEventListener('account-disconnect-start', (event) => event.preventDefault());
    await harness.act('ca_0', 'Disconnect');
    harness.find('[part="confirm"] [data-action="disconnect"]')?.click();
    await harness.element.updateComplete;
    expect(harness.client.count('delete')).to.equal(0);
    expect(harness.ids).to.deep.equal(['ca_0']);
  });

  it('Disconnect removes the row only when the server has confirmed it', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    let confirm: () => void = () => {};
    harness.client.next('delete', () => new Promise<void>((resolve) => (confirm = resolve)));
    await harness.act('ca_0', 'Disconnect');
    harness.find('[part="confirm"] [data-action="disconnect"]')?.click();
    await harness.until(() => harness.client.count('delete') === 1, 'the request');
    expect(harness.ids).to.deep.equal(['ca_0']);
    expect(later(harness)).to.deep.equal(['account-disconnect-start']);
    confirm();
    await harness.until(() => harness.ids.length === 0, 'the row is gone');
  });

  it('a failed action leaves the row unchanged, shows why, and can be repeated', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    harness.client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.act('ca_0', 'Disable');
    await harness.until(() => harness.row('ca_0').textContent?.includes('did not work') === true, 'the failure');
    expect(harness.text('ca_0', 'badge')).to.equal('Connected');
    expect(harness.announced).to.contain('“Disable” did not work. The connection service is having problems.');
    await harness.press('Try again');
    await harness.until(() => harness.text('ca_0', 'badge') === 'Disabled', 'the second try');
    expect(harness.row('ca_0').textContent).not.to.contain('did not work');
    expect(later(harness)).to.deep.equal(['account-updated']);
  });

  it('Enable, Disable and Rename each dispatch their event', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    await harness.act('ca_0', 'Disable');
    await harness.until(() => harness.text('ca_0', 'badge') === 'Disabled', 'disabled');
    await harness.act('ca_0', 'Enable');
    await harness.until(() => harness.text('ca_0', 'badge') === 'Connected', 'enabled');
    await rename(harness, 'ca_0', 'Work');
    await harness.until(() => harness.text('ca_0', 'identity').includes('Work'), 'renamed');
    expect(harness.events.slice(1).map(({ type, detail }) => [type, detail.change])).to.deep.equal([
      ['account-updated', 'disabled'],
      ['account-updated', 'enabled'],
      ['account-updated', 'renamed'],
    ]);
  });

  it('Rename shows on the field that a name is taken, and keeps the input', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await rename(harness, 'ca_0', 'Work');
    await harness.until(() => harness.find('input#alias')?.ariaInvalid === 'true', 'the refusal');
    expect((harness.find('input#alias') as HTMLInputElement).value).to.equal('Work');
    expect(harness.find('#alias-problem')?.textContent).to.contain('already has this name');
  });

  it('Rename shows that a name of 300 characters is too long, and keeps the input', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    harness.client.next('update', () => Promise.reject(httpFailure(400, 'invalid_request')));
    await rename(harness, 'ca_0', 'x'.repeat(300));
    await harness.until(() => harness.find('input#alias')?.ariaInvalid === 'true', 'the refusal');
    expect(harness.find('#alias-problem')?.textContent).to.contain('up to 255 characters');
    expect((harness.find('input#alias') as HTMLInputElement).value).to.have.length(300);
  });

  it('an action on a deleted account removes the row', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    harness.client.accounts = harness.client.accounts.slice(1);
    harness.client.next('disable', () => Promise.reject(httpFailure(404, 'not_found')));
    await harness.act('ca_0', 'Disable');
    await harness.until(() => harness.ids.length === 1, 'the row is gone');
    expect(harness.announced).to.contain('This connection no longer exists.');
  });

  it('ten clicks on an action send one request', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    for (let click = 0; click < 10; click++) harness.action('ca_0', 'Disable').click();
    await harness.until(() => harness.text('ca_0', 'badge') === 'Disabled', 'disabled');
    expect(harness.client.count('disable')).to.equal(1);
  });

  it('only one question is open at a time', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    await harness.act('ca_0', 'Disconnect');
    await harness.act('ca_1', 'Disconnect');
    expect((harness.root as ShadowRoot).querySelectorAll('[part="confirm"]').length).to.equal(1);
    expect(harness.action('ca_0', 'Disconnect').ariaExpanded).to.equal('false');
    expect(harness.action('ca_1', 'Disconnect').ariaExpanded).to.equal('true');
  });
});
