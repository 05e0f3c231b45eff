/** The engines that the elements are tested in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

export type Engine = (typeof ENGINES)[number];

/**
 * What an end-to-end test needs of an engine: real windows, trusted input, the popup blocker on. No test runs code of the
 * page to click or to open something, because that would count as a gesture.
 */
export interface TestBrowser {
  /** A browser profile of its own: other cookies, other storage. */
  newProfile(): Promise<BrowserProfile>;
  close(): Promise<void>;
}

/** The browser of one person. */
export interface BrowserProfile {
  /** Opens a tab. */
  open(url: string): Promise<BrowserWindow>;
  /** Windows and tabs that are open, oldest first, those that pages opened included; the same objects each time. */
  windows(): Promise<readonly BrowserWindow[]>;
  close(): Promise<void>;
}

/** A key that writes nothing. */
export type KeyName = 'Enter' | 'Escape' | 'Tab';

/** A window or tab. */
export interface BrowserWindow {
  isClosed(): Promise<boolean>;
  url(): Promise<string>;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** The page before, as by the browser's own button. */
  goBack(): Promise<void>;
  /**
   * Waits until the element is there and stands still, then clicks its middle as a hand would.
   * @param path CSS selectors, each looked up in the shadow root (or the content) of the element before.
   */
  click(...path: string[]): Promise<void>;
  /** Clicks so many times at a point of the viewport, as fast as the engine can. */
  clickAt(x: number, y: number, times?: number): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  /** Presses a key on what has the focus, and lets go of it. */
  press(key: KeyName): Promise<void>;
  /** Gives it the focus, as a click on its title would. */
  focus(): Promise<void>;
  /** Runs a function of its own, without outer variables, in the page, with no user gesture. */
  read<Arguments extends readonly unknown[], Result>(
    script: (...args: Arguments) => Result,
    ...args: Arguments
  ): Promise<Awaited<Result>>;
  /** Stops the page, as a browser does to save power, or lets it run again. Chromium only. */
  setLifecycle?(state: 'frozen' | 'active'): Promise<void>;
  /** Closes it as its user would. */
  close(): Promise<void>;
}
