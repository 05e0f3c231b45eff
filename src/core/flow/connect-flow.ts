import { type AccountsChange, AccountsStore } from '../accounts/accounts-store.js';
import { type ConnectErrorInfo, toConnectErrorInfo } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import { createAttemptId } from '../model/crypto.js';
import { LatePart } from '../model/late-part.js';
import type { ConnectPorts, FrontPorts } from '../model/ports.js';
import type { ConnectAttempt } from './connect-attempt.js';
import { type ConnectSettings, configurationError, connectMethod } from './connect-settings.js';
import { type CancelReason, type ConnectOutcome, type ConnectState, INITIAL_STATE, isBusy } from './connect-state.js';
import { type ConnectEvent, transition } from './connect-transition.js';
import { chooseAccount, type LoadedConnection, loadConnection, loadedError } from './existing-account.js';
import { StartedAttempt, sandboxedError } from './started-attempt.js';

/** The steps of an attempt. Nothing of them is needed before a click. */
export const attemptPart = new LatePart(() => import('./connect-attempt.js'));

/** Called on every change of state, with the event that caused it. */
export type ConnectListener = (state: ConnectState, previous: ConnectState, event: ConnectEvent) => void;

/**
 * Runs the flow of one connection: holds the state, performs the effects, and runs one attempt at a time.
 * See {@link transition} for the allowed transitions.
 */
export class ConnectFlow {
  readonly #ports: ConnectPorts | FrontPorts;
  readonly #listeners = new Set<ConnectListener>();
  #state: ConnectState = INITIAL_STATE;
  #settings: ConnectSettings | null = null;
  #store: AccountsStore | null = null;
  #started: StartedAttempt | null = null;
  /** The steps of the started attempt, once their part is loaded. */
  #attempt: ConnectAttempt | null = null;
  /** Aborted when the settings change. */
  #lifetime = new AbortController();
  #loaded: Promise<void> = Promise.resolve();
  /** Set when loading failed. The next `connect()` retries it, because the auth config decides which form to show. */
  #hasLoadFailed = false;

  constructor(ports: ConnectPorts | FrontPorts) {
    this.#ports = ports;
  }

  /** The current state, frozen. */
  get state(): ConnectState {
    return this.#state;
  }

  /** The link of the current attempt, a bearer capability, or null. Show it only in the `href` of an `<a>`. */
  get redirectUrl(): string | null {
    return this.#attempt?.redirectUrl ?? null;
  }

  /** Calls `listener` on every change of state. Returns a function that unsubscribes. */
  subscribe(listener: ConnectListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts with these settings: reads the user's accounts, and resumes an attempt that a reload interrupted. A current
   * attempt is cancelled first.
   */
  start(settings: ConnectSettings): void {
    this.stop('host');
    const { clock, page } = this.#ports;
    this.#lifetime = new AbortController();
    this.#settings = settings;
    this.#hasLoadFailed = false;
    this.#loaded = Promise.resolve();
    this.#dispatch({ type: 'load-started', allowMultiple: settings.allowMultiple });
    const store = settings.store ?? new AccountsStore({ ...settings, clock, page });
    this.#store = store;
    const error = this.#configurationError(settings) ?? this.#originError();
    if (error) {
      this.#dispatch({ type: 'load-failed', error });
      return;
    }
    const { signal } = this.#lifetime;
    const unsubscribe = store.subscribe((change) => this.#follow(change, settings, store), settings.client);
    signal.addEventListener('abort', unsubscribe);
    this.#loaded = this.#load(settings, store, signal);
  }

  /** Replaces settings that matter only to the next attempt. For others call {@link start}. */
  adjust(settings: ConnectSettings): void {
    this.#settings = settings;
  }

  /** Stops everything. No timer, listener or request is left. */
  stop(reason: CancelReason): void {
    this.cancel(reason);
    this.#lifetime.abort();
    this.#settings = null;
  }

  /** Loads the steps of an attempt ahead of it, at a sign that the user is about to connect. */
  prepare(): void {
    this.#loadSteps().catch(() => {});
  }

  /**
   * Starts connecting, or returns the promise of the attempt in progress, whose window it focuses, or opens again if that is
   * gone. Call it in a user gesture, because it opens the window before its first await.
   * @param attempt id from {@link createAttemptId}
   * @param replaces the account that the new one is to replace. It keeps its name and may still be ACTIVE. The event at
   * the end of the attempt carries it, for `finishReconnect`.
   * @returns the outcome. Never rejects.
   */
  connect(attempt: string = createAttemptId(), replaces: ConnectedAccount | null = null): Promise<ConnectOutcome> {
    const state = this.#state;
    if (this.#started && isBusy(state)) {
      // A window that is not known may be open, and a page may call this at each load.
      const isGone = state.phase === 'awaiting-authorization' && state.window === 'closed';
      if (isGone || state.phase === 'popup-blocked') this.reopen();
      else this.#started.window?.focus();
      return this.#started.outcome;
    }
    const settings = this.#settings;
    if (!settings) return Promise.resolve({ status: 'cancelled', reason: 'removed' });
    const error = this.#configurationError(settings);
    if (error) {
      const outcome = { status: 'failed', error } as const;
      this.#dispatch({ type: 'started', attempt });
      this.#dispatch({ type: 'ended', attempt, outcome });
      return Promise.resolve(outcome);
    }
    if (this.#hasLoadFailed && this.#store) this.#loaded = this.#load(settings, this.#store, this.#lifetime.signal);
    const started = this.#startAttempt(attempt, replaces);
    // An auth config that is not known yet most likely needs a window, which only this gesture allows.
    if (connectMethod(state.authConfig, settings) === 'hosted') started.openWindow();
    this.#dispatch({ type: 'started', attempt });
    void this.#continue(started, settings, replaces, (steps) => void steps.run());
    return started.outcome;
  }

  /** Opens the link of the current attempt in another window. Call it in a user gesture. Returns whether it opened. */
  reopen(): boolean {
    return this.#attempt?.reopen() ?? false;
  }

  /** Sends the user's input, by field name. Call it in a user gesture, because a window may open. Ignored in other phases. */
  submit(typed: Readonly<Record<string, string>>, alias?: string): void {
    if (this.#state.phase === 'collecting-credentials') this.#attempt?.submit(typed, alias);
  }

  /** Records that the user followed the real link that replaces a blocked window. */
  followedLink(): void {
    this.#attempt?.followedLink();
  }

  /** Cancels the current attempt. */
  cancel(reason: CancelReason): void {
    const attempt = this.#attempt ?? this.#started;
    this.#attempt = null;
    this.#started = null;
    // A listener may begin the next attempt while it hears of the end of this one.
    attempt?.cancel(reason);
  }

  async #load(settings: ConnectSettings, store: AccountsStore, signal: AbortSignal): Promise<void> {
    this.#hasLoadFailed = false;
    try {
      const loaded = await loadConnection(store, settings.authConfigId, () => this.#ports.clock.wallNow());
      if (signal.aborted) return;
      const { authConfig, account } = loaded;
      const refusal = loadedError(loaded);
      if (refusal) {
        this.#dispatch({ type: 'load-failed', error: refusal, authConfig });
        return;
      }
      const isKept = Boolean(this.#ports.storage.load(settings.storageKey));
      // An attempt that a reload interrupted goes on at once, so its steps come before anything else is offered.
      if ((isKept || loaded.pending) && !this.#steps) await this.#loadSteps();
      if (signal.aborted) return;
      this.#dispatch({ type: 'loaded', authConfig, account });
      if (isKept || loaded.pending) this.#resume(settings, loaded);
    } catch (error) {
      if (signal.aborted) return;
      this.#hasLoadFailed = true;
      this.#dispatch({ type: 'load-failed', error: this.#describe(toConnectErrorInfo(error)) });
    }
  }

  #configurationError(settings: ConnectSettings): ConnectErrorInfo | null {
    const error = configurationError(settings);
    return error && this.#describe(error);
  }

  #describe(error: ConnectErrorInfo): ConnectErrorInfo {
    return this.#ports.describeError?.(error) ?? error;
  }

  /** Refuses a page without an origin, which has neither a session nor storage of its own. */
  #originError(): ConnectErrorInfo | null {
    return this.#ports.pageOrigin === 'null' ? sandboxedError() : null;
  }

  /** Follows a change of an account that another element, another tab, an action or the provider made. */
  #follow(change: AccountsChange, { authConfigId }: ConnectSettings, store: AccountsStore): void {
    if (change.type === 'revalidate' || change.account.authConfig.id !== authConfigId) return;
    if (this.#state.phase === 'loading') return;
    const { account } = chooseAccount(store.accountsOf(authConfigId), this.#ports.clock.wallNow());
    if (account !== this.#state.account) this.#dispatch({ type: 'account-changed', account });
  }

  #resume(settings: ConnectSettings, loaded: LoadedConnection): void {
    const steps = this.#steps;
    if (isBusy(this.#state) || !steps) return;
    const { storage, clock } = steps.ports;
    const record = storage.load(settings.storageKey);
    const resumable = steps.resumableRecord(record, loaded, settings.allowMultiple, clock.wallNow());
    if (!resumable) storage.remove(settings.storageKey);
    if (!resumable || resumable.cancelled) return;
    const { account, pending } = loaded;
    const replaces = account?.id === resumable.replaces ? account : null;
    const known = [account, pending].find((one) => one?.id === resumable.connectedAccountId);
    const started = this.#startAttempt(resumable.attempt, replaces);
    void this.#continue(started, settings, replaces, (steps) => steps.resume(resumable, known));
  }

  /** The steps of an attempt and all ports, or null until they are loaded. */
  get #steps() {
    const { loaded: steps } = attemptPart;
    const ports = allPorts(this.#ports);
    return steps && ports && { ...steps, ports };
  }

  async #loadSteps() {
    const ports = this.#ports;
    const [steps] = await Promise.all([attemptPart.load(), 'attemptPorts' in ports && ports.attemptPorts.load()]);
    return { ...steps, ports: allPorts(ports) as ConnectPorts };
  }

  #startAttempt(id: string, replaces: ConnectedAccount | null): StartedAttempt {
    const store = this.#store;
    const started = new StartedAttempt(id, this.#ports.openWindow, (outcome, account) => {
      const accounts = { ...(account && { account }), ...(replaces && { replaces }) };
      this.#dispatch({ type: 'ended', attempt: id, outcome, ...accounts });
      // The account's final status is news for the other elements too.
      if (account) store?.upsert(account);
    });
    this.#started = started;
    this.#attempt = null;
    return started;
  }

  /** Takes the next step of an attempt: at once if its part is loaded, otherwise as soon as it is. */
  async #continue(
    started: StartedAttempt,
    settings: ConnectSettings,
    replaces: ConnectedAccount | null,
    step: (attempt: ConnectAttempt) => void,
  ): Promise<void> {
    const context = {
      settings: replaces ? replacing(settings, replaces) : settings,
      replaces,
      loaded: this.#loaded,
      hostSignal: this.#lifetime.signal,
      known: () => this.#state,
      dispatch: (event: ConnectEvent) => this.#dispatch(event),
    };
    try {
      const { ConnectAttempt, ports } = this.#steps ?? (await this.#loadSteps());
      if (started.signal.aborted) return;
      this.#attempt = new ConnectAttempt({ ...context, ports }, started);
      step(this.#attempt);
    } catch (error) {
      started.closeWindows();
      started.end({ status: 'failed', error: toConnectErrorInfo(error) });
    }
  }

  #dispatch(event: ConnectEvent): void {
    const previous = this.#state;
    const state = transition(previous, event);
    this.#state = state;
    // A listener may cause the next transition. The others hear of this one all the same.
    if (state !== previous) for (const listener of this.#listeners) listener(state, previous, event);
  }
}

/** Returns settings for a replacement. The old account stays until the new one works, and keeps its name until then. */
function replacing(settings: ConnectSettings, { alias }: ConnectedAccount): ConnectSettings {
  return { ...settings, allowMultiple: true, alias: alias ? undefined : settings.alias };
}

/** Returns all ports, or null until those of an attempt are loaded. */
function allPorts(ports: ConnectPorts | FrontPorts): ConnectPorts | null {
  if (!('attemptPorts' in ports)) return ports;
  const { loaded } = ports.attemptPorts;
  return loaded && { ...ports, ...loaded };
}
