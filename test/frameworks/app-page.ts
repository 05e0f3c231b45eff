import type { BrowserProfile, BrowserWindow } from '../support/browser.js';
import { waitUntil } from '../support/wait-until.js';
import type { HeardEvent } from './shared/case.js';

/** Time after which a person clicks again. */
const PATIENCE_MS = 5000;
const MAX_CLICKS_MS = 30_000;

/** Runs in each document before its scripts, and records what goes wrong there. */
export function recordProblems(): void {
  const record = (problem: string): void => {
    const before: string[] = JSON.parse(sessionStorage.getItem('problems') ?? '[]');
    sessionStorage.setItem('problems', JSON.stringify([...before, problem]));
  };
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...words: unknown[]) => record(`console.${level}: ${words.join(' ')}`);
  }
  addEventListener('error', ({ message }) => record(`exception: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => record(`rejection: ${reason}`));
}

/** The page of an app, as its user sees it. */
export interface AppPage {
  readonly window: BrowserWindow;
  problems(): Promise<readonly string[]>;
  /** What the listeners of the framework have received. */
  heard(): Promise<readonly HeardEvent[]>;
  /** Waits until the element with this id is in a phase. */
  reaches(id: string, phase: string): Promise<void>;
  /** Values of some properties of an element. */
  properties(id: string, ...names: string[]): Promise<readonly unknown[]>;
  /** Text of a slotted element, if it is shown. */
  slotted(selector: string): Promise<string | undefined>;
  /** Names of the rows of the list. */
  rows(): Promise<readonly string[]>;
  /**
   * Clicks a link or a button of the app until the page shows what it leads to, as a person would. Routers may miss a
   * click: while they start, and under a view transition.
   * @param isThere Runs in the page with `args`.
   */
  clickUntil<Arguments extends readonly unknown[]>(
    selector: string,
    isThere: (...args: Arguments) => boolean,
    ...args: Arguments
  ): Promise<void>;
  /** Clicks a button that opens a window, and returns that window. */
  clickForWindow(...path: string[]): Promise<BrowserWindow>;
}

/** Opens the page and waits until all of it has loaded. */
export async function openApp(profile: BrowserProfile, url: string): Promise<AppPage> {
  const window = await profile.open(url);
  const list = async <Item>(key: string): Promise<readonly Item[]> =>
    JSON.parse((await window.read((name) => sessionStorage.getItem(name), key)) ?? '[]');
  return {
    window,
    problems: () => list('problems'),
    heard: () => list('heard'),
    reaches: async (id, phase) => {
      let last: unknown;
      const isReached = async (): Promise<boolean> => {
        last = await window.read(readPhase, id);
        return last === phase;
      };
      await waitUntil(isReached, `phase ${phase} of #${id}`).catch((error: Error) => {
        throw new Error(`${error.message} It is ${last}.`);
      });
    },
    properties: (id, ...names) => window.read(readProperties, id, names),
    slotted: (selector) => window.read(readSlotted, selector),
    rows: () => window.read(readRows),
    clickUntil: async (selector, isThere, ...args) => {
      const isShown = () => window.read(isThere, ...args);
      let isClicked = false;
      const click = async (): Promise<boolean> => {
        await window.click(selector);
        isClicked = true;
        return waitUntil(isShown, 'the change of the page', PATIENCE_MS);
      };
      await waitUntil(
        async () => (isClicked && (await isShown())) || click(),
        `what ${selector} leads to`,
        MAX_CLICKS_MS,
      );
    },
    clickForWindow: async (...path) => {
      const before = await profile.windows();
      await window.click(...path);
      return waitUntil(async () => (await profile.windows()).find((one) => !before.includes(one)), 'a new window');
    },
  };
}

/** Runs in the page. */
function readPhase(id: string): string | undefined {
  return (document.getElementById(id) as { state?: { phase: string } } | null)?.state?.phase;
}

/** Runs in the page. */
function readProperties(id: string, names: readonly string[]): unknown[] {
  const element = document.getElementById(id) as unknown as Record<string, unknown> | null;
  return names.map((name) => (typeof element?.[name] === 'function' ? 'a function' : element?.[name]));
}

/** Runs in the page. */
function readSlotted(selector: string): string | undefined {
  const element = document.querySelector(selector);
  const isShown = element?.assignedSlot != null && element.checkVisibility({ visibilityProperty: true });
  return isShown ? element.textContent?.trim() : undefined;
}

/** Runs in the page. */
function readRows(): string[] {
  const rows = document.querySelector('connected-accounts-list')?.shadowRoot?.querySelectorAll('[part~="row"]') ?? [];
  return Array.from(rows, (row) => row.querySelector('[part~="name"]')?.textContent?.trim() ?? '');
}
