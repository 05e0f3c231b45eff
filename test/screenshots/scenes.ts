/** The pictures of the elements: every phase of `<connect-account>`, its panels, and the list. Runs in the page. */
import type { ConnectPhase } from '../../src/core/flow/connect-state.js';
import type { AuthConfig, ConnectedAccount, ConnectionStatus } from '../../src/core/model/connection-types.js';
import { clickPart, waitForPhase } from '../../src/testing/page-object.js';
import { createAccount, createAuthConfig, createConnectError } from '../../src/testing/sample-data.js';
import { type ClientMethod, ScriptedClient } from '../../src/testing/scripted-client.js';
import { type FakePopups, replacePopups } from '../../src/testing/stand-ins.js';
import { part, settled } from './visible-parts.js';

/** One picture: an element with a backend, and the clicks that lead to what it shows. */
export interface Scene {
  readonly element: 'connect-account' | 'connected-accounts-list';
  readonly client: () => ScriptedClient;
  readonly attributes?: Readonly<Record<string, string>>;
  /** True if the browser of the scene blocks windows. */
  readonly isBlocked?: boolean;
  readonly enter: (element: HTMLElement) => Promise<unknown>;
}

const HOUR_MS = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

const APPS = {
  github: { slug: 'github', name: 'GitHub', logo: '/logos/github.svg' },
  notion: { slug: 'notion', name: 'Notion', logo: '/logos/notion.svg' },
  firecrawl: { slug: 'firecrawl', name: 'Firecrawl', logo: '/logos/firecrawl.svg' },
  slack: { slug: 'slack', name: 'Slack', logo: '/logos/slack.svg' },
} as const;

const GITHUB = createAuthConfig({ toolkit: APPS.github });
const FIRECRAWL = createAuthConfig({
  id: 'ac_github',
  authScheme: 'API_KEY',
  toolkit: APPS.firecrawl,
  authHintUrl: 'https://example.com/keys',
  fields: [
    { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true, isSecret: true },
  ],
});

const account = (different: Partial<ConnectedAccount> = {}): ConnectedAccount =>
  createAccount({ toolkit: APPS.github, createdAt: ago(50), updatedAt: ago(48), ...different });

/** A backend whose links wait for the user. `never` is a call that gets no response, `fails` one that is refused. */
function backend(
  accounts: readonly ConnectedAccount[] = [],
  { config = GITHUB, never, fails }: { config?: AuthConfig; never?: ClientMethod; fails?: ClientMethod } = {},
): ScriptedClient {
  const client = new ScriptedClient({ accounts, authConfigs: [config], outcome: 'waiting' });
  if (never) client.always(never, () => new Promise(() => {}));
  if (fails) client.failNext(fails, 'upstream_error', { status: 502 });
  return client;
}

const reach = (phase: ConnectPhase) => (element: HTMLElement) => waitForPhase(element, phase);

const clickInto =
  (phase: ConnectPhase, first: ConnectPhase = 'ready') =>
  async (element: HTMLElement) => {
    await waitForPhase(element, first);
    clickPart(element, 'trigger');
    await waitForPhase(element, phase);
  };

const openMenu = async (element: HTMLElement): Promise<void> => {
  await waitForPhase(element, 'connected');
  clickPart(element, 'menu-button');
  await part(element, 'menu');
};

const chooseInMenu = (action: string, opened: string) => async (element: HTMLElement) => {
  await openMenu(element);
  clickPart(element, `action-${action}`);
  await part(element, opened);
};

const connect = (more: Omit<Partial<Scene>, 'element'> & Pick<Scene, 'enter'>): Scene => ({
  element: 'connect-account',
  client: () => backend(),
  ...more,
});

/** The phases, by their names. */
const PHASES: Readonly<Record<ConnectPhase, Scene>> = {
  loading: connect({ client: () => backend([], { never: 'list' }), enter: reach('loading') }),
  ready: connect({ enter: reach('ready') }),
  'collecting-credentials': connect({
    client: () => backend([], { config: FIRECRAWL }),
    enter: clickInto('collecting-credentials'),
  }),
  submitting: connect({
    client: () => backend([], { config: FIRECRAWL, never: 'initiate' }),
    enter: async (element) => {
      await clickInto('collecting-credentials')(element);
      const input = (await part(element, 'field-input')) as HTMLInputElement;
      input.value = 'fc-0123456789';
      clickPart(element, 'submit');
      await waitForPhase(element, 'submitting');
    },
  }),
  preparing: connect({ client: () => backend([], { never: 'link' }), enter: clickInto('preparing') }),
  'popup-blocked': connect({ isBlocked: true, enter: clickInto('popup-blocked') }),
  'awaiting-authorization': connect({ enter: clickInto('awaiting-authorization') }),
  confirming: connect({
    enter: async (element) => {
      await clickInto('awaiting-authorization')(element);
      const { attempt } = (element as HTMLElement & { state: { attempt: string } }).state;
      const newValue = JSON.stringify({ type: 'connect-account:callback', attempt });
      dispatchEvent(new StorageEvent('storage', { key: 'connect-account:callback', newValue }));
      await waitForPhase(element, 'confirming');
    },
  }),
  connected: connect({ client: () => backend([account()]), enter: reach('connected') }),
  'needs-attention': connect({
    client: () => backend([account({ status: 'EXPIRED', wasActive: true })]),
    enter: reach('needs-attention'),
  }),
  failed: connect({ client: () => backend([], { fails: 'link' }), enter: clickInto('failed') }),
  misconfigured: connect({ attributes: { 'user-id': '' }, enter: reach('misconfigured') }),
};

const STATUSES: ReadonlyArray<readonly [ConnectionStatus, keyof typeof APPS, Partial<ConnectedAccount>]> = [
  ['ACTIVE', 'github', { alias: 'Team GitHub' }],
  ['EXPIRED', 'notion', { displayName: 'ada@example.com', wasActive: true }],
  ['REVOKED', 'firecrawl', { displayName: null, authConfig: { ...createAccount().authConfig, authScheme: 'API_KEY' } }],
  ['INACTIVE', 'slack', { displayName: 'design-team', isDisabled: true }],
  ['INITIATED', 'github', { displayName: null, authConfig: { ...createAccount().authConfig, id: 'ac_other' } }],
  ['INITIALIZING', 'notion', { displayName: null, authConfig: { ...createAccount().authConfig, id: 'ac_other' } }],
  ['FAILED', 'slack', { displayName: null, authConfig: { ...createAccount().authConfig, id: 'ac_other' } }],
];

/** An account in each status. */
const accounts = (): ConnectedAccount[] =>
  STATUSES.map(([status, app, more], index) =>
    account({ id: `ca_${index}`, toolkit: APPS[app], status, createdAt: ago(index + 1), ...more }),
  );

const list = (more: Omit<Partial<Scene>, 'element'> & Pick<Scene, 'enter'>): Scene => ({
  element: 'connected-accounts-list',
  client: () => backend(accounts()),
  ...more,
});

/** Every scene by its name. */
export const SCENES: Readonly<Record<string, Scene>> = {
  ...PHASES,
  'connected-with-a-name': connect({
    client: () => backend([account({ alias: 'Team GitHub' })]),
    enter: reach('connected'),
  }),
  'connected-menu': connect({ client: () => backend([account({ alias: 'Team GitHub' })]), enter: openMenu }),
  'connected-question': connect({
    client: () => backend([account({ alias: 'Team GitHub' })]),
    enter: chooseInMenu('disconnect', 'confirm'),
  }),
  'connected-rename': connect({
    client: () => backend([account({ alias: 'Team GitHub' })]),
    enter: chooseInMenu('rename', 'dialog'),
  }),
  list: list({ enter: (element) => part(element, 'row') }),
  'list-searchable': list({ attributes: { searchable: '' }, enter: (element) => part(element, 'row') }),
  'list-readonly': list({ attributes: { readonly: '' }, enter: (element) => part(element, 'row') }),
  'list-empty': list({ client: () => backend(), enter: (element) => part(element, 'empty') }),
  'list-loading': list({ client: () => backend([], { never: 'list' }), enter: (element) => settled(element) }),
  'list-error': list({
    client: () => {
      const client = backend();
      client.always('list', () => {
        throw createConnectError('upstream_error', { status: 502 });
      });
      return client;
    },
    enter: (element) => settled(element),
  }),
  'list-question': list({
    enter: async (element) => {
      await part(element, 'row');
      clickPart(element, 'action-disconnect');
      await part(element, 'confirm');
    },
  }),
};

/** Adds the element of a scene to the page and leads it to what the scene shows. */
export async function enterScene(name: string, size: string, place: HTMLElement): Promise<HTMLElement> {
  const scene = SCENES[name];
  if (!scene) throw new Error(`There is no scene ${name}: use ${Object.keys(SCENES).join(', ')}.`);
  const popups: FakePopups = replacePopups({ blocked: scene.isBlocked ?? false });
  const element = document.createElement(scene.element);
  const ids = scene.element === 'connect-account' ? { 'auth-config-id': 'ac_github', size } : {};
  const attributes = { 'user-id': 'user_1', ...ids, ...scene.attributes };
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  Object.assign(element, { client: scene.client() });
  place.append(element);
  await scene.enter(element);
  await settled(element);
  popups.restore();
  return element;
}
