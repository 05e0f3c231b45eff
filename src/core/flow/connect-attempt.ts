import { askedFields, collectedValues, fieldProblems } from '../accounts/credential-fields.js';
import type { CallbackBriefing } from '../model/callback-protocol.js';
import { wait } from '../model/clock.js';
import { type ConnectErrorInfo, connectErrorInfo, toConnectErrorInfo } from '../model/connect-error.js';
import { offered } from '../model/connection-client.js';
import {
  type AuthConfig,
  type ConnectedAccount,
  isPending,
  isRedirectScheme,
  LINK_LIFETIME_MS,
} from '../model/connection-types.js';
import type { AttemptRecord, ConnectPorts } from '../model/ports.js';
import { AccountPoller } from '../polling/account-poller.js';
import { statusError } from '../polling/poll.js';
import { closeRecord, runningAttempts } from './attempt-record.js';
import { type ConnectSettings, connectMethod } from './connect-settings.js';
import type { CancelReason, ConnectOutcome, ConnectState } from './connect-state.js';
import type { ConnectEvent } from './connect-transition.js';
import { bindToBrowser, createLink, withAttempt } from './create-link.js';
import type { StartedAttempt } from './started-attempt.js';
import { watchWindow } from './watch-window.js';

export { resumableRecord } from './attempt-record.js';

/** The callback page closes itself. A window that is still open this long after the end is closed from here. */
const CLOSE_AFTER_MS = 5000;

/** The flow's side of an attempt. */
export interface AttemptContext {
  readonly settings: ConnectSettings;
  readonly ports: ConnectPorts;
  /** The account that the new one replaces. */
  readonly replaces: ConnectedAccount | null;
  /** Resolves once loading is over. Never rejects. */
  readonly loaded: Promise<void>;
  /** Returns what is known of the connection now. */
  known(): Pick<ConnectState, 'authConfig' | 'account'>;
  /** Aborted when the flow stops or gets other settings. */
  readonly hostSignal: AbortSignal;
  dispatch(event: ConnectEvent): void;
}

/** Runs one attempt: creates the link, sends the window there, and polls until the server has decided. */
export class ConnectAttempt {
  readonly id: string;
  readonly #context: AttemptContext;
  readonly #started: StartedAttempt;
  readonly #poller: AccountPoller;
  /** Stops watching the newest window. */
  #watching = new AbortController();
  #redirectUrl: string | null = null;
  #briefing: CallbackBriefing = {};
  #resumed = false;

  constructor(context: AttemptContext, started: StartedAttempt) {
    this.#context = context;
    this.#started = started;
    const { id } = started;
    this.id = id;
    const { settings, ports, dispatch } = context;
    const { client, userId, authConfigId, timeout } = settings;
    const { clock, page } = ports;
    this.#poller = new AccountPoller({
      ...{ client, userId, authConfigId, timeout, clock, page },
      onReport: (account) => this.#report(account),
      onRetrying: () => dispatch({ type: 'retrying', attempt: id }),
      onGiveUp: (error) => this.#end({ status: 'failed', error: this.#explain(error) }),
    });
    // Listen before the window navigates: a provider with a live session sends the user back within 100 ms.
    const stopListening = ports.listenForCallback((attempt) => this.#onCallback(attempt));
    runningAttempts.add(id);
    started.signal.addEventListener('abort', () => {
      runningAttempts.delete(id);
      stopListening();
      this.#watching.abort();
      this.#poller.stop();
    });
  }

  /** The link, a bearer capability. Only the element's `<a>` may show it. */
  get redirectUrl(): string | null {
    return this.#redirectUrl;
  }

  /** Goes to the provider, asks for the fields, or connects at once, depending on the auth config. */
  run(): Promise<void> {
    return this.#step(async () => {
      const { settings, loaded } = this.#context;
      await loaded;
      if (this.#started.signal.aborted) return;
      // The account that was there at load may have been disconnected since.
      const { authConfig, account } = this.#context.known();
      if (account?.status === 'ACTIVE' && !settings.allowMultiple) {
        return this.#endEarly({ status: 'connected', account });
      }
      const method = connectMethod(authConfig, settings);
      if (method === 'hosted') return this.#openLink(settings);
      this.#started.closeWindows();
      if (method === 'direct') return this.#create(settings, {});
      this.#context.dispatch({ type: 'fields-needed', attempt: this.id });
    });
  }

  /** Sends the user's input, by field name. Call it in a user gesture, because a window may open. */
  submit(typed: Readonly<Record<string, string>>, alias?: string): void {
    const { authConfig } = this.#context.known();
    if (!authConfig) return;
    const values = collectedValues(authConfig, typed);
    const problems = fieldProblems(authConfig, values);
    if (Object.keys(problems).length > 0) {
      this.#context.dispatch({ type: 'fields-refused', attempt: this.id, problems, error: null });
      return;
    }
    const settings = { ...this.#context.settings, ...(alias !== undefined && { alias }) };
    if (!isRedirectScheme(authConfig.authScheme)) {
      void this.#step(() => this.#create(settings, values));
      return;
    }
    this.#started.openWindow();
    this.#context.dispatch({ type: 'link-requested', attempt: this.id });
    const connectionData = { ...settings.connectionData, ...values };
    void this.#step(() => this.#openLink({ ...settings, connectionData }));
  }

  /** Resumes an attempt after a reload, or one that was started in another tab. */
  resume({ connectedAccountId, expiresAt }: AttemptRecord, known: ConnectedAccount | null | undefined): void {
    this.#resumed = true;
    const status = known && isPending(known) ? known.status : undefined;
    this.#context.dispatch({ type: 'resumed', attempt: this.id, connectedAccountId, status });
    if (known && this.#report(known)) return;
    this.#poller.start(connectedAccountId, expiresAt - this.#context.ports.clock.wallNow());
    this.#poller.hint();
  }

  focusWindow(): void {
    this.#started.window?.focus();
  }

  /** Opens the same link in another window. Call it in a user gesture. Returns whether the browser allowed it. */
  reopen(): boolean {
    const { ports, dispatch } = this.#context;
    // The name must differ from the first window's, which may still be open for the same attempt.
    const opened = this.#started.openWindow(`${this.id}-${ports.clock.now()}`);
    dispatch({ type: opened ? 'window-opened' : 'window-refused', attempt: this.id });
    // After a reload the link is gone. The backend returns the same one again until it expires.
    if (!this.#redirectUrl) void this.#openAnotherLink();
    else if (opened) this.#navigate(this.#redirectUrl);
    return opened;
  }

  /** Records that the user followed the real link. There is a window now, but no handle on it. */
  followedLink(): void {
    this.#context.dispatch({ type: 'link-followed', attempt: this.id });
  }

  cancel(reason: CancelReason): void {
    // The user may be about to finish, unless the window is still empty.
    if (reason === 'removed' && this.#redirectUrl) this.#end({ status: 'cancelled', reason });
    else this.#endEarly({ status: 'cancelled', reason });
  }

  /** Runs a step. An error that the user can fix goes back to the form; any other one ends the attempt. */
  async #step(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (this.#started.signal.aborted) return;
      const info = toConnectErrorInfo(error);
      this.#started.closeWindows();
      if (isFixableInForm(info, this.#context.known().authConfig, this.#context.settings))
        this.#context.dispatch({ type: 'fields-refused', attempt: this.id, problems: {}, error: info });
      else await this.#endRefused(info);
    }
  }

  async #openLink(settings: ConnectSettings): Promise<void> {
    const { ports, dispatch } = this.#context;
    this.#started.assertNotSandboxed();
    const link = await createLink(this.id, settings, ports, this.#started.signal);
    const { connectedAccountId, status, redirectUrl, briefing, lifetimeMs } = link;
    this.#redirectUrl = redirectUrl;
    this.#briefing = briefing;
    const expiresAt = ports.clock.wallNow() + lifetimeMs;
    const { replaces } = this.#context;
    const record = { attempt: this.id, connectedAccountId, expiresAt, ...(replaces && { replaces: replaces.id }) };
    ports.storage.save(settings.storageKey, record);
    dispatch({
      type: 'link-created',
      attempt: this.id,
      connectedAccountId,
      status,
      opened: this.#started.window !== undefined,
    });
    this.#navigate(redirectUrl);
    this.#poller.start(connectedAccountId, lifetimeMs);
  }

  /** Creates another link. A failure does not end the attempt, because the window from before the reload may still finish. */
  async #openAnotherLink(): Promise<void> {
    try {
      await this.#openLink(this.#context.settings);
    } catch (error) {
      if (this.#started.signal.aborted) return;
      const info = toConnectErrorInfo(error);
      this.#started.closeWindows();
      const account = await findConflictingAccount(info, this.#context.settings, this.#started.signal);
      if (account) this.#end({ status: 'connected', account }, account);
      else this.#context.dispatch({ type: 'reopen-failed', attempt: this.id, error: info });
    }
  }

  async #create(settings: ConnectSettings, credentials: Readonly<Record<string, string>>): Promise<void> {
    const { client, userId, authConfigId, alias, allowMultiple, callbackUrl } = settings;
    const { signal } = this.#started;
    this.#context.dispatch({ type: 'fields-sent', attempt: this.id });
    const binding = await bindToBrowser(settings, this.#context.ports.storage);
    signal.throwIfAborted();
    const account = {
      credentials,
      allowMultiple,
      ...(alias && { alias }),
      ...(callbackUrl !== undefined && { callbackUrl: withAttempt(callbackUrl, this.id) }),
      ...(binding && { bindingChallenge: binding.challenge }),
    };
    const { id } = await offered(client, 'initiate').initiate(userId, authConfigId, account, { signal });
    signal.throwIfAborted();
    this.#context.dispatch({ type: 'account-created', attempt: this.id, connectedAccountId: id });
    this.#poller.start(id, LINK_LIFETIME_MS);
    this.#poller.hint();
  }

  #report(account: ConnectedAccount): boolean {
    this.#context.dispatch({ type: 'status-reported', attempt: this.id, status: account.status });
    const outcome = outcomeOfStatus(account);
    if (outcome) this.#end(outcome, account);
    return outcome !== null;
  }

  /** Says what the callback page was told, because its account is gone from then on. */
  #explain(error: ConnectErrorInfo): ConnectErrorInfo {
    const isRefused =
      error.code === 'not_found' && this.#context.ports.storage.takeRefusal(this.id) === 'browser_mismatch';
    return isRefused
      ? connectErrorInfo('browser_mismatch', 'Another browser or another user finished the attempt.')
      : error;
  }

  #onCallback(attempt: string | null): void {
    // An attempt that was resumed from another tab runs under another id than the message names.
    if (attempt !== null && attempt !== this.id && !this.#resumed) return;
    if (attempt === this.id) this.#context.dispatch({ type: 'callback-reached', attempt });
    this.#poller.hint();
  }

  /** Ends the attempt with an error, or with the ACTIVE account that exists already. */
  async #endRefused(error: ConnectErrorInfo): Promise<void> {
    const account = await findConflictingAccount(error, this.#context.settings, this.#started.signal);
    this.#end(account ? { status: 'connected', account } : { status: 'failed', error }, account ?? undefined);
  }

  /** Ends the attempt before the user can have finished, so its windows are closed at once. */
  #endEarly(outcome: ConnectOutcome): void {
    if (this.#started.signal.aborted) return;
    this.#started.closeWindows();
    this.#end(outcome);
  }

  #end(outcome: ConnectOutcome, account?: ConnectedAccount): void {
    if (this.#started.signal.aborted) return;
    closeRecord(this.#context.ports.storage, this.#context.settings.storageKey, this.id, outcome);
    if (outcome.status === 'connected') this.#closeWindowsLater();
    this.#started.end(outcome, account);
  }

  /** Sends the newest window to the link, and watches it. */
  #navigate(url: string): void {
    const { window } = this.#started;
    if (!window) return;
    const { clock, page } = this.#context.ports;
    window.navigate(url, this.#briefing);
    this.#watching.abort();
    this.#watching = new AbortController();
    watchWindow(window, {
      ...{ clock, page, signal: this.#watching.signal },
      onReadsClosed: () => this.#poller.hint(),
      onLikelyClosed: () => this.#context.dispatch({ type: 'window-closed', attempt: this.id }),
    });
  }

  /** Closes the windows after the callback page had time to bind the browser to the user and to close itself. */
  #closeWindowsLater(): void {
    if (!this.#started.window) return;
    const { ports, hostSignal } = this.#context;
    wait(ports.clock, CLOSE_AFTER_MS, hostSignal).then(
      () => this.#started.closeWindows(),
      () => {},
    );
  }
}

/** Returns whether the user can fix an error of the backend in the form on this page. */
export function isFixableInForm(
  { code, fieldErrors }: ConnectErrorInfo,
  authConfig: AuthConfig | null,
  { credentialsForm }: Pick<ConnectSettings, 'credentialsForm'>,
): boolean {
  if (!authConfig) return false;
  // The form would ask for the credentials, which belong on the hosted page.
  if (credentialsForm === 'hosted' && !isRedirectScheme(authConfig.authScheme)) return false;
  if (code === 'alias_taken') return true;
  const isAboutFields = code === 'missing_fields' || code === 'invalid_credentials';
  return askedFields(authConfig).some(({ name }) => isAboutFields || fieldErrors?.[name]);
}

/** Returns the ACTIVE account that made the backend respond with `already_connected`, otherwise null. Never rejects. */
async function findConflictingAccount(
  { code, connectedAccountId }: ConnectErrorInfo,
  { client, userId, authConfigId }: ConnectSettings,
  signal: AbortSignal,
): Promise<ConnectedAccount | null> {
  if (code !== 'already_connected' || connectedAccountId === undefined) return null;
  try {
    const account = await client.get(connectedAccountId, { userId, signal });
    const isExpected = account.id === connectedAccountId && account.authConfig.id === authConfigId;
    return isExpected && account.status === 'ACTIVE' ? account : null;
  } catch {
    // This read is optional. Without it, the attempt ends with the original `already_connected`.
    return null;
  }
}

/** Returns how an attempt ends when the server reports this account, or null while the account is pending. */
export function outcomeOfStatus(account: ConnectedAccount): ConnectOutcome | null {
  if (account.status === 'ACTIVE') return { status: 'connected', account };
  const error = statusError(account.status);
  return error && { status: 'failed', error };
}
