/** The domain's types, as the host's backend sends them (camelCase JSON). */

/**
 * Status of a connected account, as Composio reports it.
 * @see https://docs.composio.dev/docs/auth-configuration/connected-accounts
 */
export type ConnectionStatus = 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';

/** All statuses that this version knows. */
export const CONNECTION_STATUSES: readonly ConnectionStatus[] = [
  'INITIALIZING',
  'INITIATED',
  'ACTIVE',
  'FAILED',
  'EXPIRED',
  'INACTIVE',
  'REVOKED',
];

/** A user's connection to one toolkit. It never holds a credential, not even a masked one. */
export interface ConnectedAccount {
  /** `ca_…` */
  readonly id: string;
  readonly toolkit: { readonly slug: string; readonly name?: string; readonly logo?: string };
  readonly authConfig: {
    /** `ac_…` */
    readonly id: string;
    /** `OAUTH2`, `API_KEY`, … */
    readonly authScheme?: string;
    readonly isComposioManaged: boolean;
    readonly isDisabled: boolean;
  };
  /** The name the user gave it, unique per user and toolkit. */
  readonly alias: string | null;
  /** Short name made by the server, like `gmail_red-castle`. */
  readonly wordId: string | null;
  /** Name of the user's login at the provider, if the provider tells it. */
  readonly displayName: string | null;
  /** One of {@link ConnectionStatus}; a status that this version does not know reads as `INITIATED` (pending). */
  readonly status: ConnectionStatus;
  /** Free text of the server. For display only; no code may depend on it. */
  readonly statusReason: string | null;
  readonly isDisabled: boolean;
  /** ISO 8601 */
  readonly createdAt: string;
  /** ISO 8601 */
  readonly updatedAt: string;
  /** `false` if nobody finished connecting it. */
  readonly wasActive?: boolean;
}

/** The part of an auth config that a page needs to offer it. It never holds a developer credential. */
export interface AuthConfig {
  /** `ac_…` */
  readonly id: string;
  readonly authScheme: string;
  readonly isComposioManaged: boolean;
  readonly isDisabled: boolean;
  readonly toolkit: { readonly slug: string; readonly name: string; readonly logo?: string };
  /** URL of the page where users obtain the credential. */
  readonly authHintUrl?: string | null;
  /** The fields that the user has to supply. */
  readonly fields: readonly ConnectionField[];
}

/** One field that the user supplies for a connection. */
export interface ConnectionField {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: string | null;
  /** Whether the value is masked. Undefined if unknown. */
  readonly isSecret?: boolean;
  /** `false` if the field is hidden and its `default` applies. */
  readonly userVisible?: boolean;
}

/** A hosted page on which the user connects. Anyone who opens it can connect an account, so it is never shown or logged. */
export interface ConnectionLink {
  readonly id: string;
  readonly status: ConnectionStatus;
  /** Bearer capability: it goes into the window and nowhere else. */
  readonly redirectUrl: string;
  /** ISO 8601 */
  readonly expiresAt: string;
}

/** A connection that was started or renewed. */
export interface StartedConnection {
  readonly id: string;
  readonly status: ConnectionStatus;
  /** Page on which the user finishes it, a bearer capability. Null if there is nothing left to do. */
  readonly redirectUrl: string | null;
}

/** One page of a list. */
export interface ConnectedAccountPage {
  readonly items: readonly ConnectedAccount[];
  readonly nextCursor: string | null;
  readonly totalPages: number;
  readonly totalItems?: number;
}

/**
 * Lifetime in ms of a link, and of the account that waits for its user.
 * @see https://docs.composio.dev/changelog
 */
export const LINK_LIFETIME_MS = 600_000;

/** Time in ms after the end of a link in which the browser that finished it may still return. */
export const BINDING_GRACE_MS = 600_000;

/** Time in ms for which what binds a browser to a new link is kept. */
export const BINDING_LIFETIME_MS = LINK_LIFETIME_MS + BINDING_GRACE_MS;

/** The largest number of ids that one request to the backend may name. */
export const MAX_IDS_PER_REQUEST = 100;

/** The largest page of accounts that Composio returns. */
export const MAX_PAGE_SIZE = 100;

/** Returns whether the account waits for its user to finish connecting. */
export function isPending({ status }: Pick<ConnectedAccount, 'status'>): boolean {
  return status === 'INITIATED' || status === 'INITIALIZING';
}

/** Schemes that send the user to the provider. SAML is one of them: its users sign in at their identity provider. */
const REDIRECT_SCHEMES: readonly string[] = ['OAUTH1', 'OAUTH2', 'DCR_OAUTH', 'CIMD_OAUTH', 'SAML'];

/** Returns whether connecting requires a visit to the provider. */
export function isRedirectScheme(authScheme: string): boolean {
  return REDIRECT_SCHEMES.includes(authScheme);
}

/** Returns whether users type their credentials, and so can type them again. */
export function isCredentialScheme(authScheme: string | undefined): boolean {
  return authScheme !== undefined && authScheme !== 'NO_AUTH' && !isRedirectScheme(authScheme);
}
