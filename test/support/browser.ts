import type { remote } from 'webdriver';

/** The engines that the elements are tested in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

export type Engine = (typeof ENGINES)[number];

/** Returns true if the browsers are to be shown. `npm test -- e2e/credentials --headed` sets `HEADED`. */
export function isHeaded(): boolean {
  return process.env['HEADED'] === '1';
}

/**
 * The part of an engine that end-to-end tests need: real windows, trusted input, the popup blocker on. No test runs code
 * in the page to click or to open a window, because that would count as a gesture.
 */
export interface TestBrowser {
  /** Creates a browser profile with its own cookies and storage. */
  newProfile(): Promise<BrowserProfile>;
  close(): Promise<void>;
}

/** The browser of one person. */
export interface BrowserProfile {
  /** Opens a tab. */
  open(url: string): Promise<BrowserWindow>;
  /**
   * Returns the open windows and tabs, oldest first, including those that pages opened. Returns the same objects each
   * time.
   */
  windows(): Promise<readonly BrowserWindow[]>;
  close(): Promise<void>;
}

/** A key by its name. */
export type KeyName = 'Enter' | 'Escape' | 'Tab' | 'Space' | 'ArrowDown' | 'ArrowUp' | 'Home' | 'End';

/** A window or tab. */
export interface BrowserWindow {
  isClosed(): Promise<boolean>;
  url(): Promise<string>;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Goes back in the history, like the browser's back button. */
  goBack(): Promise<void>;
  /**
   * Waits until the element exists and does not move, then clicks its center.
   * @param path CSS selectors, each looked up in the shadow root (or the content) of the element before.
   */
  click(...path: string[]): Promise<void>;
  /** Clicks a point of the viewport this many times, as fast as the engine can. */
  clickAt(x: number, y: number, times?: number): Promise<void>;
  /** Types into the focused element. */
  type(text: string): Promise<void>;
  /** Presses and releases a key on the focused element. */
  press(key: KeyName): Promise<void>;
  /** Focuses the window, like a click on its title. */
  focus(): Promise<void>;
  /** Runs a self-contained function in the page, without a user gesture. */
  read<Arguments extends readonly unknown[], Result>(
    script: (...args: Arguments) => Result,
    ...args: Arguments
  ): Promise<Awaited<Result>>;
  /** Gives the page input as WebDriver describes it. Not Chromium. */
  perform?(actions: remote.InputSourceActions[]): Promise<void>;
  /** Changes the size of the viewport, in CSS pixels. Not Chromium. */
  resize?(width: number, height: number): Promise<void>;
  /** Freezes the page, as a browser does to save power, or resumes it. Chromium only. */
  setLifecycle?(state: 'frozen' | 'active'): Promise<void>;
  /** Returns what the console of the window has shown as an error so far. Chromium only. */
  problems?(): readonly string[];
  /** Returns a picture of the whole page, as a PNG. Chromium only. */
  picture?(): Promise<Uint8Array>;
  /** Closes the window as its user would. */
  close(): Promise<void>;
}
