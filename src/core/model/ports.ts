import type { Clock } from './clock.js';
import type { ConnectErrorInfo } from './connect-error.js';

// What the flow needs of its surroundings. A browser provides it in `browser/`, a test however it likes.

/** A window that was opened for an authorization, as far as it can be trusted. */
export interface AuthorizationWindow {
  /** Whether it reads as closed. True for good after any COOP header on its way, closed or not. */
  readonly closed: boolean;
  /** Sends it to `url`. Call it once, with a checked URL. */
  navigate(url: string): void;
  focus(): void;
  /** Does nothing after a COOP header. */
  close(): void;
}

/**
 * Opens an empty window within the user's gesture. Answers null when the browser refuses, and `sandboxed` when the frame
 * of this page will refuse every time.
 * @param name a name that no other page can guess
 * @param attempt the attempt that it is for
 */
export type OpenWindow = (name: string, attempt: string) => AuthorizationWindow | 'sandboxed' | null;

/** `wake`: the page was focused, shown, restored or went online. `rest`: it lost the focus, was hidden or went offline. */
export type PageSignal = 'active' | 'inactive';

/** What the page tells of itself. */
export interface PageSignals {
  readonly visible: boolean;
  readonly focused: boolean;
  /** The network went away: asking is of little use. Absent: nobody knows. */
  readonly offline?: boolean;
  /** The answer unsubscribes. */
  subscribe(callback: (signal: PageSignal) => void): () => void;
}

/** Hears the callback page: the attempt it names, or null when it names none. The answer stops listening. */
export type ListenForCallback = (callback: (attempt: string | null) => void) => () => void;

/** Between the tabs of one origin: which accounts have changed, by id and nothing else. A hint to look, never proof. */
export interface AccountsChannel {
  post(connectedAccountIds: readonly string[]): void;
  /** Hears the other tabs, not its own page. The answer stops listening. */
  listen(callback: (connectedAccountIds: readonly string[]) => void): () => void;
}

/** What outlives a reload of the page: where an attempt stood. Neither the link nor a credential. */
export interface AttemptRecord {
  readonly attempt: string;
  readonly connectedAccountId: string;
  /** Wall clock, ms since the epoch. */
  readonly expiresAt: number;
  /** Id of the account whose place the new one takes. */
  readonly replaces?: string;
  /** Called off by the user: not to be resumed. */
  readonly cancelled?: boolean;
}

/** Keeps records of attempts and binding verifiers. Never throws: where storage is denied, it forgets. */
export interface AttemptStorage {
  load(key: string): AttemptRecord | null;
  save(key: string, record: AttemptRecord): void;
  remove(key: string): void;
  keepVerifier(attempt: string, verifier: string): void;
}

/** Everything above, as the flow takes it. */
export interface ConnectPorts {
  readonly clock: Clock;
  readonly openWindow: OpenWindow;
  readonly page: PageSignals;
  readonly listenForCallback: ListenForCallback;
  readonly storage: AttemptStorage;
  /** Origin of the page, for the check of the link. */
  readonly pageOrigin: string;
  /** Returns a configuration error with the names that the page author knows. Default: the names of the settings. */
  readonly describeError?: (error: ConnectErrorInfo) => ConnectErrorInfo;
}
