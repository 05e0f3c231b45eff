import { fixture, waitUntil } from '@open-wc/testing';
import type { ConnectPhase } from '../../src/core/flow/connect-state.js';
import type { AuthConfig, ConnectedAccount, ConnectionStatus } from '../../src/core/model/connection-types.js';
import type { ConnectAccount } from '../../src/elements/connect-account/connect-account.js';
import '../../src/define-connect-account.js';
import { slotContentPart } from '../../src/controllers/slots-controller.js';
import { attemptPart } from '../../src/core/flow/connect-flow.js';
import { loadConnectParts } from '../../src/elements/connect-account/connect-parts.js';
import { recordEvents } from './expect-events.js';
import { MemoryClient } from './memory-client.js';

// Most tests are about what the element does once its late parts are there.
await Promise.all([attemptPart.load(), loadConnectParts(), slotContentPart.load()]);

/** A missing attribute is judged after a second. */
const LOADING = { interval: 5, timeout: 3000 };

/** Options of an element under test. The defaults are user_1, ac_github and no account. */
export interface MountOptions {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: Partial<ConnectAccount>;
  readonly accounts?: readonly ConnectedAccount[];
  readonly configs?: readonly AuthConfig[];
  readonly client?: MemoryClient;
  /** The contents of `sessionStorage`, left by the previous page. */
  readonly storage?: Readonly<Record<string, string>>;
  /** Markup within the element, for its slots. */
  readonly content?: string;
  /** Markup around the element, which takes the place of `{}`. */
  readonly around?: string;
}

/** An element in a page, with a backend in memory, as its user and the page's author see it. */
export class ConnectAccountHarness {
  readonly element: ConnectAccount;
  readonly client: MemoryClient;
  /** The events that reach the document. */
  readonly events: readonly CustomEvent[];

  constructor(element: ConnectAccount, client: MemoryClient, events: readonly CustomEvent[]) {
    this.element = element;
    this.client = client;
    this.events = events;
  }

  get phase(): ConnectPhase {
    return this.element.state.phase;
  }

  get trigger(): HTMLButtonElement {
    return this.part('trigger') as HTMLButtonElement;
  }

  /** Returns a visible box of the element by the name of its part, or null. */
  part(name: string): HTMLElement | null {
    const found = this.element.renderRoot.querySelector<HTMLElement>(`[part~="${name}"]`);
    return found?.checkVisibility({ visibilityProperty: true }) ? found : null;
  }

  /** Returns the text of a part, with collapsed white space. */
  text(part: string): string {
    // biome-ignore lint/performance/useDomNodeTextContent: hidden text must not count
    return (this.part(part)?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();
  }

  /** The trigger's accessible name: its text without the icon, which is hidden from assistive technology. */
  get name(): string {
    return this.text('trigger').replace(this.text('icon'), '').trim();
  }

  /** Clicks a part. */
  click(part: string): void {
    const box = this.part(part);
    if (!box) throw new Error(`There is no visible part "${part}" in phase ${this.phase}.`);
    box.click();
  }

  async reaches(phase: ConnectPhase): Promise<void> {
    await waitUntil(() => this.phase === phase, `phase ${phase}`, { interval: 5 });
    await this.element.updateComplete;
  }

  /** Clicks the trigger and waits until the user is at the provider, or would be. */
  async connect(): Promise<void> {
    this.trigger.click();
    await waitUntil(() => ['awaiting-authorization', 'popup-blocked'].includes(this.phase), 'a link', { interval: 5 });
    await this.element.updateComplete;
  }

  /** Sets the status of the newest account on the server and makes the element poll. */
  report(status: ConnectionStatus, different: Partial<ConnectedAccount> = {}): void {
    this.client.change(this.client.accounts[this.client.accounts.length - 1]?.id ?? '', { status, ...different });
    this.look();
  }

  /** Makes the element poll, as a page that is back online does. */
  look(): void {
    window.dispatchEvent(new Event('online'));
  }

  /** Reports that the callback page was reached, for this attempt or the current one. */
  callback(attempt = 'attempt' in this.element.state ? this.element.state.attempt : ''): void {
    const newValue = JSON.stringify({ type: 'connect-account:callback', attempt });
    window.dispatchEvent(new StorageEvent('storage', { key: 'connect-account:callback', newValue }));
  }
}

/** Adds an element to the page and does not wait. */
export async function mount(options: MountOptions = {}): Promise<ConnectAccountHarness> {
  const client = options.client ?? new MemoryClient();
  if (options.accounts) client.accounts = options.accounts;
  if (options.configs) client.configs = options.configs;
  const element = document.createElement('connect-account');
  const attributes = { 'user-id': 'user_1', 'auth-config-id': 'ac_github', ...options.attributes };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, { client, ...options.properties });
  // A template, because page authors write markup.
  const template = document.createElement('template');
  template.innerHTML = options.content ?? '';
  element.append(template.content);
  sessionStorage.clear();
  for (const [key, value] of Object.entries(options.storage ?? {})) sessionStorage.setItem(key, value);
  const place = await fixture<HTMLElement>(options.around ?? '<div></div>');
  const events = recordEvents(place);
  (place.querySelector('[data-here]') ?? place).append(element);
  await element.updateComplete;
  return new ConnectAccountHarness(element, client, events);
}

/** Adds an element to the page and waits until it has loaded. */
export async function mountLoaded(options: MountOptions = {}): Promise<ConnectAccountHarness> {
  const harness = await mount(options);
  await waitUntil(() => harness.phase !== 'loading', 'it has loaded', LOADING);
  await harness.element.updateComplete;
  return harness;
}
