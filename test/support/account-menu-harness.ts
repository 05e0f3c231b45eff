import { waitUntil } from '@open-wc/testing';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { type ConnectAccountHarness, type MountOptions, mountLoaded } from './connect-account-harness.js';
import { connectedAccount } from './memory-client.js';

/** The menu of a `<connect-account>`, as its user sees it. */
export class AccountMenuHarness {
  readonly harness: ConnectAccountHarness;

  constructor(harness: ConnectAccountHarness) {
    this.harness = harness;
  }

  /** The open panel: `menu`, `confirm`, `rename`, or null. */
  get panel(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('[data-menu-panel]');
  }

  get kind(): string | null {
    return this.panel?.getAttribute('data-menu-panel') ?? null;
  }

  /** The items of the menu. */
  get items(): string[] {
    return [...this.#root.querySelectorAll('[role=menuitem]')].map((item) => item.textContent?.trim() ?? '');
  }

  get input(): HTMLInputElement {
    return this.#root.querySelector('.name-input') as HTMLInputElement;
  }

  /** The focused node within the element, by its text, name, or part. */
  get focused(): string | null {
    const focused = this.#root.activeElement;
    if (!focused) return null;
    const isItem = focused.closest('[data-menu-panel]') !== null && focused.tagName === 'BUTTON';
    return isItem ? (focused.textContent?.trim() ?? '') : (focused.getAttribute('part') ?? focused.id);
  }

  /** Opens the menu by its button. */
  async open(): Promise<void> {
    this.harness.click('menu-button');
    await this.rest();
  }

  /** Clicks an item of the menu, or a button of the open question, by its text. */
  async choose(text: string): Promise<void> {
    const found = [...(this.panel?.querySelectorAll('button') ?? [])].find((one) => one.textContent?.trim() === text);
    if (!found) throw new Error(`There is no "${text}" in ${this.kind}: ${this.items.join(', ')}`);
    found.click();
    await this.rest();
  }

  /** Types a name and submits it. */
  async rename(name: string): Promise<void> {
    this.input.value = name;
    this.panel?.querySelector<HTMLButtonElement>('[type=submit]')?.click();
    await this.rest();
  }

  /** Waits until the backend has received this call so many times. */
  async asked(method: 'update' | 'enable' | 'disable' | 'delete' | 'link', times = 1): Promise<void> {
    await waitUntil(() => this.harness.client.count(method) === times, `${method} ${times} times`, { interval: 5 });
    await this.rest();
  }

  async rest(): Promise<void> {
    await this.harness.element.updateComplete;
    // A response of the backend in memory takes a few microtasks.
    await new Promise((resolve) => setTimeout(resolve));
    await this.harness.element.updateComplete;
  }

  get #root(): ShadowRoot {
    return this.harness.element.shadowRoot as ShadowRoot;
  }
}

/** An element with an account, and its menu. */
export async function mountWithMenu(
  account: Partial<ConnectedAccount> = {},
  options: MountOptions = {},
): Promise<AccountMenuHarness> {
  return new AccountMenuHarness(await mountLoaded({ accounts: [connectedAccount(account)], ...options }));
}

/** Placing a panel takes until the next frame, and loading Floating UI first where no side has room. */
export async function placed(): Promise<void> {
  await import('../../src/controllers/follow-anchor.js');
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
