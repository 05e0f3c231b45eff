import { type Clock, wait } from '../model/clock.js';
import { ConnectError, type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { AuthorizationWindow, ConnectPorts, PageSignals } from '../model/ports.js';

/** The callback page closes itself; a window that is still there this long after the end is closed from here. */
const CLOSE_AFTER = 5000;

/** Returns the error of a page whose frame refuses every window. Its `reason` tells it from other configuration errors. */
export function sandboxedError(): ConnectErrorInfo {
  return connectErrorInfo(
    'invalid_configuration',
    'This page is in a sandboxed frame: add allow-same-origin, allow-popups and allow-popups-to-escape-sandbox to its sandbox.',
    { reason: 'sandboxed' },
  );
}

/** What the windows tell their attempt. */
export interface WindowEvents {
  /** The last one reads as closed: time to ask the server. */
  onFlip(): void;
  /** It still does, and the user has been looking at the page for a while. */
  onLikelyClosed(): void;
}

/** The windows that one attempt opened: usually one, another each time that the user opens it again. */
export class AttemptWindows {
  readonly #attempt: string;
  readonly #ports: ConnectPorts;
  readonly #events: WindowEvents;
  readonly #opened: AuthorizationWindow[] = [];
  /** Ends the watch over the last one. */
  #watch = new AbortController();
  #sandboxed = false;

  constructor(attempt: string, ports: ConnectPorts, events: WindowEvents) {
    this.#attempt = attempt;
    this.#ports = ports;
    this.#events = events;
  }

  get any(): boolean {
    return this.#opened.length > 0;
  }

  /** Opens an empty one. Call it in a user gesture. Answers whether the browser let it. */
  open(name: string = this.#attempt): boolean {
    const window = this.#ports.openWindow(name, this.#attempt);
    this.#sandboxed = window === 'sandboxed';
    if (window === null || window === 'sandboxed') return false;
    this.#opened.push(window);
    return true;
  }

  /** @throws {@link ConnectError} when the last one was refused for good, so that a link would be of no use */
  requirePossible(): void {
    if (this.#sandboxed) throw new ConnectError(sandboxedError());
  }

  /** Sends the last one to the link, and watches it. */
  send(url: string): void {
    const window = this.#opened.at(-1);
    if (!window) return;
    const { clock, page } = this.#ports;
    window.navigate(url);
    this.stopWatching();
    this.#watch = new AbortController();
    watchWindow(window, { clock, page, signal: this.#watch.signal, ...this.#events });
  }

  focus(): void {
    this.#opened.at(-1)?.focus();
  }

  stopWatching(): void {
    this.#watch.abort();
  }

  close(): void {
    for (const window of this.#opened.splice(0)) window.close();
  }

  /** Their page still has to bind the browser to the user, and closes itself then. */
  closeLater(life: AbortSignal): void {
    if (!this.any) return;
    wait(this.#ports.clock, CLOSE_AFTER, life).then(
      () => this.close(),
      () => {},
    );
  }
}

/** No event tells that another window was closed. */
const CHECK_EVERY = 500;
/** How long the page must have the focus after the window reads as closed before the user is asked. */
const FOCUS_BEFORE_ASKING = 2000;

/** What to watch, and whom to tell. */
export interface WatchOptions {
  readonly clock: Clock;
  readonly page: PageSignals;
  readonly signal: AbortSignal;
  /** It reads as closed: time to ask the server. */
  onFlip(): void;
  /** It still does, and the user has been looking at this page for 2 s since. */
  onLikelyClosed(): void;
}

/**
 * Watches a window's `closed`, which is a hint at best: a COOP header anywhere at the provider makes an open window
 * read as closed for good (https://github.com/whatwg/html/issues/5840). Where the user's focus is tells more.
 */
export function watchWindow(window: AuthorizationWindow, options: WatchOptions): void {
  const { clock, page, signal } = options;
  let flipped = false;
  let focusedSince: number | null = null;
  let cancelTimer = () => {};

  function check() {
    cancelTimer();
    if (signal.aborted) return;
    if (!flipped && window.closed) {
      flipped = true;
      options.onFlip();
    }
    const attended = flipped && page.visible && page.focused;
    focusedSince = attended ? (focusedSince ?? clock.now()) : null;
    if (focusedSince !== null && clock.now() - focusedSince >= FOCUS_BEFORE_ASKING) {
      stop();
      options.onLikelyClosed();
    } else cancelTimer = clock.setTimeout(check, CHECK_EVERY);
  }

  function stop() {
    cancelTimer();
    unsubscribe();
    signal.removeEventListener('abort', stop);
  }

  const unsubscribe = page.subscribe(check);
  signal.addEventListener('abort', stop);
  check();
}
