import type { LinkNotes } from '../binding/link-notes.js';
import type { RemovalQueue } from '../binding/removal-queue.js';
import type { ToolkitDirectory } from '../composio/auth-configs.js';
import type { StatusReads } from '../composio/status-reads.js';
import type { Upstream } from '../composio/upstream-calls.js';
import type { JsonObject } from '../composio/wire-value.js';
import { RequestError } from '../http/errors.js';
import type { RateLimiter } from '../links/rate-limiter.js';
import type { Lock, SingleFlight } from '../store/lock.js';
import type { StoreProbe } from '../store/probe-store.js';
import type { Records } from '../store/records.js';
import type { AuditEvent } from './audit.js';
import type { Identity } from './identity.js';
import type { HandlerSettings } from './options.js';

/** The services that all requests of one handler share. */
export interface HandlerContext {
  readonly settings: HandlerSettings;
  readonly storeProbe: StoreProbe;
  readonly records: Records;
  readonly lock: Lock;
  readonly notes: LinkNotes;
  readonly sweep: RemovalQueue;
  readonly singleFlight: SingleFlight;
  readonly toolkits: ToolkitDirectory;
  readonly statusReads: StatusReads;
  /** Counts the links of each user. */
  readonly rateLimiter: RateLimiter;
  /** Counts the calls to Composio that each user causes. Ask it by {@link spendCalls}. */
  readonly upstreamBudget: RateLimiter;
  /** Bounds what is charged to no budget: removals, proven callbacks, and auth configs that are not cached. */
  readonly freeLimiter: RateLimiter;
}

/** The context of one request, as a route gets it. */
export interface RequestContext extends HandlerContext {
  readonly query: URLSearchParams;
  /** Public origin of the host. */
  readonly origin: string;
  readonly upstream: Upstream;
  /** The signed-in user. Routes that require one get a {@link UserContext}. */
  readonly identity: Identity | null;
  readonly body: JsonObject;
  /** The id in the path, or `''`. */
  readonly id: string;
  /** The subject of the audit event. A route fills it in as soon as it knows. */
  readonly subject: AuditSubject;
  audit(event: Omit<AuditEvent, 'requestId' | 'time'>): void;
}

/** The parts of a request that the binding needs. The sweep has them without a request. */
export interface BindingContext
  extends Pick<RequestContext, 'settings' | 'notes' | 'sweep' | 'singleFlight' | 'upstream' | 'audit'> {}

export interface UserContext extends RequestContext {
  readonly identity: Identity;
}

export interface AuditSubject {
  userId: string | null;
  connectedAccountId: string | null;
  authConfigId: string | null;
}

/**
 * Charges a user for upstream calls before they are made. The callback, removals and reads that all who wait share are free.
 *
 * @throws RequestError `rate_limited` with `Retry-After`
 */
export function spendCalls({ upstreamBudget, identity }: UserContext, count: number): Promise<void> {
  return upstreamBudget.consume(identity.userId, count);
}

/** Returns the number of upstream calls that a new connection takes: the list, the creation, and what is not cached. */
export function creationCalls({ toolkits }: UserContext, authConfigId: string): number {
  return toolkits.authConfigs.has(authConfigId) ? 2 : 3;
}

/** @throws RequestError 401 if nobody is signed in */
export function requireUser(identity: Identity | null): Identity {
  if (identity === null) throw new RequestError('unauthorized', 'Nobody is signed in.');
  return identity;
}
