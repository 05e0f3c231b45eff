import { createAttemptId } from './binding-verifier.js';
import { LINK_LIFE } from './choose-account.js';
import { ConnectAttempt } from './connect-attempt.js';
import { toConnectError } from './connect-error.js';
import { planOf } from './connect-plan.js';
import { type ConnectSettings, configurationError } from './connect-settings.js';
import { type CancelReason, type ConnectOutcome, type ConnectState, INITIAL_STATE, isBusy } from './connect-state.js';
import { type ConnectEvent, transition } from './connect-transition.js';
import type { ConnectedAccount } from './connection-types.js';
import { type LoadedConnection, loadConnection } from './load-connection.js';
import type { AttemptRecord, ConnectPorts } from './ports.js';

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
  #attempt: ConnectAttempt | null = null;
  /** Ends with the settings that it began with. */
  #life = new AbortController();
  #loaded: Promise<ConnectedAccount | null> = Promise.resolve(null);
  /** The life in which an action on the account is under way. */
  #acting: AbortSignal | null = null;

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
    this.#life = new AbortController();
    this.#settings = settings;
    this.#dispatch({ type: 'load-started', allowMultiple: settings.allowMultiple });
    this.#loaded = this.#load(settings, this.#life.signal);
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
   */
  connect(attempt: string = createAttemptId()): Promise<ConnectOutcome> {
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
    this.#attempt = this.#createAttempt(settings, attempt);
    // An auth config that is not known yet most likely needs a window, and it can be had in this gesture only.
    if (planOf(this.#state.authConfig, settings) === 'link') this.#attempt.openWindow();
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

  /** Disconnects the account. Answers whether the server confirmed it; if not, `state.error` says why. */
  async disconnect(): Promise<ConnectedAccount | null> {
    return this.#act(async (account, { client, userId }, signal) => {
      await client.delete(account.id, { userId, signal });
      signal.throwIfAborted();
      this.#dispatch({ type: 'account-changed', account: null });
      return account;
    });
  }

  /** Switches an INACTIVE account on again. Answers it as it is then, or null when that failed. */
  async enable(): Promise<ConnectedAccount | null> {
    return this.#act(async ({ id }, { client, userId }, signal) => {
      const account = await client.enable(id, { userId, signal });
      signal.throwIfAborted();
      this.#dispatch({ type: 'account-changed', account });
      return account;
    });
  }

  async #act(
    action: (account: ConnectedAccount, settings: ConnectSettings, signal: AbortSignal) => Promise<ConnectedAccount>,
  ): Promise<ConnectedAccount | null> {
    const { signal } = this.#life;
    const { account } = this.#state;
    // Ten clicks are one action.
    if (!account || !this.#settings || signal.aborted || this.#acting === signal) return null;
    this.#acting = signal;
    try {
      return await action(account, this.#settings, signal);
    } catch (thrown) {
      if (!signal.aborted) this.#dispatch({ type: 'action-failed', error: toConnectError(thrown) });
      return null;
    } finally {
      if (this.#acting === signal) this.#acting = null;
    }
  }

  async #load(settings: ConnectSettings, signal: AbortSignal): Promise<ConnectedAccount | null> {
    const error = configurationError(settings);
    if (error) {
      this.#dispatch({ type: 'load-failed', error });
      return null;
    }
    try {
      const loaded = await loadConnection(settings, this.#ports.clock.wallNow(), signal);
      if (signal.aborted) return null;
      this.#dispatch({ type: 'loaded', authConfig: loaded.authConfig, account: loaded.account });
      this.#resume(settings, loaded);
      return loaded.account;
    } catch (thrown) {
      if (!signal.aborted) this.#dispatch({ type: 'load-failed', error: toConnectError(thrown) });
      return null;
    }
  }

  #resume(settings: ConnectSettings, loaded: LoadedConnection): void {
    if (isBusy(this.#state)) return;
    const { storage, clock } = this.#ports;
    const record = storage.load(settings.storageKey);
    const { account } = loaded;
    // Connected meanwhile, in another tab: there is nothing left to finish.
    const isDone = account?.status === 'ACTIVE' && !settings.allowMultiple && account.id !== record?.connectedAccountId;
    const resumable = isDone ? null : recordToResume(record, loaded.pending, clock.wallNow());
    if (!resumable) storage.remove(settings.storageKey);
    if (!resumable || resumable.cancelled) return;
    this.#attempt = this.#createAttempt(settings, resumable.attempt);
    this.#attempt.resume(resumable, account?.id === resumable.connectedAccountId ? account : undefined);
  }

  #createAttempt(settings: ConnectSettings, id: string): ConnectAttempt {
    const dispatch = (event: ConnectEvent) => this.#dispatch(event);
    const authConfig = () => this.#state.authConfig;
    const host = { settings, ports: this.#ports, loaded: this.#loaded, authConfig, life: this.#life.signal, dispatch };
    return new ConnectAttempt(host, id);
  }

  #dispatch(event: ConnectEvent): void {
    const previous = this.#state;
    this.#state = transition(previous, event);
    if (this.#state === previous) return;
    for (const listener of this.#listeners) listener(this.#state, previous, event);
  }
}

/** This page's own attempt, if it may still be finished; else one that the server tells of. */
function recordToResume(
  record: AttemptRecord | null,
  pending: LoadedConnection['pending'],
  wallNow: number,
): AttemptRecord | null {
  // Called off here is not called off elsewhere: what is pending may be another tab's.
  const isOther = record?.cancelled === true && pending !== null && pending.id !== record.connectedAccountId;
  if (record && record.expiresAt > wallNow && !isOther) return record;
  if (!pending) return null;
  const expiresAt = Date.parse(pending.createdAt) + LINK_LIFE;
  return { attempt: createAttemptId(), connectedAccountId: pending.id, expiresAt };
}
