import { createLinkNotes, isUnbound } from '../binding/link-notes.js';
import { createRemovalQueue } from '../binding/removal-queue.js';
import { createToolkitDirectory } from '../composio/auth-configs.js';
import { StatusReads } from '../composio/status-reads.js';
import { createRateLimiter } from '../links/rate-limiter.js';
import { createLock, createSingleFlight } from '../store/lock.js';
import { noProbe, startStoreProbe } from '../store/probe-store.js';
import { createRecords } from '../store/records.js';
import { createMemoryStore } from '../store/store.js';
import type { HandlerContext } from './context.js';
import { createRequestHandler } from './handle-request.js';
import { type ConnectHandlerOptions, checkOptions } from './options.js';

/** More than any page needs. */
const MAX_REMOVALS_PER_MINUTE = 200;

/** Serves the routes of the backend protocol. */
export interface ConnectHandler {
  /** Never rejects: every error becomes a response. */
  (request: Request): Promise<Response>;
  /**
   * Returns whether the browser that connected an account was bound to its user. Ask it before your own code uses an account:
   * until then upstream may report an account as ACTIVE that somebody else has finished. Makes no upstream call.
   *
   * @throws Error if the store fails
   */
  isBound(connectedAccountId: string): Promise<boolean>;
}

/**
 * Creates the backend of the elements: a function that takes a `Request` and returns a `Response`, for any fetch-style
 * runtime. Everything that other instances need is kept in `store`.
 *
 * @throws Error that names the invalid option and how to fix it
 */
export function createConnectHandler(options: ConnectHandlerOptions): ConnectHandler {
  const settings = checkOptions(options);
  if (settings.binding !== 'verifier') adviseVerifier();
  const { store } = settings;
  const records = createRecords(store === 'memory' ? createMemoryStore() : store);
  const context: HandlerContext = {
    settings,
    storeProbe: store === 'memory' ? noProbe : startStoreProbe(store),
    records,
    lock: createLock(records),
    notes: createLinkNotes(records),
    sweep: createRemovalQueue(),
    singleFlight: createSingleFlight(),
    toolkits: createToolkitDirectory(),
    statusReads: new StatusReads(settings.composio, settings.upstreamReadsPerMinute),
    rateLimiter: createRateLimiter(records, { name: 'links', perMinute: settings.linksPerMinute }),
    upstreamBudget: createRateLimiter(records, { name: 'calls', perMinute: settings.upstreamCallsPerMinute }),
    removalLimiter: createRateLimiter(records, { name: 'removals', perMinute: MAX_REMOVALS_PER_MINUTE }),
  };
  return Object.assign(createRequestHandler(context), {
    isBound: async (connectedAccountId: string) => {
      await context.storeProbe.passed();
      return !isUnbound(await context.notes.findByAccount(connectedAccountId));
    },
  });
}

// The only state outside a handler, so that a server with one handler per tenant or request logs the advice once.
let wasAdvised = false;

/** Logs once per process that the `verifier` binding is stronger. */
export function adviseVerifier(): void {
  if (wasAdvised) return;
  wasAdvised = true;
  console.info(
    "connect-account: binding 'verifier' is stronger than this handler's: set a verifier URL in the Composio project and " +
      '`binding: \'verifier\'`. See https://docs.composio.dev, "callback identity verification".',
  );
}
