import type { Clock } from '../model/clock.js';
import type { AuthorizationWindow, PageSignals } from '../model/ports.js';

/** No event tells that another window was closed, so `closed` is read at this interval. */
const CHECK_INTERVAL_MS = 500;
/** Time for which the page must have focus after the window reads as closed before the user is asked. */
const FOCUS_BEFORE_ASKING_MS = 2000;

/** Callbacks of a watched window. */
export interface WindowEvents {
  /** Called once when the window reads as closed. It is time to ask the server. */
  onReadsClosed(): void;
  /** Called once when the window still reads as closed and the page has had focus for 2 s. */
  onLikelyClosed(): void;
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
