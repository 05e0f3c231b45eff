import type { BrowserProfile, BrowserWindow } from './browser.js';
import type { RecordedEvent } from './record-page.js';
import { waitUntil } from './wait-until.js';

/** A page with a `<connect-account>`, as its user sees it. */
export interface ConnectAccountPage {
  readonly window: BrowserWindow;
  clickTrigger(): Promise<void>;
  /** Clicks a box of the element by the name of its part. */
  clickPart(part: string): Promise<void>;
  /** The window that the last click opened, once there is one. */
  popup(): Promise<BrowserWindow>;
  /** Waits until the element is in this phase. */
  reaches(phase: string): Promise<void>;
  phase(): Promise<string>;
  /** Returns the visible text of the element. */
  text(): Promise<string>;
  events(): Promise<readonly RecordedEvent[]>;
  /** Waits for the first event of this type. */
  event(type: string): Promise<RecordedEvent>;
  /** Types of the events that ended an attempt. */
  ends(): Promise<readonly string[]>;
  /** Console messages, exceptions, and violations of the content security policy. */
  problems(): Promise<readonly string[]>;
}

const ATTEMPT_END = /^account-connect(?:ed|-error|-cancel)$/;

/** Opens the page and waits until its element has loaded. */
export async function openConnectAccountPage(profile: BrowserProfile, url: string): Promise<ConnectAccountPage> {
  const window = await profile.open(url);
  const page = createPage(profile, window);
  await waitUntil(() => window.read(isLoaded), 'the element has loaded');
  return page;
}

function createPage(profile: BrowserProfile, window: BrowserWindow): ConnectAccountPage {
  let before = new Set<BrowserWindow>([window]);
  const events = (): Promise<readonly RecordedEvent[]> => window.read(() => globalThis.pageRecord.events);
  const clickPart = async (part: string): Promise<void> => {
    before = new Set(await profile.windows());
    return window.click('connect-account', `[part~="${part}"]`);
  };
  return {
    window,
    clickPart,
    clickTrigger: () => clickPart('trigger'),
    popup: () => waitUntil(async () => (await profile.windows()).findLast((one) => !before.has(one)), 'a popup'),
    reaches: async (phase) => {
      let last: string | undefined;
      await waitUntil(async () => {
        last = await window.read(readPhase);
        return last === phase;
      }, `phase ${phase}`).catch((error: Error) => {
        throw new Error(`${error.message} It is ${last}.`);
      });
    },
    phase: async () => (await window.read(readPhase)) ?? '',
    text: () => window.read(readText),
    events,
    event: (type) => waitUntil(async () => (await events()).find((event) => event.type === type), `event ${type}`),
    ends: async () => (await events()).map(({ type }) => type).filter((type) => ATTEMPT_END.test(type)),
    problems: () => window.read(() => globalThis.pageRecord.problems),
  };
}

/** Runs in the page. True if it has no element: some pages have a list alone. */
function isLoaded(): boolean {
  const element = document.querySelector('connect-account') as { state?: { phase: string } } | null;
  return element === null || (element.state !== undefined && element.state.phase !== 'loading');
}

/** Runs in the page. */
function readPhase(): string | undefined {
  const element = document.querySelector('connect-account') as { state?: { phase: string } } | null;
  return element?.state?.phase;
}

/** Runs in the page. */
function readText(): string {
  // A slot has no box of its own, so its parent is measured.
  const isShown = (element: Element): boolean =>
    element.closest(':not(slot)')?.checkVisibility({ visibilityProperty: true }) ?? false;
  const root = document.querySelector('connect-account')?.shadowRoot;
  const shown = [...(root?.querySelectorAll('*') ?? [])].filter(isShown);
  const texts = shown.flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE));
  return texts
    .map((node) => node.textContent?.trim())
    .filter(Boolean)
    .join(' ');
}
