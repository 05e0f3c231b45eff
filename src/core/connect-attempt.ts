import { createAttemptId } from './binding-verifier.js';
import { toConnectError } from './connect-error.js';
import type { ConnectSettings } from './connect-settings.js';
import type { CancelReason, ConnectOutcome } from './connect-state.js';
import type { ConnectEvent } from './connect-transition.js';
import type { ConnectedAccount } from './connection-types.js';
import { createLink } from './create-link.js';
import type { Poll } from './poll.js';
import type { AttemptRecord, AuthorizationWindow, ConnectPorts } from './ports.js';
import { outcomeOfStatus } from './status-outcome.js';
import { wait } from './system-clock.js';
import { watchAccount } from './watch-account.js';
import { watchWindow } from './watch-window.js';

/** The callback page closes itself; a window that is still there this long after the end is closed from here. */
const CLOSE_AFTER = 5000;

/** What an attempt needs of the flow that runs it. */
export interface AttemptHost {
  readonly settings: ConnectSettings;
  readonly ports: ConnectPorts;
  /** The account that was there before, once the reading is over; never rejects. */
  readonly loaded: Promise<ConnectedAccount | null>;
  /** Ends with the element. */
  readonly life: AbortSignal;
  dispatch(event: ConnectEvent): void;
}

/** One attempt: makes the link, sends the window there, and watches until the server has decided. */
export class ConnectAttempt {
  /** Names it in events and in the callback URL. */
  readonly id: string;
  /** Resolves with how it ended; never rejects. */
  readonly outcome: Promise<ConnectOutcome>;
  readonly #host: AttemptHost;
  readonly #ended = new AbortController();
  #resolve: (outcome: ConnectOutcome) => void = () => {};
  #window: AuthorizationWindow | null;
  /** Ends the watch over the window that was opened last. */
  #windowWatch = new AbortController();
  #poll: Poll | null = null;
  #pollWatch = new AbortController();
  #redirectUrl: string | null = null;
  #resumed = false;

  constructor(host: AttemptHost, id: string, window: AuthorizationWindow | null) {
    this.#host = host;
    this.id = id;
    this.#window = window;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    // Before the window goes anywhere: a provider with a live session sends the user back within 100 ms.
    const stopListening = host.ports.listenForCallback((attempt) => this.#onCallback(attempt));
    this.#ended.signal.addEventListener('abort', () => {
      stopListening();
      this.#windowWatch.abort();
      this.#pollWatch.abort();
    });
  }

  /** The link, for the one place that may show it. A bearer capability. */
  get redirectUrl(): string | null {
    return this.#redirectUrl;
  }

  /** Makes the link and goes there. */
  async run(): Promise<void> {
    const { settings, ports, loaded } = this.#host;
    try {
      const existing = await loaded;
      if (this.#ended.signal.aborted) return;
      if (existing?.status === 'ACTIVE' && !settings.allowMultiple)
        return this.#endEarly({ status: 'connected', account: existing });
      const { connectedAccountId, redirectUrl, life } = await createLink(this.id, settings, ports, this.#ended.signal);
      this.#redirectUrl = redirectUrl;
      const expiresAt = ports.clock.wallNow() + life;
      ports.storage.save(settings.storageKey, { attempt: this.id, connectedAccountId, expiresAt });
      this.#host.dispatch({
        type: 'link-created',
        attempt: this.id,
        connectedAccountId,
        opened: this.#window !== null,
      });
      if (this.#window) this.#sendWindow(this.#window, redirectUrl);
      this.#watchAccount(connectedAccountId, life);
    } catch (thrown) {
      if (!this.#ended.signal.aborted) this.#endEarly({ status: 'failed', error: toConnectError(thrown) });
    }
  }

  /** Goes on with an attempt whose page was reloaded, or that was begun in another tab. */
  resume({ attempt, connectedAccountId, expiresAt }: AttemptRecord, known: ConnectedAccount | undefined): void {
    this.#resumed = true;
    this.#host.dispatch({ type: 'resumed', attempt, connectedAccountId });
    if (known && this.#report(known)) return;
    this.#watchAccount(connectedAccountId, expiresAt - this.#host.ports.clock.wallNow());
    this.#poll?.hint();
  }

  focusWindow(): void {
    this.#window?.focus();
  }

  /** Opens the same link in another window. Call it in a user gesture. Answers whether the browser let it. */
  reopen(): boolean {
    const { ports, dispatch } = this.#host;
    this.#window = ports.openWindow(`${this.id}-${ports.clock.now()}`);
    const opened = this.#window !== null;
    dispatch({ type: opened ? 'window-opened' : 'window-refused', attempt: this.id });
    // After a reload the link is gone; the backend gives the same one again while it lives.
    if (!this.#redirectUrl) void this.run();
    else if (this.#window) this.#sendWindow(this.#window, this.#redirectUrl);
    return opened;
  }

  /** The user followed the real link: there is a window now, though no handle on it. */
  followedLink(): void {
    this.#host.dispatch({ type: 'link-followed', attempt: this.id });
  }

  cancel(reason: CancelReason): void {
    if (reason === 'removed') this.#end({ status: 'cancelled', reason });
    else this.#endEarly({ status: 'cancelled', reason });
  }

  #sendWindow(window: AuthorizationWindow, url: string): void {
    const { clock, page } = this.#host.ports;
    window.navigate(url);
    this.#windowWatch.abort();
    this.#windowWatch = new AbortController();
    watchWindow(window, {
      clock,
      page,
      signal: this.#windowWatch.signal,
      onFlip: () => this.#poll?.hint(),
      onLikelyClosed: () => this.#host.dispatch({ type: 'window-closed', attempt: this.id }),
    });
  }

  #watchAccount(connectedAccountId: string, life: number): void {
    const { settings, ports, dispatch } = this.#host;
    this.#pollWatch.abort();
    this.#pollWatch = new AbortController();
    this.#poll = watchAccount({
      settings,
      connectedAccountId,
      clock: ports.clock,
      page: ports.page,
      signal: this.#pollWatch.signal,
      life,
      onReport: (account) => this.#report(account),
      onStruggle: () => dispatch({ type: 'polls-failing', attempt: this.id }),
      onGiveUp: (error) => this.#end({ status: 'failed', error }),
    });
  }

  #report(account: ConnectedAccount): boolean {
    this.#host.dispatch({ type: 'status-reported', attempt: this.id, status: account.status });
    const outcome = outcomeOfStatus(account);
    if (outcome) this.#end(outcome, account);
    return outcome !== null;
  }

  #onCallback(attempt: string | null): void {
    // Whoever resumed an attempt of another tab does not know its name.
    if (attempt !== null && attempt !== this.id && !this.#resumed) return;
    if (attempt === this.id) this.#host.dispatch({ type: 'callback-reached', attempt });
    this.#poll?.hint();
  }

  /** Ends it while the user cannot have finished: the window is of no more use. */
  #endEarly(outcome: ConnectOutcome): void {
    if (this.#ended.signal.aborted) return;
    this.#window?.close();
    this.#end(outcome);
  }

  #end(outcome: ConnectOutcome, account?: ConnectedAccount): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#settleRecord(outcome);
    if (outcome.status === 'connected') this.#closeWindowLater();
    this.#host.dispatch({ type: 'ended', attempt: this.id, outcome, ...(account && { account }) });
    this.#resolve(outcome);
  }
  #settleRecord(outcome: ConnectOutcome): void {
    const { settings, ports } = this.#host;
    const record = ports.storage.load(settings.storageKey);
    if (outcome.status !== 'cancelled') ports.storage.remove(settings.storageKey);
    else if (record && outcome.reason === 'removed') {
      // This attempt has had its end; whoever takes it up again does so under another name.
      ports.storage.save(settings.storageKey, { ...record, attempt: createAttemptId() });
    } else if (record) ports.storage.save(settings.storageKey, { ...record, cancelled: true });
  }

  /** Its page still has to bind the browser to the user, and closes itself then. */
  #closeWindowLater(): void {
    const window = this.#window;
    const { ports, life } = this.#host;
    if (window)
      wait(ports.clock, CLOSE_AFTER, life).then(
        () => window.close(),
        () => {},
      );
  }
}
