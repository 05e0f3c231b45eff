import { createLinkNotes } from '../binding/link-notes.js';
import { createToolkitDirectory } from '../composio/auth-configs.js';
import { createStatusReads } from '../composio/status-reads.js';
import { createRateLimiter } from '../links/rate-limiter.js';
import { createDistributedLock, noLock } from '../store/distributed-lock.js';
import { createRecords } from '../store/records.js';
import type { HandlerContext } from './context.js';
import { createRequestHandler } from './handle-request.js';
import { type ConnectHandlerOptions, checkOptions } from './options.js';
import { createSingleFlight } from './single-flight.js';

/** Serves the routes of the backend protocol. Never rejects: every failure is an answer. */
export type ConnectHandler = (request: Request) => Promise<Response>;

/**
 * Makes the backend of the elements: a function from `Request` to `Response`, for any fetch-style runtime. It keeps
 * nothing that another instance would need outside `store`.
 *
 * @throws Error for a mistake in the options, in words that say the mend
 */
export function createConnectHandler(options: ConnectHandlerOptions): ConnectHandler {
  const settings = checkOptions(options);
  if (settings.binding !== 'verifier') adviseVerifier();
  const records = createRecords(settings.store);
  const lock = options.store === undefined ? noLock : createDistributedLock(records);
  const context: HandlerContext = {
    settings,
    records,
    lock,
    notes: createLinkNotes(records),
    singleFlight: createSingleFlight(),
    toolkits: createToolkitDirectory(),
    statusReads: createStatusReads(),
    rateLimiter: createRateLimiter(records, lock, settings.linksPerMinute),
  };
  return createRequestHandler(context);
}

// The one state outside a handler: a server that makes a handler per tenant or per request should not repeat itself.
let wasAdvised = false;

/** Says once per process that the verified binding is the stronger one. */
export function adviseVerifier(): void {
  if (wasAdvised) return;
  wasAdvised = true;
  console.info(
    "connect-account: binding 'verifier' is stronger than this handler's: set a verifier URL in the Composio project and " +
      '`binding: \'verifier\'`. See https://docs.composio.dev, "callback identity verification".',
  );
}
