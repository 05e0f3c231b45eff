import { expect, waitUntil } from '@open-wc/testing';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import type { AuthConfig, ConnectionField } from '../../src/core/model/connection-types.js';
import { type ConnectAccountHarness, type MountOptions, mountLoaded } from '../support/connect-account-harness.js';
import { typesOf } from '../support/expect-events.js';
import { authConfig, httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const field = (name: string, different: Partial<ConnectionField> = {}): ConnectionField => ({
  name,
  displayName: name,
  description: '',
  type: 'string',
  required: true,
  ...different,
});
const SHOP = authConfig({ fields: [field('shop'), field('install_token')] });
const KEY = authConfig({ authScheme: 'API_KEY', fields: [field('api_key')] });

/** An element whose form is open, and its inputs by the field that each answers. */
async function mountAsking(config: AuthConfig, options: MountOptions = {}) {
  const harness = await mountLoaded({ configs: [config], ...options });
  harness.trigger.click();
  await harness.reaches('collecting-credentials');
  const find = <Found extends Element>(selector: string) => harness.element.renderRoot.querySelector<Found>(selector);
  const input = (name: string) => find<HTMLInputElement>(`[data-field="${name}"]`);
  const fill = (answers: Readonly<Record<string, string>>) => {
    for (const [name, answer] of Object.entries(answers)) (input(name) as HTMLInputElement).value = answer;
  };
  return { harness, find, input, fill };
}

/** Sends the form and waits until the backend's refusal is drawn. */
async function refused(harness: ConnectAccountHarness): Promise<void> {
  harness.click('submit');
  await waitUntil(() => harness.phase !== 'collecting-credentials', 'it is sent');
  await harness.reaches('collecting-credentials');
}

describe('<connect-account> with a form', () => {
  usePopups();

  it('the form keeps the answers when the link is refused, except for secrets', async () => {
    const { harness, input, fill } = await mountAsking(SHOP);
    const fieldErrors = { shop: 'There is no such shop.' };
    harness.client.next('link', () =>
      Promise.reject(new ConnectError(connectErrorInfo('missing_fields', '', { status: 400, fieldErrors }))),
    );
    fill({ shop: 'acmee', install_token: 'sk_1' });
    await refused(harness);
    expect([input('shop')?.value, input('install_token')?.value]).to.deep.equal(['acmee', '']);
    expect(harness.text('field-error')).to.equal('There is no such shop.');
  });

  it('an answer with errors of fields keeps the attempt alive, whatever its code', async () => {
    const { harness, fill } = await mountAsking(KEY);
    const fieldErrors = { api_key: 'The key has 40 letters.' };
    harness.client.next('initiate', () =>
      Promise.reject(new ConnectError(connectErrorInfo('invalid_request', '', { status: 400, fieldErrors }))),
    );
    fill({ api_key: 'sk_1' });
    await refused(harness);
    expect(harness.text('field-error')).to.equal('The key has 40 letters.');
    expect(typesOf(harness.events)).to.deep.equal(['account-connect-start']);
  });

  it('the form forgets the answers at the end of the attempt', async () => {
    const { harness, input, fill } = await mountAsking(SHOP);
    harness.client.next('link', () => Promise.reject(httpFailure(400, 'missing_fields')));
    fill({ shop: 'acme', install_token: 'sk_1' });
    await refused(harness);
    harness.element.cancel();
    await harness.reaches('ready');
    harness.trigger.click();
    await harness.reaches('collecting-credentials');
    expect(input('shop')?.value).to.equal('');
  });

  it('the field for a new name stays when the next problem is another one', async () => {
    const { harness, find, fill } = await mountAsking(KEY, { attributes: { alias: 'Work' } });
    harness.client.next('initiate', () => Promise.reject(httpFailure(409, 'alias_taken')));
    harness.client.next('initiate', () => Promise.reject(httpFailure(422, 'invalid_credentials')));
    fill({ api_key: 'wrong' });
    await refused(harness);
    const alias = find<HTMLInputElement>('#alias') as HTMLInputElement;
    expect([alias.value, alias.getAttribute('aria-invalid')]).to.deep.equal(['Work', 'true']);
    alias.value = 'Home';
    await refused(harness);
    expect([alias.isConnected, alias.value, alias.getAttribute('aria-invalid')]).to.deep.equal([true, 'Home', null]);
    fill({ api_key: 'right' });
    harness.click('submit');
    await harness.reaches('connected');
    expect(harness.client.given('initiate')[2]).to.deep.include({ alias: 'Home' });
  });

  it('a refusal ends the attempt when the app has no field that could be corrected', async () => {
    const harness = await mountLoaded();
    harness.client.next('link', () => Promise.reject(httpFailure(422, 'invalid_credentials')));
    harness.trigger.click();
    await harness.reaches('failed');
    expect(harness.events.map(({ type }) => type)).to.deep.equal(['account-connect-start', 'account-connect-error']);
  });

  it('a key of several lines is masked and can be shown', async () => {
    const { harness, find, input } = await mountAsking(
      authConfig({ authScheme: 'SERVICE_ACCOUNT', fields: [field('private_key')] }),
    );
    const look = find<HTMLButtonElement>('.beside button') as HTMLButtonElement;
    const mask = () => getComputedStyle(input('private_key') as Element).getPropertyValue('-webkit-text-security');
    const shows = (text: string) => look.querySelector(`.${text}`)?.checkVisibility();
    expect([mask(), shows('show'), shows('hide')]).to.deep.equal(['disc', true, false]);
    look.click();
    expect([mask(), shows('show'), shows('hide')]).to.deep.equal(['none', false, true]);
    look.click();
    expect(mask()).to.equal('disc');
    expect(harness.phase).to.equal('collecting-credentials');
  });

  it('the page gets no event about what is typed, composed, pasted or dropped', async () => {
    const { input } = await mountAsking(KEY);
    const types = ['beforeinput', 'textInput', 'input', 'compositionstart', 'compositionupdate', 'compositionend'];
    types.push('paste', 'drop');
    const heard: string[] = [];
    const listening = new AbortController();
    for (const type of types) document.addEventListener(type, () => heard.push(type), { signal: listening.signal });
    for (const type of types)
      input('api_key')?.dispatchEvent(new InputEvent(type, { bubbles: true, composed: true, data: 'sk_1' }));
    listening.abort();
    expect(heard).to.deep.equal([]);
  });

  it('Escape closes the form and no dialog around it', async () => {
    const { harness, input } = await mountAsking(KEY);
    let heard = 0;
    harness.element.addEventListener('keydown', () => {
      heard += 1;
    });
    input('api_key')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await harness.reaches('ready');
    expect(heard).to.equal(0);
  });

  it('Escape and Tab are left to an input method that composes a word', async () => {
    const { harness, input } = await mountAsking(SHOP);
    for (const key of ['Escape', 'Tab']) {
      const event = new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true });
      input('shop')?.dispatchEvent(event);
      expect([event.defaultPrevented, harness.phase]).to.deep.equal([false, 'collecting-credentials']);
    }
  });

  it('a move within the page keeps what was typed', async () => {
    const { harness, fill, input } = await mountAsking(KEY);
    fill({ api_key: 'sk_half' });
    const elsewhere = harness.element.parentElement?.appendChild(document.createElement('section'));
    elsewhere?.append(harness.element);
    await harness.element.updateComplete;
    expect([input('api_key')?.value, input('api_key')?.checkVisibility()]).to.deep.equal(['sk_half', true]);
  });

  it('a removal erases what was typed', async () => {
    const { harness, fill, input } = await mountAsking(KEY);
    fill({ api_key: 'sk_half' });
    const field = input('api_key');
    harness.element.remove();
    await waitUntil(() => field?.value === '', 'it is empty');
  });

  it('an input without a button beside it is as wide as the form', async () => {
    const { find, input } = await mountAsking(authConfig({ authScheme: 'API_KEY', fields: [field('account_id')] }));
    const right = (element: Element | null) => element?.getBoundingClientRect().right;
    expect(right(input('account_id'))).to.equal(right(find('form')));
  });
});
