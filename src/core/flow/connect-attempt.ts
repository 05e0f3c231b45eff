import { collectedValues, fieldProblems } from '../accounts/credential-fields.js';
import { type ConnectErrorInfo, toConnectErrorInfo } from '../model/connect-error.js';
import {
  type AuthConfig,
  type ConnectedAccount,
  isRedirectScheme,
  LINK_LIFETIME_MS,
} from '../model/connection-types.js';
import type { AttemptRecord, ConnectPorts } from '../model/ports.js';
import { AttemptWatch } from '../polling/account-poller.js';
import { settleRecord } from './attempt-record.js';
import { AttemptWindows } from './authorization-windows.js';
import { type ConnectSettings, connectMethod, isFixableInForm } from './connect-settings.js';
import { type CancelReason, type ConnectOutcome, outcomeOfStatus } from './connect-state.js';
import type { ConnectEvent } from './connect-transition.js';
import { createLink } from './create-link.js';
import { findConflictingAccount } from './existing-account.js';

/** What an attempt needs of the flow that runs it. */
export interface AttemptHost {
  readonly settings: ConnectSettings;
  readonly ports: ConnectPorts;
  /** The account whose place the new one takes. */
  readonly replaces: ConnectedAccount | null;
  /** The account that was there before, once the reading is over; never rejects. */
  readonly loaded: Promise<ConnectedAccount | null>;
  /** The auth config, once read. */
  authConfig(): AuthConfig | null;
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
  readonly #windows: AttemptWindows;
  readonly #watch: AttemptWatch;
  #redirectUrl: string | null = null;
  #resumed = false;

  constructor(host: AttemptHost, id: string) {
    this.#host = host;
    this.id = id;
    const { settings, ports, dispatch } = host;
    this.#windows = new AttemptWindows(id, ports, {
      onFlip: () => this.#watch.hint(),
      onLikelyClosed: () => dispatch({ type: 'window-closed', attempt: id }),
    });
    this.#watch = new AttemptWatch(settings, ports, {
      onReport: (account) => this.#report(account),
      onRetrying: () => dispatch({ type: 'retrying', attempt: id }),
      onGiveUp: (error) => this.#end({ status: 'failed', error }),
    });
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    // Before the window goes anywhere: a provider with a live session sends the user back within 100 ms.
    const stopListening = ports.listenForCallback((attempt) => this.#onCallback(attempt));
    this.#ended.signal.addEventListener('abort', () => {
      stopListening();
      this.#windows.stopWatching();
      this.#watch.stop();
    });
  }

  /** The link, for the one place that may show it. A bearer capability. */
  get redirectUrl(): string | null {
    return this.#redirectUrl;
  }

  /** Opens the empty window. Call it in a user gesture, before anything else. */
  openWindow(): void {
    this.#windows.open();
  }

  /** Goes to the provider, asks for the fields, or connects at once, as the auth config calls for. */
  run(): Promise<void> {
    return this.#step(async () => {
      const { settings, loaded } = this.#host;
      const existing = await loaded;
      if (this.#ended.signal.aborted) return;
      if (existing?.status === 'ACTIVE' && !settings.allowMultiple) {
        return this.#endEarly({ status: 'connected', account: existing });
      }
      const method = connectMethod(this.#host.authConfig(), settings);
      if (method === 'hosted') return this.#openLink(settings);
      this.#windows.close();
      if (method === 'direct') return this.#create(settings, {});
      this.#host.dispatch({ type: 'fields-needed', attempt: this.id });
    });
  }

  /** The user's answers, by field name. Call it in a user gesture: a window may open. */
  submit(typed: Readonly<Record<string, string>>, alias?: string): void {
    const authConfig = this.#host.authConfig();
    if (!authConfig) return;
    const values = collectedValues(authConfig, typed);
    const problems = fieldProblems(authConfig, values);
    if (Object.keys(problems).length > 0) {
      this.#host.dispatch({ type: 'fields-refused', attempt: this.id, problems, error: null });
      return;
    }
    const settings = { ...this.#host.settings, ...(alias !== undefined && { alias }) };
    if (!isRedirectScheme(authConfig.authScheme)) {
      void this.#step(() => this.#create(settings, values));
      return;
    }
    this.openWindow();
    this.#host.dispatch({ type: 'link-requested', attempt: this.id });
    const connectionData = { ...settings.connectionData, ...values };
    void this.#step(() => this.#openLink({ ...settings, connectionData }));
  }

  /** Goes on with an attempt whose page was reloaded, or that was begun in another tab. */
  resume({ attempt, connectedAccountId, expiresAt }: AttemptRecord, known: ConnectedAccount | undefined): void {
    this.#resumed = true;
    this.#host.dispatch({ type: 'resumed', attempt, connectedAccountId });
    if (known && this.#report(known)) return;
    this.#watch.watch(connectedAccountId, expiresAt - this.#host.ports.clock.wallNow());
    this.#watch.hint();
  }

  focusWindow(): void {
    this.#windows.focus();
  }

  /** Opens the same link in another window. Call it in a user gesture. Answers whether the browser let it. */
  reopen(): boolean {
    const { ports, dispatch } = this.#host;
    // Another name than the first one's: that window may still be open, and belongs to the same attempt.
    const opened = this.#windows.open(`${this.id}-${ports.clock.now()}`);
    dispatch({ type: opened ? 'window-opened' : 'window-refused', attempt: this.id });
    // After a reload the link is gone; the backend gives the same one again while it lives.
    if (!this.#redirectUrl) void this.#openAnotherLink();
    else if (opened) this.#windows.send(this.#redirectUrl);
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

  /** What the user can mend goes back to the form; any other failure ends the attempt. */
  async #step(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (thrown) {
      if (this.#ended.signal.aborted) return;
      const error = toConnectErrorInfo(thrown);
      this.#windows.close();
      if (isFixableInForm(error, this.#host.authConfig(), this.#host.settings))
        this.#host.dispatch({ type: 'fields-refused', attempt: this.id, problems: {}, error });
      else await this.#endRefused(error);
    }
  }

  async #openLink(settings: ConnectSettings): Promise<void> {
    const { ports, dispatch } = this.#host;
    this.#windows.requirePossible();
    const { connectedAccountId, redirectUrl, life } = await createLink(this.id, settings, ports, this.#ended.signal);
    this.#redirectUrl = redirectUrl;
    const expiresAt = ports.clock.wallNow() + life;
    const { replaces } = this.#host;
    const record = { attempt: this.id, connectedAccountId, expiresAt, ...(replaces && { replaces: replaces.id }) };
    ports.storage.save(settings.storageKey, record);
    dispatch({ type: 'link-created', attempt: this.id, connectedAccountId, opened: this.#windows.any });
    this.#windows.send(redirectUrl);
    this.#watch.watch(connectedAccountId, life);
  }

  /** A failure is told and ends nothing: the window from before the reload may still be open, and finish. */
  async #openAnotherLink(): Promise<void> {
    try {
      await this.#openLink(this.#host.settings);
    } catch (thrown) {
      if (this.#ended.signal.aborted) return;
      const error = toConnectErrorInfo(thrown);
      this.#windows.close();
      const account = await findConflictingAccount(error, this.#host.settings, this.#ended.signal);
      if (account) this.#end({ status: 'connected', account }, account);
      else this.#host.dispatch({ type: 'reopen-failed', attempt: this.id, error });
    }
  }

  async #create(settings: ConnectSettings, credentials: Readonly<Record<string, string>>): Promise<void> {
    const { client, userId, authConfigId, alias, allowMultiple } = settings;
    const { signal } = this.#ended;
    this.#host.dispatch({ type: 'fields-sent', attempt: this.id });
    const account = { credentials, allowMultiple, ...(alias && { alias }) };
    const { id } = await client.initiate(userId, authConfigId, account, { signal });
    signal.throwIfAborted();
    this.#host.dispatch({ type: 'account-created', attempt: this.id, connectedAccountId: id });
    this.#watch.watch(id, LINK_LIFETIME_MS);
    this.#watch.hint();
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
    this.#watch.hint();
  }

  /** A failure, unless what the user wanted is there already. */
  async #endRefused(error: ConnectErrorInfo): Promise<void> {
    const account = await findConflictingAccount(error, this.#host.settings, this.#ended.signal);
    this.#end(account ? { status: 'connected', account } : { status: 'failed', error }, account ?? undefined);
  }

  /** Ends it while the user cannot have finished: the window is of no more use. */
  #endEarly(outcome: ConnectOutcome): void {
    if (this.#ended.signal.aborted) return;
    this.#windows.close();
    this.#end(outcome);
  }

  #end(outcome: ConnectOutcome, account?: ConnectedAccount): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    settleRecord(this.#host.ports.storage, this.#host.settings.storageKey, outcome);
    if (outcome.status === 'connected') this.#windows.closeLater(this.#host.life);
    const { replaces } = this.#host;
    const accounts = { ...(account && { account }), ...(replaces && { replaces }) };
    this.#host.dispatch({ type: 'ended', attempt: this.id, outcome, ...accounts });
    this.#resolve(outcome);
  }
}
