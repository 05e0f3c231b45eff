/** The words of the domain, as the host's backend speaks them (camelCase JSON). */

/**
 * Status of a connected account, as Composio reports it.
 * @see https://docs.composio.dev/docs/auth-configuration/connected-accounts
 */
export type ConnectionStatus = 'INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';

export const CONNECTION_STATUSES: readonly ConnectionStatus[] = [
  'INITIALIZING',
  'INITIATED',
  'ACTIVE',
  'FAILED',
  'EXPIRED',
  'INACTIVE',
  'REVOKED',
];

/** The largest page of accounts that Composio serves. */
export const MAX_PAGE_SIZE = 100;

/** A user's connection to one toolkit. Never holds a credential, masked or not. */
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
  /** Whose login it is at the provider, where the provider tells. */
  readonly displayName: string | null;
  /** One of {@link ConnectionStatus}; a status this version does not know reads as `INITIATED` (pending). */
  readonly status: ConnectionStatus;
  /** Free text of the server; shown softly, never switched on. */
  readonly statusReason: string | null;
  readonly isDisabled: boolean;
  /** ISO 8601 */
  readonly createdAt: string;
  /** ISO 8601 */
  readonly updatedAt: string;
  /** `false`: a flow nobody finished. */
  readonly wasActive?: boolean;
}

/** What the page must know of an auth config to offer it. Never holds a developer credential. */
export interface AuthConfig {
  /** `ac_…` */
  readonly id: string;
  readonly authScheme: string;
  readonly isComposioManaged: boolean;
  readonly isDisabled: boolean;
  readonly toolkit: { readonly slug: string; readonly name: string; readonly logo?: string };
  /** Page where users obtain the credential. */
  readonly authHintUrl?: string | null;
  /** What the user has to supply. */
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
  /** Masked when true; absent means unknown. */
  readonly isSecret?: boolean;
  /** `false`: not shown, its `default` applies. */
  readonly userVisible?: boolean;
}

/** A hosted page on which the user connects. Whoever finishes it connects their account, so it is never shown or logged. */
export interface ConnectionLink {
  readonly id: string;
  readonly status: ConnectionStatus;
  /** Bearer capability: goes into the window and nowhere else. */
  readonly redirectUrl: string;
  /** ISO 8601 */
  readonly expiresAt: string;
}

/** A connection that was begun or renewed. */
export interface StartedConnection {
  readonly id: string;
  readonly status: ConnectionStatus;
  /** Where its user has to go to finish it, a bearer capability; null when there is nothing more to do. */
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
 * How long a link lives, and the account that waits for it, in ms.
 * @see https://docs.composio.dev/changelog
 */
export const LINK_LIFETIME_MS = 600_000;

/** Returns whether the account waits for its user to finish connecting. */
export function isPending({ status }: Pick<ConnectedAccount, 'status'>): boolean {
  return status === 'INITIATED' || status === 'INITIALIZING';
}

/** Schemes that send the user to the provider. SAML is one of them: its users sign in at their identity provider. */
const REDIRECT_SCHEMES: readonly string[] = ['OAUTH1', 'OAUTH2', 'DCR_OAUTH', 'CIMD_OAUTH', 'SAML'];

/** Returns whether connecting means a visit to the provider. */
export function isRedirectScheme(authScheme: string): boolean {
  return REDIRECT_SCHEMES.includes(authScheme);
}

/** Returns whether users type their credentials, and can type them again. */
export function isCredentialScheme(authScheme: string | undefined): boolean {
  return authScheme !== undefined && authScheme !== 'NO_AUTH' && !isRedirectScheme(authScheme);
}
