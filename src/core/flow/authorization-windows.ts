import type { CallbackBriefing } from '../model/callback-protocol.js';
import { type Clock, wait } from '../model/clock.js';
import { ConnectError, type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { AuthorizationWindow, ConnectPorts, PageSignals } from '../model/ports.js';

/** The callback page closes itself. A window that is still open this long after the end is closed from here. */
const CLOSE_AFTER_MS = 5000;
/** No event tells that another window was closed, so `closed` is read at this interval. */
const CHECK_INTERVAL_MS = 500;
/** Time for which the page must have focus after the window reads as closed before the user is asked. */
const FOCUS_BEFORE_ASKING_MS = 2000;

/** Returns the error of a page whose frame refuses every window. Its `reason` tells it from other configuration errors. */
export function sandboxedError(): ConnectErrorInfo {
  return connectErrorInfo(
    'invalid_configuration',
    'This page is in a sandboxed frame: add allow-same-origin, allow-popups and allow-popups-to-escape-sandbox to its sandbox.',
    { reason: 'sandboxed' },
  );
}

/** Callbacks of a watched window. */
export interface WindowEvents {
  /** Called once when the window reads as closed. It is time to ask the server. */
  onReadsClosed(): void;
  /** Called once when the window still reads as closed and the page has had focus for 2 s. */
  onLikelyClosed(): void;
}

/** The windows that one attempt opened: usually one, and another each time the user reopens the link. */
export class AuthorizationWindows {
  readonly #attempt: string;
  readonly #ports: ConnectPorts;
  readonly #events: WindowEvents;
  readonly #opened: AuthorizationWindow[] = [];
  /** Stops watching the newest window. */
  #watch = new AbortController();
  #isSandboxed = false;

  constructor(attempt: string, ports: ConnectPorts, events: WindowEvents) {
    this.#attempt = attempt;
    this.#ports = ports;
    this.#events = events;
  }

  /** Whether any window was opened. */
  get hasAny(): boolean {
    return this.#opened.length > 0;
  }

  /** Opens an empty window. Call it in a user gesture. Returns whether the browser allowed it. */
  open(name: string = this.#attempt): boolean {
    const window = this.#ports.openWindow(name, this.#attempt);
    this.#isSandboxed = window === 'sandboxed';
    if (window === null || window === 'sandboxed') return false;
    this.#opened.push(window);
    return true;
  }

  /** @throws {@link ConnectError} if the page's frame refused the last window, as it would refuse a link's */
  assertNotSandboxed(): void {
    if (this.#isSandboxed) throw new ConnectError(sandboxedError());
  }

  /** Sends the newest window to the link, and watches it. */
  navigate(url: string, briefing: CallbackBriefing): void {
    const window = this.#opened.at(-1);
    if (!window) return;
    const { clock, page } = this.#ports;
    window.navigate(url, briefing);
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

  /** Closes the windows after the callback page had time to bind the browser to the user and to close itself. */
  closeLater(hostSignal: AbortSignal): void {
    if (!this.hasAny) return;
    wait(this.#ports.clock, CLOSE_AFTER_MS, hostSignal).then(
      () => this.close(),
      () => {},
    );
  }
}

/** Options of {@link watchWindow}. */
export interface WatchOptions extends WindowEvents {
  readonly clock: Clock;
  readonly page: PageSignals;
  readonly signal: AbortSignal;
}

/**
 * Watches `closed` of a window, which is only a hint: a COOP header anywhere at the provider makes an open window read as
 * closed for good (https://github.com/whatwg/html/issues/5840). The user's focus tells more.
 */
export function watchWindow(window: AuthorizationWindow, options: WatchOptions): void {
  const { clock, page, signal } = options;
  let readsClosed = false;
  let focusedSince: number | null = null;
  let cancelTimer = () => {};

  function check() {
    cancelTimer();
    if (signal.aborted) return;
    if (!readsClosed && window.closed) {
      readsClosed = true;
      options.onReadsClosed();
    }
    const isAttended = readsClosed && page.visible && page.focused;
    focusedSince = isAttended ? (focusedSince ?? clock.now()) : null;
    if (focusedSince !== null && clock.now() - focusedSince >= FOCUS_BEFORE_ASKING_MS) {
      stop();
      options.onLikelyClosed();
    } else cancelTimer = clock.setTimeout(check, CHECK_INTERVAL_MS);
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
