import type { AuthorizationWindow, Clock, PageSignals } from '../model/ports.js';

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
