import type { BrowserProfile, BrowserWindow } from './browser.js';
import type { RecordedEvent } from './record-page.js';
import { waitUntil } from './wait-until.js';

/** The contents of a row. */
export interface ListedRow {
  readonly id: string;
  readonly name: string;
  readonly identity: string;
  readonly badge: string;
  /** The tooltip of the badge. */
  readonly reason: string;
  readonly age: string;
  /** The actions by name, like `disable`. */
  readonly actions: readonly string[];
}

/** A page with a `<connected-accounts-list>`, as its user sees it. */
export interface AccountsListPage {
  readonly window: BrowserWindow;
  rows(): Promise<readonly ListedRow[]>;
  /** Waits until the rows fulfil the condition and returns them. */
  rowsThat(what: string, wanted: (rows: readonly ListedRow[]) => boolean): Promise<readonly ListedRow[]>;
  /** Clicks an action of a row, like `disable`. */
  act(id: string, action: string): Promise<void>;
  /** Clicks the match of the selector in the element. */
  click(selector: string): Promise<void>;
  /** The window that the last click opened, once there is one. */
  popup(): Promise<BrowserWindow>;
  setAttribute(name: string, value: string): Promise<void>;
  /** Returns the visible text of the element. */
  text(): Promise<string>;
  events(): Promise<readonly RecordedEvent[]>;
  /** Moves the clock of the page forward, then gives it the focus. */
  lookAgainAfter(duration: number): Promise<void>;
  problems(): Promise<readonly string[]>;
}

/** Opens the page and waits until its list has loaded. */
export async function openAccountsListPage(profile: BrowserProfile, url: string): Promise<AccountsListPage> {
  const window = await profile.open(url);
  await waitUntil(async () => (await window.read(readLoading)) === false, 'the list has loaded');
  let before = new Set<BrowserWindow>([window]);
  const click = async (selector: string): Promise<void> => {
    before = new Set(await profile.windows());
    return window.click('connected-accounts-list', selector);
  };
  const rows = (): Promise<readonly ListedRow[]> => window.read(readRows);
  return {
    window,
    rows,
    rowsThat: (what, wanted) =>
      waitUntil(async () => {
        const now = await rows();
        return wanted(now) && now;
      }, what),
    click,
    act: (id, action) => click(`[data-account="${id}"] [data-action="${action}"]`),
    popup: () => waitUntil(async () => (await profile.windows()).findLast((one) => !before.has(one)), 'a popup'),
    setAttribute: (name, value) =>
      window.read(
        (...change) => document.querySelector('connected-accounts-list')?.setAttribute(...change),
        name,
        value,
      ),
    text: () => window.read(readText),
    events: () => window.read(() => globalThis.pageRecord.events),
    lookAgainAfter: (duration) => window.read(passTime, duration),
    problems: () => window.read(() => globalThis.pageRecord.problems),
  };
}

/** Runs in the page. */
function readLoading(): boolean | undefined {
  const element = document.querySelector('connected-accounts-list') as { loading?: boolean } | null;
  return element?.loading;
}

/** Runs in the page. */
function readText(): string {
  const root = document.querySelector('connected-accounts-list')?.shadowRoot;
  return root?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
}

/** Runs in the page. */
function readRows(): ListedRow[] {
  const root = document.querySelector('connected-accounts-list')?.shadowRoot;
  return [...(root?.querySelectorAll<HTMLElement>('[part="row"]:not([hidden])') ?? [])].map((row) => {
    const text = (part: string) => row.querySelector(`[part="${part}"]`)?.textContent?.trim() ?? '';
    return {
      id: row.dataset['account'] ?? '',
      name: text('name'),
      identity: text('identity'),
      badge: text('badge'),
      reason: row.querySelector<HTMLElement>('[part="badge"]')?.title ?? '',
      age: text('time'),
      actions: [...row.querySelectorAll<HTMLElement>('[part~="action"]')].map(({ dataset }) => dataset['action'] ?? ''),
    };
  });
}

/** Runs in the page. */
function passTime(duration: number): void {
  const { now } = performance;
  performance.now = () => now.call(performance) + duration;
  window.dispatchEvent(new Event('focus'));
}
