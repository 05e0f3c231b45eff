import type { ConnectionStatus } from '../../src/core/model/connection-types.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { AuthConfigRecord, ToolkitRecord } from './toolkit-records.js';

/** Lifetime of a link, and of an account whose connection is never finished. */
export const LINK_LIFETIME_MS = 10 * 60_000;

/** A connected account as the emulator keeps it. Tests may write to it. */
export interface AccountRecord {
  readonly id: string;
  readonly wordId: string;
  readonly userId: string;
  readonly authConfigId: string;
  readonly toolkitSlug: string;
  alias: string | null;
  status: ConnectionStatus;
  statusReason: string | null;
  /** URL where the user connects it, while INITIATED. */
  redirectUrl: string | null;
  /** Contents of `state.val` beside the status: credentials, connection fields, `displayName`. */
  val: Record<string, unknown>;
  readonly accountType: 'PRIVATE' | 'SHARED';
  acl: AccessControl;
  readonly createdAt: number;
  updatedAt: number;
  /** Time of the current link. An account still INITIATED {@link LINK_LIFETIME_MS} later is EXPIRED. */
  initiatedAt: number;
  isDeleted: boolean;
}

/** The users of a SHARED account, in wire form. */
export interface AccessControl {
  allow_all_users: boolean;
  allowed_user_ids: string[];
  not_allowed_user_ids: string[];
}

/** A hosted page on which one account is connected. */
export interface LinkRecord {
  readonly token: string;
  readonly accountId: string;
  readonly callbackUrl: string | undefined;
  readonly expiresAt: number;
  /** Set when the flow has ended. From then on the page says that the link was used. */
  outcome: LinkOutcome | undefined;
}

/** The end of a flow, as the callback URL reports it. */
export interface LinkOutcome {
  readonly status: 'success' | 'failed';
  readonly error?: string;
}

/** An authorization request that waits for the provider's answer, by its `state`. */
export interface PendingAuthorization {
  readonly accountId: string;
  readonly codeVerifier: string;
  /** Missing when the flow began with `initiate()` on a custom auth config, which has no hosted page. */
  readonly linkToken: string | undefined;
  readonly callbackUrl: string | undefined;
  /** Cookie of the browser that was sent to the provider, if the same browser must come back. */
  readonly browser: string | undefined;
}

/** The provider's response and the secrets needed to exchange it for tokens. */
export interface AuthorizationAnswer {
  /** The redirect URI with the provider's query. */
  readonly url: URL;
  readonly state: string;
  readonly codeVerifier: string;
}

/** An authorization that waits for the host to name its user (`complete_auth`), by `session_uri`. */
export interface PendingVerification {
  readonly accountId: string;
  readonly answer: AuthorizationAnswer;
  readonly expiresAt: number;
}

/** Everything that the emulator stores. */
export interface EmulatorState {
  readonly accounts: Map<string, AccountRecord>;
  readonly links: Map<string, LinkRecord>;
  readonly authConfigs: Map<string, AuthConfigRecord>;
  readonly toolkits: Map<string, ToolkitRecord>;
  readonly authorizations: Map<string, PendingAuthorization>;
  readonly verifications: Map<string, PendingVerification>;
}

/** Writes a status, its reason and the time of change. */
export function changeStatus(
  account: AccountRecord,
  status: ConnectionStatus,
  reason: string | null,
  clock: EmulatorClock,
): void {
  account.status = status;
  account.statusReason = reason;
  account.updatedAt = clock.now();
}

/** Expires every account whose flow was not finished in time. Called before each response, so no timer is needed. */
export function expireUnfinished({ accounts }: EmulatorState, clock: EmulatorClock): void {
  for (const account of accounts.values()) {
    const isPending = account.status === 'INITIATED' || account.status === 'INITIALIZING';
    if (!isPending || clock.now() < account.initiatedAt + LINK_LIFETIME_MS) continue;
    changeStatus(account, 'EXPIRED', 'Connection initiation did not complete within 10 minutes', clock);
  }
}

/** Returns an account unless it is unknown or deleted. */
export function findAccount({ accounts }: EmulatorState, id: string): AccountRecord | undefined {
  const account = accounts.get(id);
  return account?.isDeleted ? undefined : account;
}

/** Whether another account of this user and toolkit, with any status, has the alias. */
export function isAliasTaken(
  { accounts }: EmulatorState,
  { userId, toolkitSlug, alias, exceptId }: { userId: string; toolkitSlug: string; alias: string; exceptId?: string },
): boolean {
  return [...accounts.values()].some(
    (account) =>
      !account.isDeleted &&
      account.id !== exceptId &&
      account.userId === userId &&
      account.toolkitSlug === toolkitSlug &&
      account.alias === alias,
  );
}
