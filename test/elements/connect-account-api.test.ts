import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { ConnectAccount } from '../../src/elements/connect-account/connect-account.js';
import { mount, mountLoaded } from '../support/connect-account-harness.js';
import { recordEvents } from '../support/expect-events.js';
import { connectedAccount, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** Attribute, property, default, and another value of both. */
const TABLE = [
  ['user-id', 'userId', '', 'user_7', 'user_7'],
  ['auth-config-id', 'authConfigId', '', 'ac_7', 'ac_7'],
  ['endpoint', 'endpoint', '/api/connect', '/elsewhere', '/elsewhere'],
  ['callback-url', 'callbackUrl', '', '/done', '/done'],
  ['alias', 'alias', '', 'work', 'work'],
  ['allow-multiple', 'allowMultiple', false, '', true],
  ['credentials-form', 'credentialsForm', 'inline', 'hosted', 'hosted'],
  ['timeout', 'timeout', 600_000, '5000', 5000],
  ['label', 'label', '', 'Link it', 'Link it'],
  ['disabled', 'disabled', false, '', true],
  ['name', 'name', '', 'account', 'account'],
  ['required', 'required', false, '', true],
] as const;

describe('<connect-account> attributes and properties', () => {
  for (const [attribute, property, initial, text, value] of TABLE) {
    it(`the attribute ${attribute} sets ${property}, which is ${JSON.stringify(initial)} by default and after removal`, () => {
      const element = document.createElement('connect-account');
      expect(element[property]).to.equal(initial);
      element.setAttribute(attribute, text);
      expect(element[property]).to.equal(value);
      element.removeAttribute(attribute);
      expect(element[property]).to.equal(initial);
    });
  }

  it('the element adds no attribute that the author has not set', async () => {
    const { element } = await mountLoaded();
    expect(element.getAttributeNames()).to.have.members(['user-id', 'auth-config-id']);
  });

  it('disabled, required and name are reflected to attributes', async () => {
    const { element } = await mountLoaded({ properties: { disabled: true, required: true, name: 'account' } });
    expect(element.matches('[disabled][required][name="account"]')).to.equal(true);
    element.disabled = false;
    await element.updateComplete;
    expect(element.hasAttribute('disabled')).to.equal(false);
  });

  it('properties that were set before the upgrade are kept', async () => {
    const early = document.createElement('connect-early') as ConnectAccount;
    const client = new MemoryClient();
    Object.assign(early, { userId: 'user_1', authConfigId: 'ac_github', client, label: 'Early' });
    document.body.append(early);
    customElements.define('connect-early', class extends ConnectAccount {});
    await waitUntil(() => early.state.phase === 'ready', 'it is ready');
    await early.updateComplete;
    expect(early.renderRoot.textContent).to.contain('Early');
    early.remove();
  });

  it('properties may be set in any order, before or after insertion', async () => {
    const client = new MemoryClient();
    client.accounts = [connectedAccount()];
    const element = document.createElement('connect-account');
    document.body.append(element);
    element.client = client;
    element.authConfigId = 'ac_github';
    element.userId = 'user_1';
    await waitUntil(() => element.state.phase === 'connected', 'it is connected');
    expect(client.count('list')).to.equal(1);
    element.remove();
  });

  it('the element can be created by markup', async () => {
    const client = new MemoryClient();
    const element = await fixture<ConnectAccount>(
      html`<connect-account user-id="user_1" auth-config-id="ac_github" .client=${client}></connect-account>`,
    );
    await waitUntil(() => element.state.phase === 'ready', 'it is ready');
  });

  it('state, account and error are read-only', async () => {
    const { element } = await mountLoaded();
    for (const property of ['state', 'account', 'error'] as const) {
      expect(() => Object.assign(element, { [property]: null })).to.throw(TypeError);
    }
  });

  it('the attribute hidden hides the element', async () => {
    const { element } = await mountLoaded();
    element.hidden = true;
    expect(getComputedStyle(element).display).to.equal('none');
  });

  it("the author's label names the trigger until an account is connected", async () => {
    const harness = await mountLoaded({ attributes: { label: 'Bring your repositories' } });
    expect(harness.text('label')).to.equal('Bring your repositories');
  });
});

describe('<connect-account> methods', () => {
  const popups = usePopups();

  it('connect() of an element outside a page resolves with cancelled and does nothing', async () => {
    const element = document.createElement('connect-account');
    const events = recordEvents(element);
    Object.assign(element, { userId: 'user_1', authConfigId: 'ac_github', client: new MemoryClient() });
    expect(await element.connect()).to.deep.equal({ status: 'cancelled', reason: 'removed' });
    element.cancel();
    element.focus();
    expect(await element.disconnect()).to.equal(false);
    expect([events, popups.opened]).to.deep.equal([[], []]);
  });

  it('connect() resolves with the account once it is ACTIVE', async () => {
    const harness = await mountLoaded();
    const outcome = harness.element.connect();
    await harness.reaches('awaiting-authorization');
    harness.report('ACTIVE');
    const { status } = await outcome;
    expect(status).to.equal('connected');
    expect(harness.element.account?.status).to.equal('ACTIVE');
  });

  it('connect() uses properties that were set just before the call', async () => {
    const harness = await mountLoaded();
    harness.element.alias = 'work';
    void harness.element.connect();
    await harness.reaches('awaiting-authorization');
    expect(harness.client.given('link')[2]).to.deep.include({ alias: 'work' });
  });

  it('connect() of a disabled element resolves with cancelled and opens no window', async () => {
    const { element, events } = await mountLoaded({ attributes: { disabled: '' } });
    expect(await element.connect()).to.deep.equal({ status: 'cancelled', reason: 'host' });
    expect([events, popups.opened]).to.deep.equal([[], []]);
  });

  it('connect() of a connected element resolves with its account, without an attempt', async () => {
    const { element, events } = await mountLoaded({ accounts: [connectedAccount()] });
    const outcome = await element.connect();
    expect(outcome).to.deep.equal({ status: 'connected', account: element.account });
    expect([events, popups.opened]).to.deep.equal([[], []]);
  });

  it('cancel() ends the attempt with the reason host', async () => {
    const harness = await mountLoaded();
    const outcome = harness.element.connect();
    harness.element.cancel();
    expect(await outcome).to.deep.equal({ status: 'cancelled', reason: 'host' });
  });

  it('focus() focuses the trigger', async () => {
    const harness = await mount();
    harness.element.focus();
    expect(document.activeElement).to.equal(harness.element);
    expect(harness.element.shadowRoot?.activeElement).to.equal(harness.trigger);
  });

  it('the callback URL is sent as an absolute URL', async () => {
    const harness = await mountLoaded({ attributes: { 'callback-url': '/done?tab=2' } });
    await harness.connect();
    const { callbackUrl } = harness.client.given('link')[2] as { callbackUrl: string };
    const url = new URL(callbackUrl);
    expect(url.origin + url.pathname).to.equal(`${location.origin}/done`);
    expect([...url.searchParams.keys()]).to.deep.equal(['tab', 'connect_attempt']);
  });

  it('the callback URL is {endpoint}/callback by default', async () => {
    const harness = await mountLoaded({ attributes: { endpoint: '/backend/' } });
    await harness.connect();
    const { callbackUrl } = harness.client.given('link')[2] as { callbackUrl: string };
    expect(new URL(callbackUrl).pathname).to.equal('/backend/callback');
  });
});

describe('<connect-account> with a wrong configuration', () => {
  usePopups();
  const warnings = useWarnings();

  for (const [name, options, fix] of [
    ['a missing user-id', { attributes: { 'user-id': '' } }, /^<connect-account>: the attribute user-id is missing/],
    [
      'a missing auth-config-id',
      { attributes: { 'auth-config-id': '' } },
      /^<connect-account>: the attribute auth-config-id is missing/,
    ],
    ['an unknown auth config', { configs: [] }, /does not know the auth config "ac_github".*attribute auth-config-id/],
    ['an invalid timeout', { attributes: { timeout: 'soon' } }, /timeout must be a number/],
  ] as const) {
    it(`the element warns once about ${name}, and shows the user a sentence`, async () => {
      const harness = await mountLoaded(options);
      expect(harness.phase).to.equal('misconfigured');
      expect(harness.text('error')).not.to.equal('');
      harness.trigger.click();
      harness.element.requestUpdate();
      await harness.element.updateComplete;
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.match(fix);
    });
  }

  it('a corrected element works', async () => {
    const harness = await mountLoaded({ attributes: { 'user-id': '' } });
    harness.element.userId = 'user_1';
    await harness.reaches('ready');
    await harness.connect();
  });
});
