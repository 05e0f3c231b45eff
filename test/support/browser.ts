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
  /** Windows and tabs that are open, oldest first, those that pages opened included. */
  windows(): readonly BrowserWindow[];
  close(): Promise<void>;
}

/** A window or tab. */
export interface BrowserWindow {
  readonly isClosed: boolean;
  url(): string;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /**
   * Waits until the element is there and stands still, then clicks its middle as a hand would.
   * @param path CSS selectors, each looked up in the shadow root (or the content) of the element before.
   */
  click(...path: string[]): Promise<void>;
  /** Runs a function of its own, without outer variables, in the page, with no user gesture. */
  read<Arguments extends readonly unknown[], Result>(
    script: (...args: Arguments) => Result,
    ...args: Arguments
  ): Promise<Awaited<Result>>;
  /** Closes it as its user would. */
  close(): Promise<void>;
}
