import { waitUntil } from '@open-wc/testing';
import type { ConnectPhase } from '../../src/core/flow/connect-state.js';
import { type ConnectAccountHarness, type MountOptions, mount, mountLoaded } from './connect-account-harness.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from './memory-client.js';
import type { Popups } from './stub-popups.js';

const FIELD = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };
const KEY_CONFIG = authConfig({ authScheme: 'API_KEY', fields: [{ ...FIELD, isSecret: true }] });

const forever = () => new Promise<never>(() => {});

type Enter = (options: MountOptions) => Promise<ConnectAccountHarness>;

/** Ways to bring an element into each phase. */
const WAYS: Readonly<Record<ConnectPhase, Enter>> = {
  loading: (options) => mount({ ...options, client: clientThat('list', forever) }),
  ready: (options) => mountLoaded(options),
  'collecting-credentials': (options) => withForm(options),
  async submitting(options) {
    const harness = await withForm({ ...options, client: clientThat('initiate', forever) });
    const input = harness.element.renderRoot.querySelector<HTMLInputElement>('form input');
    if (input) input.value = 'sk_test';
    harness.element.renderRoot.querySelector('form')?.requestSubmit();
    return harness;
  },
  preparing: (options) => clicked({ ...options, client: clientThat('link', forever) }),
  'popup-blocked': (options) => connecting(options),
  'awaiting-authorization': (options) => connecting(options),
  async confirming(options) {
    const harness = await connecting(options);
    harness.client.always('get', forever);
    harness.callback();
    return harness;
  },
  connected: (options) => mountLoaded({ accounts: [connectedAccount()], ...options }),
  'needs-attention': (options) => mountLoaded({ accounts: [connectedAccount({ status: 'REVOKED' })], ...options }),
  failed: (options) => clicked({ ...options, client: clientThat('link', () => Promise.reject(failure)) }),
  misconfigured: (options) => mountLoaded({ ...options, attributes: { ...options.attributes, 'user-id': '' } }),
};

const failure = httpFailure(502, 'upstream_error');

/** All phases. */
export const PHASES = Object.keys(WAYS) as ConnectPhase[];

/** Returns an element in this phase, reached by a user's clicks and a backend's responses. */
export async function mountInPhase(
  phase: ConnectPhase,
  popups: Popups,
  options: MountOptions = {},
): Promise<ConnectAccountHarness> {
  popups.blocked = phase === 'popup-blocked';
  const harness = await WAYS[phase](options);
  await harness.reaches(phase);
  return harness;
}

function clientThat(method: Parameters<MemoryClient['always']>[0], answer: () => unknown): MemoryClient {
  const client = new MemoryClient();
  client.always(method, answer);
  return client;
}

async function clicked(options: MountOptions): Promise<ConnectAccountHarness> {
  const harness = await mountLoaded(options);
  harness.trigger.click();
  return harness;
}

async function connecting(options: MountOptions): Promise<ConnectAccountHarness> {
  const harness = await mountLoaded(options);
  await harness.connect();
  return harness;
}

async function withForm(options: MountOptions): Promise<ConnectAccountHarness> {
  const harness = await clicked({ ...options, configs: [KEY_CONFIG] });
  await waitUntil(() => harness.phase === 'collecting-credentials', 'the form', { interval: 5 });
  await harness.element.updateComplete;
  return harness;
}
