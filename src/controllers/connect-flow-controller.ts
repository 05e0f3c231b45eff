import type { ReactiveController, ReactiveElement } from 'lit';
import { isHomeScreenApp } from '../browser/authorization-window.js';
import { createBrowserPorts } from '../browser/browser-ports.js';
import { onPage } from '../browser/page-limits.js';
import type { OfferedChange } from '../core/accounts/account-actions.js';
import { ConnectFlow, type ConnectListener } from '../core/flow/connect-flow.js';
import type { ConnectSettings } from '../core/flow/connect-settings.js';
import { type CancelReason, isBusy } from '../core/flow/connect-state.js';
import type { ConnectEvent } from '../core/flow/connect-transition.js';
import { HttpConnectionClient, prepareWrites } from '../core/http/http-connection-client.js';
import type { CallbackTexts } from '../core/model/callback-protocol.js';
import type { ConnectionClient } from '../core/model/connection-client.js';
import { type ConnectedAccount, isCredentialScheme, LINK_LIFETIME_MS } from '../core/model/connection-types.js';
import { normalizeEndpoint } from '../core/model/urls.js';
import { eventForTransition } from '../events/account-events.js';
import { advise, nameAttributes, warnAuthor } from './author-errors.js';
import type { BackendController } from './backend-controller.js';
import { isOn } from './late-properties-controller.js';
import { afterMove } from './moves.js';

/** The properties of a connection, of an element or of one row in it. */
export interface ConnectProperties
  extends Pick<ConnectSettings, 'userId' | 'authConfigId' | 'allowMultiple' | 'timeout' | 'alias'>,
    Pick<ConnectSettings, 'connectionData' | 'credentialsForm' | 'mode'> {
  readonly endpoint: string;
  /** `{endpoint}/callback` unless set. */
  readonly callbackUrl?: string;
  /** Names the connection in storage. Default: by backend, user and auth config. */
  readonly storageKey?: string;
}

/** The page's own clients, numbered in the order in which elements used them: after a reload each has its number again. */
const clientNumbers = new WeakMap<ConnectionClient, number>();
let clientCount = 0;

/** Returns what tells a backend from the others of the page, also after a reload. */
export function backendKey(client: ConnectionClient): string | number {
  if (client instanceof HttpConnectionClient) return client.endpoint;
  const number = clientNumbers.get(client) ?? ++clientCount;
  clientNumbers.set(client, number);
  return number;
}

/** Returns the settings of a flow, with absolute URLs. */
export function connectSettings(
  properties: ConnectProperties,
  { client, store }: Pick<BackendController, 'client' | 'store'>,
): ConnectSettings {
  const { userId, authConfigId, alias, connectionData } = properties;
  const allowMultiple = isOn(properties.allowMultiple);
  // A framework sets a property that it has no value for to undefined, null or '', and a number to the text of its attribute.
  const timeout = Number(properties.timeout ?? LINK_LIFETIME_MS);
  const credentialsForm = properties.credentialsForm || undefined;
  const endpoint = normalizeEndpoint(properties.endpoint, onPage);
  return {
    ...{ userId, authConfigId, allowMultiple, timeout, alias, connectionData, credentialsForm },
    client,
    store,
    // The windows of a home screen app open in a browser that shares nothing with it.
    mode: isHomeScreenApp() ? 'redirect' : properties.mode || undefined,
    callbackUrl: properties.callbackUrl ? onPage(properties.callbackUrl) : `${endpoint}/callback`,
    storageKey: properties.storageKey ?? JSON.stringify([backendKey(client), userId, authConfigId]),
    verifierScope: JSON.stringify([endpoint, authConfigId]),
  };
}

/** The texts of a window that is opened for the provider. */
export interface WindowTexts {
  /** Until it is sent to the provider. */
  readonly waiting: string;
  /** On the page on which the provider flow ends. Undefined while they are loading: the page then speaks English. */
  readonly callback: CallbackTexts | undefined;
}

/** The callbacks between an element and one of its flows. */
export interface ConnectFlowOptions {
  /** Returns the settings for the current properties of the element. */
  settings(): ConnectSettings;
  /** Returns the texts of the window for the provider. */
  texts(): WindowTexts;
  /** Called with every change of state, before its DOM event is dispatched. */
  onTransition: ConnectListener;
  /** Called when a new account has become ACTIVE in place of another one. */
  finishReconnect(previous: ConnectedAccount, account: ConnectedAccount, change: OfferedChange): void;
  /** The account that the flow replaces. Default: the one that `connect` was called with. */
  readonly replaces?: ConnectedAccount;
  /** The DOM events that the element documents. Default: all of an attempt. */
  readonly eventTypes?: readonly string[];
}

/**
 * Runs a {@link ConnectFlow} for an element: opens its windows, dispatches its DOM events, finishes its reconnects, and
 * stops it with the element. The flow survives a move of the element within the page.
 */
export class ConnectFlowController implements ReactiveController {
  readonly flow: ConnectFlow;
  readonly #host: ReactiveElement;
  readonly #options: ConnectFlowOptions;
  #settings: ConnectSettings | null = null;
  /** What the browser has turned out not to give: another window than this page's, or a handle on one. */
  readonly #limits = new Set<'one-window' | 'no-handle'>();
  /** The settings that make it this connection and no other; null while the flow is stopped. */
  #identity: readonly unknown[] | null = null;
  /** Whether the settings may differ from those of the flow: a property has changed, or the place of the element. */
  #isStale = true;

  constructor(host: ReactiveElement, options: ConnectFlowOptions) {
    this.#host = host;
    this.#options = options;
    const ports = createBrowserPorts(
      () => options.texts().waiting,
      () => this.sameTab,
      (limit) => this.#limits.add(limit),
    );
    const callbackTexts = () => options.texts().callback;
    this.flow = new ConnectFlow({ ...ports, callbackTexts, describeError: (error) => nameAttributes(error, host) });
    this.flow.subscribe((...transition) => this.#onTransition(...transition));
    host.addController(this);
  }

  /** Whether this tab goes to the provider, in place of a window. */
  get sameTab(): boolean {
    return this.#limits.has('one-window') || this.#settings?.mode === 'redirect';
  }

  hostConnected(): void {
    // A move has not stopped the flow, an insertion has to start it: the next update decides.
    this.invalidate();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    afterMove(this.#host, () => this.stop('removed'));
  }

  /** Has the next update read the settings again. Without it a page of many elements saves parsing their URLs. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Starts the flow, or hands it settings that have changed. Settings of another connection restart it. */
  update(): void {
    if (!this.#host.isConnected || (this.#identity && !this.#isStale)) return;
    this.#isStale = false;
    const settings = this.#options.settings();
    const { client, userId, authConfigId, allowMultiple, storageKey, store } = settings;
    const identity = [client, userId, authConfigId, allowMultiple, storageKey, store];
    // An attempt goes on when a session token has made another store.
    const isSame = (part: unknown, index: number) =>
      part === identity[index] || (index === identity.length - 1 && isBusy(this.flow.state));
    this.#settings = settings;
    if (this.#identity?.every(isSame)) this.flow.adjust(settings);
    else {
      this.#identity = identity;
      this.flow.start(settings);
    }
  }

  /** Lets the next update read again what was refused, with another token. Another function may return the same token. */
  retryRefused(token: unknown): void {
    if (typeof token === 'string' && this.flow.state.error?.code === 'unauthorized') this.#identity = null;
  }

  /** Loads what an attempt needs ahead of it. */
  prepare(): void {
    this.flow.prepare();
    prepareWrites();
  }

  stop(reason: CancelReason): void {
    this.#identity = null;
    this.flow.stop(reason);
  }

  /** Stops the flow and lets go of the element. */
  dispose(reason: CancelReason): void {
    this.stop(reason);
    this.#host.removeController(this);
  }

  /**
   * Handles a click on the real link that stands in place of a refused window. A window with a handle is better than the
   * link's own, so it is tried first; the browser follows the link if that fails.
   */
  followLink(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    // A window that opens without a handle would use up the gesture that the link needs.
    if (!this.#limits.has('no-handle') && this.flow.reopen()) event.preventDefault();
    else this.flow.followedLink();
  }

  #onTransition(...[state, previous, event]: Parameters<ConnectListener>): void {
    if (state.phase === 'misconfigured') warnAuthor(state.error.message);
    else this.#advise(event);
    this.#options.onTransition(state, previous, event);
    const domEvent = eventForTransition(state, previous, event);
    if (domEvent) this.#dispatch(domEvent);
    if (event.type === 'ended') this.#finishReconnect(event);
    this.#host.requestUpdate();
  }

  #advise(event: ConnectEvent): void {
    if (!this.#settings) return;
    const { client } = this.#settings;
    if (event.type === 'loaded' && !event.authConfig) advise(this.#host, client, null);
    else if (event.type === 'load-failed') advise(this.#host, client, event.error);
    else if (event.type === 'ended' && event.outcome.status === 'failed')
      advise(this.#host, client, event.outcome.error);
  }

  /** Listeners at the document cannot hear an element that was taken out of the page, so the end is dispatched there too. */
  #dispatch(event: CustomEvent): void {
    const { eventTypes } = this.#options;
    if (eventTypes && !eventTypes.includes(event.type)) return;
    // A listener may take the element out; the document has heard the event then.
    const { isConnected, ownerDocument } = this.#host;
    this.#host.dispatchEvent(event);
    if (!isConnected) ownerDocument.dispatchEvent(event);
  }

  #finishReconnect({ outcome, replaces }: Extract<ConnectEvent, { type: 'ended' }>): void {
    const previous = this.#options.replaces ?? replaces;
    if (outcome.status !== 'connected' || !previous) return;
    const change = isCredentialScheme(previous.authConfig.authScheme) ? 'credentials-replaced' : 'reconnected';
    this.#options.finishReconnect(previous, outcome.account, change);
  }
}
