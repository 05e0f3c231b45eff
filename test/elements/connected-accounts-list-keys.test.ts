import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { type AccountsListHarness, createPagedClient, mountLoadedList } from '../support/accounts-list-harness.js';
import { authConfig, connectedAccount, httpFailure } from '../support/memory-client.js';

const FIELD = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };

const keyAccount = (id: string, different: Partial<ConnectedAccount> = {}): ConnectedAccount =>
  connectedAccount({ id, authConfig: { ...connectedAccount().authConfig, authScheme: 'API_KEY' }, ...different });

const inputOf = (harness: AccountsListHarness) =>
  harness.find('.panel [part="field-input"]') as HTMLInputElement | null;

/** Whether the form stands at the row of an account. */
function isAt(harness: AccountsListHarness, id: string): boolean {
  const form = harness.find('.panel');
  const button = harness.action(id, 'Replace key').getBoundingClientRect();
  return form !== null && Math.abs(form.getBoundingClientRect().top - button.bottom) < 20;
}

/** Two accounts with keys. The user has begun to type another key for the first one. */
async function mountTyped(attributes: Readonly<Record<string, string>> = {}): Promise<AccountsListHarness> {
  const client = createPagedClient([keyAccount('ca_a', { alias: 'first' }), keyAccount('ca_b', { alias: 'second' })]);
  client.configs = [authConfig({ authScheme: 'API_KEY', fields: [{ ...FIELD, isSecret: true }] })];
  const harness = await mountLoadedList({ client, attributes });
  await harness.act('ca_a', 'Replace key');
  await harness.until(() => inputOf(harness)?.matches(':focus') === true, 'the form');
  await sendKeys({ type: 'sk_a' });
  return harness;
}

describe('the form for a key in <connected-accounts-list>', () => {
  beforeEach(() => sessionStorage.clear());

  it('Replace key at a second account takes the form along, without what was typed for the first', async () => {
    const harness = await mountTyped();
    await harness.act('ca_b', 'Replace key');
    await harness.until(() => isAt(harness, 'ca_b'), 'the form at the other row');
    expect(inputOf(harness)?.value).to.equal('');
    expect(inputOf(harness)?.matches(':focus')).to.equal(true);
    harness.find('.panel [part~="cancel"]')?.click();
    await harness.element.updateComplete;
    expect(inputOf(harness)).to.equal(null);
  });

  it('a form that waits while another key is sent never gets that key', async () => {
    const harness = await mountTyped();
    let refuse = () => {};
    harness.client.next('initiate', () => {
      return new Promise((_, reject) => {
        refuse = () => reject(httpFailure(400, 'invalid_credentials'));
      });
    });
    inputOf(harness)?.form?.requestSubmit();
    await harness.until(() => harness.client.count('initiate') === 1, 'the request');
    await harness.act('ca_b', 'Replace key');
    refuse();
    await harness.until(() => harness.find('.form-error')?.textContent?.trim() !== '', 'the refusal');
    harness.find('.panel [part~="cancel"]')?.click();
    await harness.until(() => isAt(harness, 'ca_b'), 'the form at the other row');
    expect(inputOf(harness)?.value).to.equal('');
  });

  it('the form ends when its account is removed elsewhere, and the next key can be replaced', async () => {
    const harness = await mountTyped();
    harness.client.accounts = harness.client.accounts.filter(({ id }) => id !== 'ca_a');
    const channel = new BroadcastChannel('connect-account');
    channel.postMessage({ type: 'connect-account:accounts', ids: ['ca_a'] });
    await harness.until(() => harness.ids.join() === 'ca_b', 'the row is gone');
    channel.close();
    await harness.element.updateComplete;
    expect(inputOf(harness)).to.equal(null);
    expect(harness.element.shadowRoot?.activeElement).not.to.equal(null);
    await harness.act('ca_b', 'Replace key');
    await harness.until(() => isAt(harness, 'ca_b'), 'the form at the other row');
  });

  it('a search keeps the row of the form, which would stand in a corner without it', async () => {
    const harness = await mountTyped({ searchable: '' });
    harness.find('[part="search"]')?.focus();
    await sendKeys({ type: 'second' });
    expect(harness.ids).to.deep.equal(['ca_a', 'ca_b']);
    expect(isAt(harness, 'ca_a')).to.equal(true);
    harness.find('.panel [part~="cancel"]')?.click();
    await harness.element.updateComplete;
    expect(harness.ids).to.deep.equal(['ca_b']);
  });
});
