import { fixture, waitUntil } from '@open-wc/testing';
import type { ConnectedAccount, ConnectionStatus } from '../../src/core/model/connection-types.js';
import type { ConnectedAccountsList } from '../../src/elements/connected-accounts-list/connected-accounts-list.js';
import '../../src/define-connected-accounts-list.js';
import { servePages } from './account-pages.js';
import { recordEvents } from './expect-events.js';
import { connectedAccount, MemoryClient } from './memory-client.js';

/** A missing attribute is judged after a second. */
const LOADING = { interval: 5, timeout: 3000 };

/** Options of a list under test. The defaults are user_1 and a backend in memory. */
export interface ListOptions {
  readonly accounts?: readonly ConnectedAccount[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: Partial<ConnectedAccountsList>;
  readonly client?: MemoryClient;
  /** Markup within the element, for its slots. */
  readonly content?: string;
  /** The parent of the element. */
  readonly around?: string;
}

/** A list in a page, as its user and the page's author see it. */
export class AccountsListHarness {
  readonly element: ConnectedAccountsList;
  readonly client: MemoryClient;
  /** The events that reach the page. */
  readonly events: readonly CustomEvent[];

  constructor(element: ConnectedAccountsList, client: MemoryClient, events: readonly CustomEvent[]) {
    this.element = element;
    this.client = client;
    this.events = events;
  }

  get root(): ParentNode {
    return this.element.renderRoot;
  }

  /** The visible rows. */
  get rows(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('[part="row"]:not([hidden])')];
  }

  /** The ids of the rows, in their order. */
  get ids(): (string | undefined)[] {
    return this.rows.map((row) => row.dataset['account']);
  }

  row(id: string): HTMLElement {
    return found(
      this.rows.find((row) => row.dataset['account'] === id),
      `row ${id}`,
    );
  }

  /** Returns the text of a part of a row. */
  text(id: string, part: string): string {
    return (this.row(id).querySelector(`[part="${part}"]`)?.textContent ?? '').trim();
  }

  /** Returns the actions of an account by their visible or accessible names. */
  actionsOf(id: string): string[] {
    return [...this.row(id).querySelectorAll('[part~="action"]')].map((button) => button.textContent?.trim() ?? '');
  }

  /** Returns the button of an account with this name. */
  action(id: string, name: string): HTMLButtonElement {
    const buttons = [...this.row(id).querySelectorAll<HTMLButtonElement>('[part~="action"]')];
    return found(
      buttons.find((button) => button.textContent?.trim() === name),
      `action ${name} of ${id}`,
    );
  }

  /** Clicks a button or link of the element by its text. */
  async press(name: string): Promise<void> {
    const buttons = [...this.root.querySelectorAll<HTMLElement>('button, a')];
    const shown = buttons.filter((button) => button.checkVisibility());
    found(
      shown.find((button) => button.textContent?.trim().startsWith(name)),
      `button ${name}`,
    ).click();
    await this.element.updateComplete;
  }

  async act(id: string, name: string): Promise<void> {
    this.action(id, name).click();
    await this.element.updateComplete;
  }

  /** Waits until a condition holds and is rendered. */
  async until(condition: () => boolean, what: string, timeout = 1000): Promise<void> {
    await waitUntil(condition, what, { interval: 5, timeout });
    await this.element.updateComplete;
  }

  find(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }

  /** The last announcement to screen readers. */
  get announced(): string {
    return this.find('[role="status"]')?.textContent?.trim() ?? '';
  }
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}

/** Adds a list to the page and does not wait for its accounts. */
export async function mountList(options: ListOptions = {}): Promise<AccountsListHarness> {
  const client = options.client ?? createPagedClient(options.accounts);
  const element = document.createElement('connected-accounts-list');
  for (const [name, value] of Object.entries({ 'user-id': 'user_1', ...options.attributes })) {
    element.setAttribute(name, value);
  }
  Object.assign(element, { client, ...options.properties });
  // A template, because page authors write markup.
  const template = document.createElement('template');
  template.innerHTML = options.content ?? '';
  element.append(template.content);
  const place = await fixture<HTMLElement>(options.around ?? '<div></div>');
  const events = recordEvents(place);
  (place.querySelector('[data-here]') ?? place).append(element);
  await element.updateComplete;
  return new AccountsListHarness(element, client, events);
}

/** Adds a list to the page and waits until it has read its first page, or failed to. */
export async function mountLoadedList(options: ListOptions = {}): Promise<AccountsListHarness> {
  const harness = await mountList(options);
  await harness.until(() => !harness.element.loading, 'it has loaded', LOADING.timeout);
  return harness;
}

/** A backend that pages. */
export function createPagedClient(accounts: readonly ConnectedAccount[] = []): MemoryClient {
  const client = new MemoryClient();
  client.accounts = accounts;
  servePages(client);
  return client;
}

export const ALL_STATUSES: readonly ConnectionStatus[] = [
  'INITIALIZING',
  'INITIATED',
  'ACTIVE',
  'FAILED',
  'EXPIRED',
  'INACTIVE',
  'REVOKED',
];

/** One account of each status, begun a minute ago, with the status as its id: `ca_ACTIVE`. */
export function accountsInAllStatuses(): ConnectedAccount[] {
  const createdAt = new Date(Date.now() - 60_000).toISOString();
  return ALL_STATUSES.map((status) =>
    connectedAccount({ id: `ca_${status}`, status, createdAt, updatedAt: createdAt }),
  );
}
