import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { accountsOfAges } from '../support/account-pages.js';
import {
  type AccountsListHarness,
  accountsInAllStatuses,
  createPagedClient,
  mountList,
  mountLoadedList,
} from '../support/accounts-list-harness.js';
import { authConfig, connectedAccount, httpFailure } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const never = () => new Promise(() => {});

/** Spinners never end. */
const settled = ({ effect, finished }: Animation) =>
  effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY ? null : finished;

/** The element in each of its states. */
const STATES: Record<string, () => Promise<AccountsListHarness>> = {
  loading: async () => {
    const client = createPagedClient();
    client.next('list', never);
    return mountList({ client });
  },
  empty: () => mountLoadedList(),
  rows: () => mountLoadedList({ accounts: accountsInAllStatuses(), attributes: { searchable: '', limit: '5' } }),
  readonly: () => mountLoadedList({ accounts: accountsInAllStatuses(), attributes: { readonly: '' } }),
  error: async () => {
    const client = createPagedClient();
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    return mountLoadedList({ client });
  },
  'a question': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    await harness.act('ca_0', 'Disconnect');
    return harness;
  },
  'the form for a name': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    await harness.act('ca_0', 'Rename');
    return harness;
  },
  'a refused name': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await harness.act('ca_0', 'Rename');
    (harness.find('form') as HTMLFormElement).requestSubmit();
    await harness.until(() => harness.find('[aria-invalid]') !== null, 'the refusal');
    return harness;
  },
  'a page that failed below others': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(5), attributes: { limit: '3' } });
    harness.client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.element.loadMore();
    return harness;
  },
  'nothing found': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2), attributes: { searchable: '' } });
    const box = harness.find('[part="search"]') as HTMLInputElement;
    box.value = 'nobody';
    box.dispatchEvent(new InputEvent('input'));
    await harness.element.updateComplete;
    return harness;
  },
  'a reconnect in progress': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2, { status: 'EXPIRED', wasActive: true }) });
    await harness.act('ca_0', 'Reconnect');
    await harness.until(() => harness.row('ca_0').textContent?.includes('Cancel') === true, 'the ways out');
    return harness;
  },
  'the form for a key': async () => {
    const key = { id: 'ac_key', authScheme: 'API_KEY', isComposioManaged: false, isDisabled: false };
    const harness = await mountLoadedList({ accounts: accountsOfAges(2, { authConfig: key }) });
    const field = { name: 'generic_api_key', displayName: 'API key', description: 'Under Settings', type: 'string' };
    harness.client.configs = [authConfig({ ...key, fields: [{ ...field, required: true, isSecret: true }] })];
    await harness.act('ca_0', 'Replace key');
    await harness.until(() => harness.find('.panel input') !== null, 'the form');
    return harness;
  },
  'a failed action': async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    harness.client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.act('ca_0', 'Disable');
    await harness.until(() => harness.row('ca_0').textContent?.includes('did not work') === true, 'the failure');
    return harness;
  },
};

describe('the accessibility of <connected-accounts-list>', () => {
  usePopups();
  beforeEach(() => sessionStorage.clear());
  afterEach(async () => {
    document.documentElement.removeAttribute('style');
    document.documentElement.removeAttribute('dir');
    await setViewport({ width: 800, height: 600 });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, mount] of Object.entries(STATES)) {
      it(`passes axe: ${name}, ${colorScheme}`, async () => {
        document.documentElement.style.colorScheme = colorScheme;
        document.documentElement.style.background = colorScheme === 'dark' ? '#111' : '#fff';
        const harness = await mount();
        // What is half there, while it fades in, has no contrast.
        await Promise.all(harness.element.shadowRoot?.getAnimations().map(settled) ?? []);
        await expect(harness.element).to.be.accessible();
      });
    }
  }

  it('exposes a named list, in which each row has a heading and a named group of actions', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2) });
    expect(harness.find('[role="list"]')?.ariaLabel).to.equal('Connected accounts');
    expect(harness.rows.map((row) => row.querySelector('h3')?.textContent)).to.deep.equal(['GitHub', 'GitHub']);
    expect(harness.row('ca_0').querySelector('[role="group"]')?.getAttribute('aria-label')).to.equal(
      'Actions for octocat',
    );
  });

  it('can be used with the keyboard alone', async () => {
    const harness = await mountLoadedList({ accounts: accountsOfAges(2), attributes: { searchable: '' } });
    const focused = () => harness.find(':focus')?.textContent?.trim() || harness.find(':focus')?.getAttribute('part');
    const stops: unknown[] = [];
    for (let stop = 0; stop < 5; stop++) {
      await sendKeys({ press: 'Tab' });
      stops.push(focused());
    }
    expect(stops).to.deep.equal(['search', 'Reconnect', 'Rename', 'Disable', 'Disconnect']);
    await sendKeys({ press: 'Enter' });
    await harness.until(() => focused() === 'Cancel', 'the focus is on what changes nothing');
    await sendKeys({ press: 'Escape' });
    await harness.until(() => focused() === 'Disconnect', 'the focus is back');
    await sendKeys({ press: 'Enter' });
    await harness.until(() => focused() === 'Cancel', 'the question again');
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await harness.until(() => harness.ids.join() === 'ca_1', 'the row is gone');
    await harness.until(() => harness.find(':focus')?.dataset['account'] === 'ca_1', 'the focus on the next row');
  });

  it('stacks its columns at 320 pixels and never overflows', async () => {
    await setViewport({ width: 320, height: 640 });
    const long = connectedAccount({ id: 'ca_long', displayName: 'a'.repeat(300), status: 'EXPIRED' });
    const harness = await mountLoadedList({
      accounts: [...accountsInAllStatuses(), long],
      attributes: { searchable: '' },
    });
    expect(document.documentElement.scrollWidth).to.equal(320);
    const boxes = harness.rows.map((row) => [row.scrollWidth <= row.clientWidth, row.clientWidth < 320]);
    expect(boxes).to.deep.equal(harness.rows.map(() => [true, true]));
    const [name, badge] = ['.name', '.badge'].map((part) => harness.row('ca_long').querySelector(part));
    expect(badge?.getBoundingClientRect().top).to.be.greaterThan(name?.getBoundingClientRect().bottom ?? 0);
  });

  it('has targets of at least 24 pixels', async () => {
    const harness = await mountLoadedList({ accounts: accountsInAllStatuses() });
    const buttons = [...(harness.root as ShadowRoot).querySelectorAll('button')].map((button) =>
      button.getBoundingClientRect(),
    );
    expect(Math.min(...buttons.flatMap(({ width, height }) => [width, height]))).to.be.at.least(24);
  });

  it('is laid out from right to left in a page with dir="rtl"', async () => {
    document.documentElement.dir = 'rtl';
    const harness = await mountLoadedList({ accounts: accountsOfAges(1) });
    const [logo, name, actions] = ['.logo', '.name', '.actions'].map(
      (part) => harness.row('ca_0').querySelector(part)?.getBoundingClientRect() ?? new DOMRect(),
    );
    expect(logo?.left).to.be.greaterThan(name?.left ?? 0);
    expect(actions?.right).to.be.lessThan(name?.right ?? 0);
  });

  it('uses the language of the page for texts and dates', async () => {
    const createdAt = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const harness = await mountLoadedList({
      accounts: [connectedAccount({ createdAt })],
      around: '<div lang="de"></div>',
    });
    await harness.until(() => harness.text('ca_1', 'badge') === 'Verbunden', 'German');
    expect(harness.text('ca_1', 'time')).to.equal('vor 3 Tagen');
    expect(harness.find('[role="list"]')?.ariaLabel).to.equal('Verbundene Konten');
  });
});
