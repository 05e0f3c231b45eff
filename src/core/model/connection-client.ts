import type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionLink,
  ConnectionStatus,
  StartedConnection,
} from './connection-types.js';

/** How one call is made. */
export interface RequestOptions {
  /** External user id; a claim, the backend decides. */
  readonly userId?: string;
  readonly signal?: AbortSignal;
  /** How often a read that failed for a passing reason is repeated. Default 2. Writes are never repeated. */
  readonly retries?: number;
}

/** What goes with a link. */
export interface LinkOptions {
  /** Absolute URL of the callback page; the backend's own when left out. */
  readonly callbackUrl?: string;
  /** base64url(SHA-256(verifier)) of the verifier that this browser keeps. */
  readonly bindingChallenge?: string;
  readonly alias?: string;
  /** Default false: a user with an ACTIVE account gets `already_connected`. */
  readonly allowMultiple?: boolean;
  /** Pre-fills connection fields, like a subdomain. */
  readonly connectionData?: Readonly<Record<string, string>>;
}

/** A new link, and what time it was on the server then. */
export interface NewLink extends ConnectionLink {
  /** `Date` of the answer, ms since the epoch, so that a wrong clock here does not matter. */
  readonly serverTime?: number;
}

/** What goes with credentials that the user typed. */
export interface InitiateOptions {
  /** By field name, as the auth config's `fields` declare them. Nothing for a scheme that asks for nothing. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly alias?: string;
  /** Default false: a user with an ACTIVE account gets `already_connected`. */
  readonly allowMultiple?: boolean;
}

/** What of an account is changed: its name (`''` clears it), or whether it may be used. One at a time. */
export type AccountUpdate = { readonly alias: string } | { readonly enabled: boolean };

/** How an account is refreshed. */
export interface RefreshOptions {
  /** Absolute URL of the callback page; the backend's own when left out. */
  readonly callbackUrl?: string;
  /** Asks the provider whether it still takes the stored credentials. Default false. */
  readonly validateCredentials?: boolean;
}

/** Which accounts, in which order. */
export interface ListQuery {
  readonly authConfigIds?: readonly string[];
  readonly toolkitSlugs?: readonly string[];
  readonly statuses?: readonly ConnectionStatus[];
  /** From `nextCursor` of the page before. */
  readonly cursor?: string;
  /** 1 to 100. Default 20. */
  readonly limit?: number;
  /** Newest first. Default `created_at`. */
  readonly orderBy?: 'created_at' | 'updated_at';
}

/**
 * The transport between the elements and the host's backend. Every method rejects with a
 * {@link import('./connect-error.js').ConnectError}, or with the reason of its signal.
 */
export interface ConnectionClient {
  /** The auth configs of these ids; an unknown id is left out. */
  authConfigs(ids: readonly string[], options?: RequestOptions): Promise<readonly AuthConfig[]>;
  /** Makes a hosted link on which this user connects an account. */
  link(userId: string, authConfigId: string, link?: LinkOptions, options?: RequestOptions): Promise<NewLink>;
  /** Connects with credentials that the user typed, or with none where the scheme asks for none. */
  initiate(
    userId: string,
    authConfigId: string,
    initiate?: InitiateOptions,
    options?: RequestOptions,
  ): Promise<StartedConnection>;
  /**
   * Asks until the account is ACTIVE. Survives failures that pass.
   * Rejects with `timeout` after that time, and with the code that a terminal status stands for.
   * @param timeout in ms; default 60,000
   */
  waitForConnection(connectedAccountId: string, timeout?: number, options?: RequestOptions): Promise<ConnectedAccount>;
  get(connectedAccountId: string, options?: RequestOptions): Promise<ConnectedAccount>;
  list(query?: ListQuery, options?: RequestOptions): Promise<ConnectedAccountPage>;
  /** Resolves also when the account is gone already. Revoked at the provider too, where that can be done. */
  delete(connectedAccountId: string, options?: RequestOptions): Promise<void>;
  /** Renews credentials. A scheme that sends users to the provider answers a link, and waits for the user until then. */
  refresh(connectedAccountId: string, refresh?: RefreshOptions, options?: RequestOptions): Promise<StartedConnection>;
  update(connectedAccountId: string, change: AccountUpdate, options?: RequestOptions): Promise<ConnectedAccount>;
  /** Switches an account on again. */
  enable(connectedAccountId: string, options?: RequestOptions): Promise<ConnectedAccount>;
  /** Switches an account off; it keeps its credentials. */
  disable(connectedAccountId: string, options?: RequestOptions): Promise<ConnectedAccount>;
}
