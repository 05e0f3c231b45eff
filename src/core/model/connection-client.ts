import type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionLink,
  ConnectionStatus,
  StartedConnection,
} from './connection-types.js';

/** Options of a single call. */
export interface RequestOptions {
  /** External user id. This is a claim; the backend decides. */
  readonly userId?: string;
  readonly signal?: AbortSignal;
  /** Number of retries of a read after temporary failures. Default 2. Writes are never retried. */
  readonly retries?: number;
}

/** Options of a link. */
export interface LinkOptions {
  /** Absolute URL of the callback page; the backend's own when left out. */
  readonly callbackUrl?: string;
  /** base64url(SHA-256(verifier)), for the verifier that this browser keeps. */
  readonly bindingChallenge?: string;
  readonly alias?: string;
  /** Default false: the backend rejects a user who has an ACTIVE account with `already_connected`. */
  readonly allowMultiple?: boolean;
  /** Pre-fills connection fields, like a subdomain. */
  readonly connectionData?: Readonly<Record<string, string>>;
}

/** A new link, and the server's time when it was created. */
export interface NewLink extends ConnectionLink {
  /** `Date` header of the response, in ms since the epoch. It makes up for a wrong clock on this device. */
  readonly serverTime?: number;
}

/** Options of a connection with credentials, or through the host's own OAuth app. */
export interface InitiateOptions {
  /** Absolute URL of the callback page for an own OAuth app; the backend's own when left out. */
  readonly callbackUrl?: string;
  /** base64url(SHA-256(verifier)), for the verifier that this browser keeps. */
  readonly bindingChallenge?: string;
  /** The user's credentials by field name, as in the auth config's `fields`. Omit them for a scheme without fields. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly alias?: string;
  /** Default false: the backend rejects a user who has an ACTIVE account with `already_connected`. */
  readonly allowMultiple?: boolean;
}

/** A change of an account's name (`''` clears it), or of whether the account may be used. One at a time. */
export type AccountUpdate = { readonly alias: string } | { readonly enabled: boolean };

/** Options of a refresh. */
export interface RefreshOptions {
  /** Absolute URL of the callback page; the backend's own when left out. */
  readonly callbackUrl?: string;
  /** base64url(SHA-256(verifier)), for the verifier that this browser keeps. */
  readonly bindingChallenge?: string;
  /** @deprecated Has no effect: Composio took the check of credentials out of refresh. */
  readonly validateCredentials?: boolean;
}

/** Options of a deletion. */
export interface DeleteOptions extends RequestOptions {
  /** `false` keeps the tokens valid at the provider, where another account of the same grant lives on. Default true. */
  readonly revoke?: boolean;
}

/** Filters, order and page of a list. */
export interface ListQuery {
  readonly authConfigIds?: readonly string[];
  readonly toolkitSlugs?: readonly string[];
  readonly statuses?: readonly ConnectionStatus[];
  /** `nextCursor` of the previous page. */
  readonly cursor?: string;
  /** 1 to 100. Default 20. */
  readonly limit?: number;
  /** The date to sort by, newest first. Default `created_at`. */
  readonly orderBy?: 'created_at' | 'updated_at';
}

/**
 * The transport between the elements and the host's backend. Every method rejects with a
 * {@link import('./connect-error.js').ConnectError}, or with the reason of its `signal`.
 */
export interface ConnectionClient {
  /** Returns the auth configs with these ids. Unknown ids are left out. */
  authConfigs(ids: readonly string[], options?: RequestOptions): Promise<readonly AuthConfig[]>;
  /** Creates a hosted link on which this user connects an account. */
  link(userId: string, authConfigId: string, link?: LinkOptions, options?: RequestOptions): Promise<NewLink>;
  /** Connects with the credentials that the user typed, or without any if the scheme needs none. */
  initiate(
    userId: string,
    authConfigId: string,
    initiate?: InitiateOptions,
    options?: RequestOptions,
  ): Promise<StartedConnection>;
  /**
   * Polls until the account is ACTIVE. Temporary failures are ignored.
   * Rejects with `timeout` after that time, and with the error that a terminal status stands for.
   * @param timeout in ms; default 60,000
   */
  waitForConnection(connectedAccountId: string, timeout?: number, options?: RequestOptions): Promise<ConnectedAccount>;
  /** Returns an account. */
  get(connectedAccountId: string, options?: RequestOptions): Promise<ConnectedAccount>;
  /** Returns one page of the user's accounts. */
  list(query?: ListQuery, options?: RequestOptions): Promise<ConnectedAccountPage>;
  /** Deletes an account, and revokes its access at the provider if possible. Resolves if the account is already gone. */
  delete(connectedAccountId: string, options?: DeleteOptions): Promise<void>;
  /**
   * Renews the credentials. For a scheme that redirects users, returns the link of a new account, which replaces this one as
   * soon as its user has finished it. Rejects with `unsupported_scheme` where Composio does not refresh any more.
   * @deprecated Composio deprecated it. Connect again by `link`, or by `initiate` with new credentials.
   */
  refresh(connectedAccountId: string, refresh?: RefreshOptions, options?: RequestOptions): Promise<StartedConnection>;
  /** Renames, enables or disables an account. Returns its new state. */
  update(connectedAccountId: string, change: AccountUpdate, options?: RequestOptions): Promise<ConnectedAccount>;
  /** Enables a disabled account. */
  enable(connectedAccountId: string, options?: RequestOptions): Promise<ConnectedAccount>;
  /** Disables an account, which keeps its credentials. */
  disable(connectedAccountId: string, options?: RequestOptions): Promise<ConnectedAccount>;
}
