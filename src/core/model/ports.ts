import type { CallbackBriefing, CallbackTexts } from './callback-protocol.js';
import type { Clock } from './clock.js';
import type { ConnectErrorInfo } from './connect-error.js';
import type { LatePart } from './late-part.js';

// The parts of its environment that the flow uses. `browser/` provides them for a page; tests and other hosts bring their own.

/** A window that was opened for an authorization. */
export interface AuthorizationWindow {
  /**
   * `window.closed` as the browser reports it. Unreliable: a COOP response makes it permanently `true` even while the
   * window is open.
   */
  readonly closed: boolean;
  /**
   * Sends the window to `url`, which must have been checked. Call it once.
   * @param briefing is kept in the window's own storage. In a frame of another site, that is not the storage of this page.
   */
  navigate(url: string, briefing?: CallbackBriefing): void;
  focus(): void;
  /** Closes the window. Does nothing after a COOP response. */
  close(): void;
}

/**
 * Opens an empty window during a user gesture. Returns null when the browser refuses it, and `sandboxed` when the frame of
 * this page will refuse every time.
 * @param name a window name that no other page can guess
 * @param attempt id of the attempt that the window is for
 */
export type OpenWindow = (name: string, attempt: string) => AuthorizationWindow | 'sandboxed' | null;

/** `active`: the page was focused, shown, restored or went online. `inactive`: it lost focus, was hidden or went offline. */
export type PageSignal = 'active' | 'inactive';

/** The state of the page, and its changes. */
export interface PageSignals {
  readonly visible: boolean;
  readonly focused: boolean;
  /** Whether the network is gone, so that requests are of little use. Undefined if unknown. */
  readonly offline?: boolean;
  /** Calls `callback` on each change. Returns a function that unsubscribes. */
  subscribe(callback: (signal: PageSignal) => void): () => void;
}

/**
 * Listens for messages of the callback page. `attempt` is the id that the message names, or null if it names none. Returns
 * a function that stops listening.
 */
export type ListenForCallback = (callback: (attempt: string | null) => void) => () => void;

/** Tells the other tabs of this origin which accounts have changed, by id only. A message is a hint to look, never proof. */
export interface AccountsChannel {
  post(connectedAccountIds: readonly string[]): void;
  /** Hears the other tabs, never its own page. Returns a function that stops listening. */
  listen(callback: (connectedAccountIds: readonly string[]) => void): () => void;
}

/** The progress of an attempt, kept across a reload of the page. It never holds the link or a credential. */
export interface AttemptRecord {
  /** Id of the attempt. */
  readonly attempt: string;
  readonly connectedAccountId: string;
  /** Wall-clock time in ms since the epoch. */
  readonly expiresAt: number;
  /** Id of the account that the new one replaces. */
  readonly replaces?: string;
  /** Whether the user cancelled the attempt, so that it must not be resumed. */
  readonly cancelled?: boolean;
}

/** Stores records of attempts and what the callback page needs. Never throws, also without access to storage. */
export interface AttemptStorage {
  load(key: string): AttemptRecord | null;
  save(key: string, record: AttemptRecord): void;
  remove(key: string): void;
  /**
   * Returns the verifier of this browser for a backend and auth config, and keeps it as long as a new link may be bound. All
   * elements and tabs of the browser share it, so that they share a link too.
   */
  verifier(scope: string): string;
  /** Keeps the briefing as long as a new link may be bound. */
  keepBriefing(attempt: string, briefing: CallbackBriefing): void;
  /** Returns the code with which the backend refused the browser that returned from an attempt, and forgets it. */
  takeRefusal(attempt: string): string | null;
}

/** All ports, as the flow takes them. */
export interface ConnectPorts {
  readonly clock: Clock;
  readonly openWindow: OpenWindow;
  readonly page: PageSignals;
  readonly listenForCallback: ListenForCallback;
  readonly storage: AttemptStorage;
  /** Returns the texts of the callback page. Default: English. */
  readonly callbackTexts?: () => CallbackTexts | undefined;
  /** Origin of the page, which the check of the link needs. */
  readonly pageOrigin: string;
  /** Returns an error with the names that the page author knows. Default: the names of the settings. */
  readonly describeError?: (error: ConnectErrorInfo) => ConnectErrorInfo;
}

/** The ports that only an attempt needs. */
export type AttemptPorts = Pick<ConnectPorts, 'listenForCallback' | 'storage'>;

/** The ports of a page that loads those of an attempt later, with its steps. */
export interface FrontPorts extends Omit<ConnectPorts, keyof AttemptPorts> {
  /** The record of an attempt, as it is kept. The storage of the attempt's own ports checks it. */
  readonly storage: { load(key: string): unknown };
  readonly attemptPorts: LatePart<AttemptPorts>;
}
