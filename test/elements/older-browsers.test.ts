import { expect, waitUntil } from '@open-wc/testing';
import { mountLoadedList } from '../support/accounts-list-harness.js';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { authConfig, connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

/** The features that a browser of the last three years may lack, or that may refuse. Each function takes one away. */
const FEATURES: Readonly<Record<string, () => () => void>> = {
  'custom states': () => remove(ElementInternals.prototype, 'states'),
  'custom states without dashes': () =>
    replace(CustomStateSet.prototype, 'add', () => {
      throw new DOMException('It must start with --.', 'SyntaxError');
    }),
  'internals of an element': () => remove(HTMLElement.prototype, 'attachInternals'),
  'internals of an element, by refusal': () =>
    replace(HTMLElement.prototype, 'attachInternals', () => {
      throw new DOMException('Not supported.', 'NotSupportedError');
    }),
  'form values': () => remove(ElementInternals.prototype, 'setFormValue', 'setValidity'),
  popovers: () => remove(HTMLElement.prototype, 'showPopover', 'hidePopover', 'togglePopover', 'popover'),
  'AbortSignal.any and timeout': () => remove(AbortSignal, 'any', 'timeout'),
  'URL.canParse and parse': () => remove(URL, 'canParse', 'parse'),
  'the size of URLSearchParams': () => remove(URLSearchParams.prototype, 'size'),
  structuredClone: () => remove(window, 'structuredClone'),
  'newer methods of arrays': () =>
    remove(Array.prototype, 'at', 'with', 'toSorted', 'toSpliced', 'toReversed', 'findLast', 'findLastIndex'),
  'crypto of secure contexts': () => {
    const undo = [remove(Crypto.prototype, 'randomUUID'), remove(Crypto.prototype, 'subtle')];
    return () => undo.forEach((one) => void one());
  },
  BroadcastChannel: () => remove(window, 'BroadcastChannel'),
  'BroadcastChannel, by refusal': () =>
    replace(window, 'BroadcastChannel', () => {
      throw new DOMException('Denied.', 'SecurityError');
    }),
  'relative times': () => remove(Intl, 'RelativeTimeFormat'),
  'dates of a language': () =>
    replace(Intl, 'DateTimeFormat', () => {
      throw new RangeError('Incorrect locale information provided');
    }),
  'user activation': () => remove(Navigator.prototype, 'userActivation'),
  matchMedia: () => remove(window, 'matchMedia'),
  ResizeObserver: () => remove(window, 'ResizeObserver'),
  'CSS.supports': () => remove(CSS, 'supports'),
};

/** Defines a property and returns a function that undoes it. */
function define(target: object, name: string, descriptor: PropertyDescriptor): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
  return () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}

function replace(target: object, name: string, value: unknown): () => void {
  return define(target, name, { value, writable: true });
}

/** Takes properties away and returns a function that gives them back. */
function remove(target: object, ...names: readonly string[]): () => void {
  const own = names.map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const name of names) Reflect.deleteProperty(target, name);
  return () => {
    for (const [name, descriptor] of own) if (descriptor) Object.defineProperty(target, name, descriptor);
  };
}

const FIELD = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };

async function connects(harness: ConnectAccountHarness): Promise<void> {
  expect(harness.text('label')).to.equal('Connect GitHub');
  await harness.connect();
  expect(harness.phase).to.equal('awaiting-authorization');
  harness.report('ACTIVE');
  await harness.reaches('connected');
  harness.click('menu-button');
  await harness.element.updateComplete;
  expect(harness.part('menu')).not.to.equal(null);
}

describe('a browser that lacks a feature', () => {
  usePopups();
  let undo = () => {};
  afterEach(() => undo());

  for (const [feature, takeAway] of Object.entries(FEATURES)) {
    it(`an account connects without ${feature}`, async () => {
      undo = takeAway();
      await connects(await mountLoaded());
    });

    it(`the form for a key works without ${feature}`, async () => {
      undo = takeAway();
      const harness = await mountLoaded({ configs: [authConfig({ authScheme: 'API_KEY', fields: [FIELD] })] });
      harness.trigger.click();
      await harness.reaches('collecting-credentials');
      const input = harness.element.renderRoot.querySelector<HTMLInputElement>('[data-field]');
      if (input) input.value = 'sk_1';
      harness.click('submit');
      await harness.reaches('connected');
    });

    it(`the list and its actions work without ${feature}`, async () => {
      undo = takeAway();
      const list = await mountLoadedList({
        accounts: [connectedAccount()],
        attributes: { searchable: '' },
        around: '<div lang="de"></div>',
      });
      expect(list.rows.length).to.equal(1);
      expect(list.find('time')?.textContent).not.to.equal('');
      list.find('[data-action="disable"]')?.click();
      await waitUntil(() => list.find('[data-action="enable"]') !== null);
      list.element.setAttribute('statuses', 'ACTIVE');
      await list.until(() => !list.element.loading && list.rows.length === 0, 'the other list');
    });
  }

  it('a panel lies above what follows in the page without popovers', async () => {
    undo = FEATURES['popovers']?.() ?? undo;
    const around =
      '<div><span data-here></span><p style="position: relative; height: 400px; margin: 0">Below</p></div>';
    const isAbove = (harness: ConnectAccountHarness, name: string) => {
      const part = harness.part(name) as HTMLElement;
      const { left, top, width, height } = part.getBoundingClientRect();
      const seen = harness.element.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2);
      return part.contains(seen ?? null);
    };
    const harness = await mountLoaded({ accounts: [connectedAccount()], around });
    harness.click('menu-button');
    await waitUntil(() => harness.part('menu'), 'the menu');
    expect(isAbove(harness, 'menu')).to.equal(true);
    const configs = [authConfig({ authScheme: 'API_KEY', fields: [FIELD] })];
    const form = await mountLoaded({ configs, around });
    form.trigger.click();
    await form.reaches('collecting-credentials');
    expect(isAbove(form, 'form')).to.equal(true);
  });

  it('the state has two dashes where states are wanted so', async () => {
    const { add } = CustomStateSet.prototype;
    undo = replace(CustomStateSet.prototype, 'add', function (this: CustomStateSet, name: string) {
      if (!name.startsWith('--')) throw new DOMException('It must start with --.', 'SyntaxError');
      return add.call(this, name);
    });
    const harness = await mountLoaded();
    expect(harness.element.matches(':state(--ready)')).to.equal(true);
    await harness.connect();
    expect(harness.element.matches(':state(--ready)')).to.equal(false);
    expect(harness.element.matches(':state(--awaiting-authorization)')).to.equal(true);
  });
});
