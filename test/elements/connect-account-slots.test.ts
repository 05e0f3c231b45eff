import { expect, waitUntil } from '@open-wc/testing';
import { mountLoaded } from '../support/connect-account-harness.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

/** Whether a child of the element is shown. */
const shows = (element: Element, selector: string) =>
  element.querySelector(selector)?.checkVisibility({ visibilityProperty: true }) ?? false;

describe('<connect-account> slots', () => {
  usePopups();

  it('the default slot is the label before anything is connected, and only then', async () => {
    const content = '<b>Bring your repositories</b>';
    const harness = await mountLoaded({ content });
    expect([shows(harness.element, 'b'), harness.text('label')]).to.deep.equal([true, '']);
    const connected = await mountLoaded({ content, accounts: [connectedAccount()] });
    expect(shows(connected.element, 'b')).to.equal(false);
    expect(connected.name).to.equal('GitHub: octocat Connected');
  });

  it('the slot icon replaces the logo', async () => {
    const harness = await mountLoaded({ content: '<svg slot="icon" width="20" height="20"></svg>' });
    expect(shows(harness.element, 'svg')).to.equal(true);
    expect(harness.element.renderRoot.querySelector('.letter')).to.equal(null);
  });

  it('the slot description is shown below the trigger in every phase', async () => {
    const harness = await mountLoaded({ content: '<p slot="description">We read issues only.</p>' });
    expect(shows(harness.element, 'p')).to.equal(true);
    await harness.connect();
    expect(shows(harness.element, 'p')).to.equal(true);
  });

  it('the slot connected is shown while an account is connected', async () => {
    const content = '<p slot="connected">Go on.</p>';
    const harness = await mountLoaded({ content });
    expect(shows(harness.element, 'p')).to.equal(false);
    const connected = await mountLoaded({ content, accounts: [connectedAccount()] });
    expect(shows(connected.element, 'p')).to.equal(true);
  });

  it('the slot error replaces any error text, and error-<code> that of one code', async () => {
    const content =
      '<i slot="error">Ask support.</i><b slot="error-rate_limited">Slowly!</b><u slot="error-timeout">Late.</u>';
    const harness = await mountLoaded({ content });
    const fail = async (status: number, code: 'rate_limited' | 'forbidden') => {
      harness.client.next('link', () => Promise.reject(httpFailure(status, code)));
      harness.trigger.click();
      await waitUntil(() => harness.element.error?.code === code, code);
      await harness.element.updateComplete;
      return ['i', 'b', 'u'].filter((selector) => shows(harness.element, selector));
    };
    expect(await fail(429, 'rate_limited')).to.deep.equal(['b']);
    expect(await fail(403, 'forbidden')).to.deep.equal(['i']);
    expect(harness.text('error')).to.equal('');
  });
});

describe('<connect-account> logo', () => {
  usePopups();

  const withLogo = (logo: string) =>
    mountLoaded({ configs: [authConfig({ toolkit: { slug: 'github', name: 'GitHub', logo } })] });

  it('the logo is loaded without a referrer and hidden from screen readers', async () => {
    const { element } = await withLogo('https://logos.example.invalid/github.svg');
    const image = element.renderRoot.querySelector('img');
    expect(image?.src).to.equal('https://logos.example.invalid/github.svg');
    expect([image?.referrerPolicy, image?.alt]).to.deep.equal(['no-referrer', '']);
  });

  it('a logo that cannot be loaded is replaced by a letter', async () => {
    const { element } = await withLogo('/there-is-no-such-logo.png');
    await waitUntil(() => element.renderRoot.querySelector('.letter')?.checkVisibility(), 'the letter');
    expect(element.renderRoot.querySelector('img')?.checkVisibility()).to.equal(false);
  });

  for (const logo of ['javascript:alert(1)', 'data:image/svg+xml,<svg/>', 'http://logos.example.com/x.png', 'blob:x']) {
    it(`a logo is not loaded from ${logo}`, async () => {
      const { element } = await withLogo(logo);
      expect(element.renderRoot.querySelector('img')).to.equal(null);
    });
  }
});

describe('<connect-account> texts', () => {
  usePopups();

  it('texts are overridden one by one', async () => {
    const properties = { messages: { connectApp: 'Hook up {app}', errors: { forbidden: 'Not for you, nor {app}.' } } };
    const harness = await mountLoaded({ properties });
    expect(harness.text('label')).to.equal('Hook up GitHub');
    harness.client.next('link', () => Promise.reject(httpFailure(403, 'forbidden')));
    harness.trigger.click();
    await harness.reaches('failed');
    expect(harness.text('error')).to.equal('Not for you, nor GitHub.');
    expect(harness.text('label')).to.equal('Try again');
  });

  it('texts follow the language of the page, and overrides stay', async () => {
    const properties = { messages: { cancel: 'Halt' } };
    const harness = await mountLoaded({ around: '<div lang="de-AT"></div>', properties });
    await waitUntil(() => harness.text('label') === 'GitHub verbinden', 'German');
    await harness.connect();
    expect(harness.text('status')).to.equal('Fahren Sie im neuen Fenster fort.');
    expect(harness.text('cancel')).to.equal('Halt');
  });

  it('texts come in Arabic, from right to left', async () => {
    const harness = await mountLoaded({ around: '<div lang="ar" dir="rtl"></div>' });
    await waitUntil(() => harness.text('label') === 'ربط GitHub', 'Arabic');
    expect(getComputedStyle(harness.element).direction).to.equal('rtl');
  });

  it('names from the backend are rendered as text, not as markup', async () => {
    const name = '<img src=x onerror="alert(1)">';
    const account = connectedAccount({ displayName: name, toolkit: { slug: 'x', name } });
    const configs = [authConfig({ toolkit: { slug: 'x', name } })];
    const harness = await mountLoaded({ accounts: [account], configs });
    expect(harness.text('identity')).to.equal(name);
    expect(harness.element.renderRoot.querySelector('img')).to.equal(null);
  });

  it('the trigger shows the best known name of the account', async () => {
    for (const [different, text] of [
      [{}, 'octocat'],
      [{ displayName: null, alias: 'work' }, 'work'],
      [{ displayName: null }, 'github_red-castle'],
      [{ displayName: null, wordId: null }, 'GitHub'],
    ] as const) {
      const harness = await mountLoaded({ accounts: [connectedAccount(different)] });
      expect(harness.text('identity')).to.equal(text);
    }
  });

  it('texts do without the name of an app that is not known', async () => {
    const client = new MemoryClient();
    client.always('authConfigs', () => Promise.reject(httpFailure(404, 'not_found')));
    const harness = await mountLoaded({ client });
    expect(harness.text('label')).to.equal('Connect');
    await harness.connect();
    expect(harness.text('status')).to.equal('Finish in the window that opened.');
  });
});
