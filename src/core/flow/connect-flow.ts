import { type AccountsChange, AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectErrorInfo, toConnectErrorInfo } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import { createAttemptId } from '../model/crypto.js';
import type { ConnectPorts } from '../model/ports.js';
import { recordToResume } from './attempt-record.js';
import { sandboxedError } from './authorization-windows.js';
import { ConnectAttempt } from './connect-attempt.js';
import { type ConnectSettings, configurationError, connectMethod } from './connect-settings.js';
import { type CancelReason, type ConnectOutcome, type ConnectState, INITIAL_STATE, isBusy } from './connect-state.js';
import { type ConnectEvent, transition } from './connect-transition.js';
import { chooseAccount, type LoadedConnection, loadConnection, loadedError } from './existing-account.js';

/** Hears of every change of state, with the event that made it. */
export type ConnectListener = (state: ConnectState, previous: ConnectState, event: ConnectEvent) => void;

/**
 * Runs the flow of one `<connect-account>`: holds the state, performs the effects, and lets one attempt run at a time.
 * What may follow what stands in {@link transition}.
 */
export class ConnectFlow {
  readonly #ports: ConnectPorts;
  readonly #listeners = new Set<ConnectListener>();
  #state: ConnectState = INITIAL_STATE;
  #settings: ConnectSettings | null = null;
  #store: AccountsStore | null = null;
  #attempt: ConnectAttempt | null = null;
  /** Ends with the settings that it began with. */
  #life = new AbortController();
  #loaded: Promise<ConnectedAccount | null> = Promise.resolve(null);
  /** What could not be read is read again for the next attempt, which else would not know what to ask. */
  #readingFailed = false;

  constructor(ports: ConnectPorts) {
    this.#ports = ports;
  }

  get state(): ConnectState {
    return this.#state;
  }

  /** The link of the attempt under way, for the one `<a>` that may show it. */
  get redirectUrl(): string | null {
    return this.#attempt?.redirectUrl ?? null;
  }

  /** The answer unsubscribes. */
  subscribe(listener: ConnectListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins anew with other settings: reads what exists, and goes on with an attempt that a reload interrupted. */
  start(settings: ConnectSettings): void {
    this.stop('host');
    const { clock, page } = this.#ports;
    this.#life = new AbortController();
    this.#settings = settings;
    this.#readingFailed = false;
    this.#loaded = Promise.resolve(null);
    this.#dispatch({ type: 'load-started', allowMultiple: settings.allowMultiple });
    const store = settings.store ?? new AccountsStore({ ...settings, clock, page });
    this.#store = store;
    const error = configurationError(settings) ?? this.#originError();
    if (error) {
      this.#dispatch({ type: 'load-failed', error });
      return;
    }
    const { signal } = this.#life;
    const unsubscribe = store.subscribe((change) => this.#follow(change, settings, store), settings.client);
    signal.addEventListener('abort', unsubscribe);
    this.#loaded = this.#load(settings, store, signal);
  }

  /** Takes on settings that matter to the next attempt only. */
  adjust(settings: ConnectSettings): void {
    this.#settings = settings;
  }

  /** Ends everything: no timer, listener or request is left. */
  stop(reason: CancelReason): void {
    this.cancel(reason);
    this.#life.abort();
    this.#settings = null;
  }

  /**
   * Begins an attempt, or answers the one under way. Opens the window before its first await: call it in a user gesture.
   * @param attempt from {@link createAttemptId}
   * @param replaces the account whose place the new one is to take: it keeps its name and may be ACTIVE still. The end
   * of the attempt hands it on, for `finishReconnect`.
   */
  connect(attempt: string = createAttemptId(), replaces: ConnectedAccount | null = null): Promise<ConnectOutcome> {
    if (this.#attempt && isBusy(this.#state)) {
      this.#attempt.focusWindow();
      return this.#attempt.outcome;
    }
    const settings = this.#settings;
    if (!settings) return Promise.resolve({ status: 'cancelled', reason: 'removed' });
    const error = configurationError(settings);
    if (error) {
      this.#dispatch({ type: 'started', attempt });
      this.#dispatch({ type: 'ended', attempt, outcome: { status: 'failed', error } });
      return Promise.resolve({ status: 'failed', error });
    }
    if (this.#readingFailed && this.#store) this.#loaded = this.#load(settings, this.#store, this.#life.signal);
    this.#attempt = this.#createAttempt(settings, attempt, replaces);
    // An auth config that is not known yet most likely needs a window, and it can be had in this gesture only.
    if (connectMethod(this.#state.authConfig, settings) === 'hosted') this.#attempt.openWindow();
    this.#dispatch({ type: 'started', attempt });
    void this.#attempt.run();
    return this.#attempt.outcome;
  }

  /** Opens the link of the attempt under way in another window. Call it in a user gesture. */
  reopen(): boolean {
    return this.#attempt?.reopen() ?? false;
  }

  /** The user's answers, by field name. Call it in a user gesture: a window may open. Does nothing when nothing was asked. */
  submit(typed: Readonly<Record<string, string>>, alias?: string): void {
    if (this.#state.phase === 'collecting-credentials') this.#attempt?.submit(typed, alias);
  }

  /** The user followed the real link that stands in place of a refused window. */
  followedLink(): void {
    this.#attempt?.followedLink();
  }

  cancel(reason: CancelReason): void {
    this.#attempt?.cancel(reason);
    this.#attempt = null;
  }

  /** An action on the account has begun, or has failed; whoever asked for it says so here. */
  reportAction(error: ConnectErrorInfo | null): void {
    this.#dispatch(error ? { type: 'action-failed', error } : { type: 'action-started' });
  }

  async #load(settings: ConnectSettings, store: AccountsStore, signal: AbortSignal): Promise<ConnectedAccount | null> {
    this.#readingFailed = false;
    try {
      const loaded = await loadConnection(store, settings.authConfigId, () => this.#ports.clock.wallNow());
      if (signal.aborted) return null;
      const { authConfig, account } = loaded;
      const refusal = loadedError(loaded);
      if (refusal) {
        this.#dispatch({ type: 'load-failed', error: refusal, authConfig });
        return null;
      }
      this.#dispatch({ type: 'loaded', authConfig, account });
      this.#resume(settings, loaded);
      return account;
    } catch (thrown) {
      if (signal.aborted) return null;
      this.#readingFailed = true;
      this.#dispatch({ type: 'load-failed', error: toConnectErrorInfo(thrown) });
      return null;
    }
  }

  /** A page without an origin has neither a session nor a storage of its own. */
  #originError(): ConnectErrorInfo | null {
    return this.#ports.pageOrigin === 'null' ? sandboxedError() : null;
  }

  /** Another element, another tab, an action or the provider changed an account. */
  #follow(change: AccountsChange, { authConfigId }: ConnectSettings, store: AccountsStore): void {
    if (change.type === 'revalidate' || change.account.authConfig.id !== authConfigId) return;
    if (this.#state.phase === 'loading') return;
    const { account } = chooseAccount(store.accountsOf(authConfigId), this.#ports.clock.wallNow());
    if (account !== this.#state.account) this.#dispatch({ type: 'account-changed', account });
  }

  #resume(settings: ConnectSettings, loaded: LoadedConnection): void {
    if (isBusy(this.#state)) return;
    const { storage, clock } = this.#ports;
    const record = storage.load(settings.storageKey);
    const resumable = recordToResume(record, loaded, settings.allowMultiple, clock.wallNow());
    if (!resumable) storage.remove(settings.storageKey);
    if (!resumable || resumable.cancelled) return;
    const { account } = loaded;
    const replaces = account?.id === resumable.replaces ? account : null;
    this.#attempt = this.#createAttempt(settings, resumable.attempt, replaces);
    this.#attempt.resume(resumable, account?.id === resumable.connectedAccountId ? account : undefined);
  }

  #createAttempt(settings: ConnectSettings, id: string, replaces: ConnectedAccount | null): ConnectAttempt {
    const store = this.#store;
    const dispatch = (event: ConnectEvent) => {
      this.#dispatch(event);
      // What the server said of the account at the end is news for the other elements too.
      if (event.type === 'ended' && event.account) store?.apply(event.account);
    };
    const authConfig = () => this.#state.authConfig;
    const { signal: life } = this.#life;
    const attempt = { settings: replaces ? replacing(settings, replaces) : settings, replaces };
    return new ConnectAttempt({ ...attempt, ports: this.#ports, loaded: this.#loaded, authConfig, life, dispatch }, id);
  }

  #dispatch(event: ConnectEvent): void {
    const previous = this.#state;
    this.#state = transition(previous, event);
    if (this.#state === previous) return;
    for (const listener of this.#listeners) listener(this.#state, previous, event);
  }
}

/** The old account is there until the new one works, and has its name until then. */
function replacing(settings: ConnectSettings, { alias }: ConnectedAccount): ConnectSettings {
  return { ...settings, allowMultiple: true, alias: alias ? undefined : settings.alias };
}
