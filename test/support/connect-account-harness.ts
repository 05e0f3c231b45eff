import { fixture, waitUntil } from '@open-wc/testing';
import type { ConnectPhase } from '../../src/core/flow/connect-state.js';
import type { AuthConfig, ConnectedAccount, ConnectionStatus } from '../../src/core/model/connection-types.js';
import type { ConnectAccount } from '../../src/elements/connect-account/connect-account.js';
import '../../src/define-connect-account.js';
import { recordEvents } from './expect-events.js';
import { MemoryClient } from './memory-client.js';

/** What a test says of its element; the rest is usual: user_1, ac_github, nothing connected. */
export interface MountOptions {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: Partial<ConnectAccount>;
  readonly accounts?: readonly ConnectedAccount[];
  readonly configs?: readonly AuthConfig[];
  readonly client?: MemoryClient;
  /** What the page before has left in `sessionStorage`. */
  readonly storage?: Readonly<Record<string, string>>;
  /** Markup within the element, for its slots. */
  readonly content?: string;
  /** What the element stands in; `{}` is where it stands. */
  readonly around?: string;
}

/** An element in a page, with its backend in memory, as its user and its page's author meet it. */
export class ConnectAccountHarness {
  readonly element: ConnectAccount;
  readonly client: MemoryClient;
  /** What the page hears, at the document. */
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

  /** A visible box of the element by the name of its part, or null. */
  part(name: string): HTMLElement | null {
    const found = this.element.renderRoot.querySelector<HTMLElement>(`[part~="${name}"]`);
    return found?.checkVisibility({ visibilityProperty: true }) ? found : null;
  }

  /** What a part says, without white space to no end. */
  text(part: string): string {
    // biome-ignore lint/performance/useDomNodeTextContent: what cannot be seen is not said
    return (this.part(part)?.innerText ?? '').replaceAll(/\s+/g, ' ').trim();
  }

  /** The trigger's accessible name: its text but for the icon, which is hidden from whoever cannot see it. */
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

  /** Clicks the trigger and goes on until the user is at the provider, or would be. */
  async connect(): Promise<void> {
    this.trigger.click();
    await waitUntil(() => ['awaiting-authorization', 'popup-blocked'].includes(this.phase), 'a link', { interval: 5 });
    await this.element.updateComplete;
  }

  /** The server says this of the newest account, and is asked now. */
  report(status: ConnectionStatus, different: Partial<ConnectedAccount> = {}): void {
    this.client.change(this.client.accounts.at(-1)?.id ?? '', { status, ...different });
    this.look();
  }

  /** Has the server asked: the page is back online. */
  look(): void {
    window.dispatchEvent(new Event('online'));
  }

  /** The callback page was reached, with this attempt or the current one. */
  callback(attempt = 'attempt' in this.element.state ? this.element.state.attempt : ''): void {
    const newValue = JSON.stringify({ type: 'connect-account:callback', attempt });
    window.dispatchEvent(new StorageEvent('storage', { key: 'connect-account:callback', newValue }));
  }
}

/** Puts an element into the page, and does not wait for anything. */
export async function mount(options: MountOptions = {}): Promise<ConnectAccountHarness> {
  const client = options.client ?? new MemoryClient();
  if (options.accounts) client.accounts = options.accounts;
  if (options.configs) client.configs = options.configs;
  const element = document.createElement('connect-account');
  const attributes = { 'user-id': 'user_1', 'auth-config-id': 'ac_github', ...options.attributes };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, { client, ...options.properties });
  // A template, since what a page's author writes is markup.
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

/** Puts an element into the page and waits until it has read what is there. */
export async function mountLoaded(options: MountOptions = {}): Promise<ConnectAccountHarness> {
  const harness = await mount(options);
  await waitUntil(() => harness.phase !== 'loading', 'it has loaded', { interval: 5 });
  await harness.element.updateComplete;
  return harness;
}
