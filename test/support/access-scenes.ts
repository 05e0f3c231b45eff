import { createConnectError } from '../../src/testing/sample-data.js';
import { mountWithMenu } from './account-menu-harness.js';
import { accountsOfAges } from './account-pages.js';
import {
  type AccountsListHarness,
  accountsInAllStatuses,
  createPagedClient,
  type ListOptions,
  mountList,
  mountLoadedList,
} from './accounts-list-harness.js';
import { mountLoaded } from './connect-account-harness.js';
import { mountInPhase, PHASES } from './connect-account-phases.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from './memory-client.js';
import type { Popups } from './stub-popups.js';

/** An element as its user meets it: in a phase, with a panel open, with an error. */
export interface Scene {
  readonly name: string;
  /** @param around markup of the place */
  mount(popups: Popups, around: string): Promise<HTMLElement>;
}

const never = () => new Promise<never>(() => {});
const FIELD = { name: 'generic_api_key', displayName: 'API key', description: 'Under Settings', type: 'string' };
const KEY_FIELD = { ...FIELD, required: true, isSecret: true };
const KEY = { id: 'ac_key', authScheme: 'API_KEY', isComposioManaged: false, isDisabled: false };

type Open = (around: string, popups: Popups) => Promise<HTMLElement>;

const phases: Scene[] = PHASES.map((phase) => ({
  name: `<connect-account> in phase ${phase}`,
  mount: async (popups, around) => (await mountInPhase(phase, popups, { around })).element,
}));

/** Opens the menu of a connected account and chooses an item by its place. */
async function withPanel(around: string, item?: string): Promise<HTMLElement> {
  const menu = await mountWithMenu({}, { around });
  await menu.open();
  if (item !== undefined) await menu.choose(item);
  return menu.harness.element;
}

const connectScenes: Readonly<Record<string, Open>> = {
  'beside Open again': async (around, popups) => {
    const harness = await mountInPhase('popup-blocked', popups, { around });
    harness.part('link')?.addEventListener('click', (event) => event.preventDefault());
    harness.click('link');
    await harness.reaches('awaiting-authorization');
    return harness.element;
  },
  'that is disabled': async (around) => (await mountLoaded({ around, attributes: { disabled: '' } })).element,
  'with a slotted label and a description': async (around) => {
    const content = 'Link your code <small slot="description">Reads issues only.</small>';
    return (await mountLoaded({ around, content })).element;
  },
  'with a disabled account': async (around) =>
    (await mountLoaded({ around, accounts: [connectedAccount({ status: 'INACTIVE' })] })).element,
  'that failed to load': async (around) => {
    const client = new MemoryClient();
    client.always('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    return (await mountLoaded({ around, client })).element;
  },
  'with its menu open': (around) => withPanel(around),
  'with the question before Disconnect': (around) => withPanel(around, 'Disconnect'),
  'with the form for a name': (around) => withPanel(around, 'Rename'),
  'with a refused name': async (around) => {
    const menu = await mountWithMenu({}, { around });
    menu.harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await menu.open();
    await menu.choose('Rename');
    await menu.rename('work');
    return menu.harness.element;
  },
  'with a refused key': async (around) => {
    const client = new MemoryClient();
    const fieldErrors = { generic_api_key: 'The key was refused.' };
    const refusal = { message: 'The backend refused the key.', status: 400, fieldErrors };
    client.always('initiate', () => Promise.reject(createConnectError('invalid_credentials', refusal)));
    const harness = await mountLoaded({
      around,
      client,
      configs: [authConfig({ ...KEY, id: 'ac_github', fields: [KEY_FIELD] })],
    });
    harness.trigger.click();
    await harness.reaches('collecting-credentials');
    const input = harness.element.renderRoot.querySelector<HTMLInputElement>('[data-field]');
    if (input) input.value = 'sk_wrong';
    input?.form?.requestSubmit();
    await untilSelector(harness.element, '[aria-invalid="true"]');
    return harness.element;
  },
};

const accounts = () => accountsOfAges(3);

const listScenes: Readonly<Record<string, (options: ListOptions) => Promise<AccountsListHarness>>> = {
  'that loads': (options) => {
    const client = createPagedClient();
    client.next('list', never);
    return mountList({ ...options, client });
  },
  'without an account': (options) => mountLoadedList(options),
  'of all statuses, with search and more': (options) =>
    mountLoadedList({ ...options, accounts: accountsInAllStatuses(), attributes: { searchable: '', limit: '5' } }),
  'that is readonly': (options) =>
    mountLoadedList({ ...options, accounts: accountsInAllStatuses(), attributes: { readonly: '' } }),
  'that failed to load': (options) => {
    const client = createPagedClient();
    client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    return mountLoadedList({ ...options, client });
  },
  'with a page that failed': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accounts(), attributes: { limit: '2' } });
    harness.client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.element.loadMore();
    return harness;
  },
  'in which nothing is found': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accounts(), attributes: { searchable: '' } });
    const box = harness.find('[part~="search"]') as HTMLInputElement;
    box.value = 'nobody';
    box.dispatchEvent(new InputEvent('input'));
    await harness.element.updateComplete;
    return harness;
  },
  'with the question before Disconnect': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accounts() });
    return actOn(harness, 'disconnect', '[data-menu-panel], [part~="confirm"]');
  },
  'with the form for a name': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accounts() });
    return actOn(harness, 'rename', 'input:not([part~="search"])');
  },
  'with a refused name': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accounts() });
    harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await actOn(harness, 'rename', 'input:not([part~="search"])');
    (harness.find('form') as HTMLFormElement).requestSubmit();
    await untilSelector(harness.element, '[aria-invalid="true"]');
    return harness;
  },
  'with a reconnect that waits': async (options) => {
    const expired = accountsOfAges(2, { status: 'EXPIRED', wasActive: true });
    const harness = await mountLoadedList({ ...options, accounts: expired });
    await actOn(harness, 'reconnect', '[part~="row"]');
    await harness.until(() => /Cancel/.test(harness.row('ca_0').textContent ?? ''), 'the ways out');
    return harness;
  },
  'with the form for a key': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accountsOfAges(2, { authConfig: KEY }) });
    harness.client.configs = [authConfig({ ...KEY, fields: [KEY_FIELD] })];
    return actOn(harness, 'reconnect', '[data-field]');
  },
  'with an action that failed': async (options) => {
    const harness = await mountLoadedList({ ...options, accounts: accounts() });
    harness.client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    harness.row('ca_0').querySelector<HTMLElement>('[data-action="disable"]')?.click();
    await harness.until(() => /did not work/.test(harness.row('ca_0').textContent ?? ''), 'the failure');
    return harness;
  },
};

async function actOn(harness: AccountsListHarness, action: string, opens: string): Promise<AccountsListHarness> {
  harness.row('ca_0').querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
  await untilSelector(harness.element, opens);
  return harness;
}

async function untilSelector(
  element: HTMLElement & { updateComplete: Promise<boolean> },
  selector: string,
): Promise<void> {
  for (let turn = 0; turn < 200 && !element.shadowRoot?.querySelector(selector); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await element.updateComplete;
  }
  if (!element.shadowRoot?.querySelector(selector)) throw new Error(`There is no ${selector}.`);
}

/** Every phase of both elements, and everything that opens or goes wrong in them. */
export const SCENES: readonly Scene[] = [
  ...phases,
  ...Object.entries(connectScenes).map(([name, open]) => ({
    name: `<connect-account> ${name}`,
    mount: (popups: Popups, around: string) => open(around, popups),
  })),
  ...Object.entries(listScenes).map(([name, mount]) => ({
    name: `<connected-accounts-list> ${name}`,
    mount: async (_: Popups, around: string) => (await mount({ around })).element,
  })),
];
