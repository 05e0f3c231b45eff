import { ConnectError, type ConnectErrorInfo, connectErrorInfo } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { AuthorizationWindow, OpenWindow } from '../model/ports.js';
import type { CancelReason, ConnectOutcome } from './connect-state.js';

/** Returns the error of a page whose frame refuses every window. Its `reason` tells it from other configuration errors. */
export function sandboxedError(): ConnectErrorInfo {
  return connectErrorInfo(
    'invalid_configuration',
    'This page is in a sandboxed frame: add allow-same-origin, allow-popups and allow-popups-to-escape-sandbox to its sandbox.',
    { reason: 'sandboxed' },
  );
}

/** Called once, with the account if the server reported one. */
type OnEnd = (outcome: ConnectOutcome, account?: ConnectedAccount) => void;

/**
 * An attempt from the click on: its id, its windows and its end. It is in front, so that the window opens within the
 * gesture; the steps of the attempt (`ConnectAttempt`) may still be loading.
 */
export class StartedAttempt {
  /** Id of the attempt in events and in the callback URL. */
  readonly id: string;
  /** Resolves when the attempt has ended. Never rejects. */
  readonly outcome: Promise<ConnectOutcome>;
  /** Aborted when the attempt has ended. */
  readonly signal: AbortSignal;
  readonly #openWindow: OpenWindow;
  /** Usually one window, and another each time the user reopens the link. */
  readonly #windows: AuthorizationWindow[] = [];
  readonly #ended = new AbortController();
  readonly #onEnd: OnEnd;
  #resolve: (outcome: ConnectOutcome) => void = () => {};
  #isSandboxed = false;

  constructor(id: string, openWindow: OpenWindow, onEnd: OnEnd) {
    this.id = id;
    this.signal = this.#ended.signal;
    this.#openWindow = openWindow;
    this.#onEnd = onEnd;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** The newest window, if any was opened. */
  get window(): AuthorizationWindow | undefined {
    return this.#windows[this.#windows.length - 1];
  }

  /**
   * Opens an empty window. Call it in a user gesture, before anything asynchronous. Returns whether the browser allowed it.
   * @param name a window name that no other page can guess
   */
  openWindow(name: string = this.id): boolean {
    const window = this.#openWindow(name, this.id);
    this.#isSandboxed = window === 'sandboxed';
    if (window === null || window === 'sandboxed') return false;
    this.#windows.push(window);
    return true;
  }

  /** @throws {@link ConnectError} if the page's frame refused the last window, as it would refuse a link's */
  assertNotSandboxed(): void {
    if (this.#isSandboxed) throw new ConnectError(sandboxedError());
  }

  closeWindows(): void {
    for (const window of this.#windows.splice(0)) window.close();
  }

  /** Ends the attempt before its steps have been loaded. */
  cancel(reason: CancelReason): void {
    this.closeWindows();
    this.end({ status: 'cancelled', reason });
  }

  /** Ends the attempt. Only the first call counts. */
  end(outcome: ConnectOutcome, account?: ConnectedAccount): void {
    if (this.signal.aborted) return;
    this.#ended.abort();
    this.#onEnd(outcome, account);
    this.#resolve(outcome);
  }
}
