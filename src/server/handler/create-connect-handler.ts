import { createLinkNotes, isUnbound } from '../binding/link-notes.js';
import { createRemovalQueue } from '../binding/removal-queue.js';
import { createToolkitDirectory } from '../composio/auth-configs.js';
import { StatusReads } from '../composio/status-reads.js';
import { errorResponse, RequestError } from '../http/errors.js';
import { createRateLimiter } from '../links/rate-limiter.js';
import { createLock, createSingleFlight } from '../store/lock.js';
import { noProbe, startStoreProbe } from '../store/probe-store.js';
import { createRecords } from '../store/records.js';
import { createMemoryStore } from '../store/store.js';
import type { HandlerContext } from './context.js';
import { createRequestHandler } from './handle-request.js';
import { type ConnectHandlerOptions, checkOptions } from './options.js';

/** More removals, or callbacks of one flow, or fours of auth configs, than any page needs. */
const MAX_FREE_PER_MINUTE = 200;

/** Serves the routes of the backend protocol. */
export interface ConnectHandler<Context = unknown> {
  /**
   * Never rejects: every error becomes a response. `context` is anything that `identify` needs beside the request, like the
   * context of a framework.
   */
  (request: Request, context?: Context): Promise<Response>;
  /**
   * Returns whether the browser that connected an account was bound to its user. Ask it before your own code uses an account:
   * until then upstream may report an account as ACTIVE that somebody else has finished. Makes no upstream call.
   *
   * @throws Error if the store fails
   */
  isBound(connectedAccountId: string): Promise<boolean>;
}

type OptionsSource<Context> = () => ConnectHandlerOptions<Context> | Promise<ConnectHandlerOptions<Context>>;

/**
 * Creates the backend of the elements: a function that takes a `Request` and returns a `Response`, for any fetch-style
 * runtime. Everything that other instances need is kept in `store`.
 *
 * @param options The options, or a function that returns them. The function is called at the first request, and again after
 * it threw. Use it where the handler is created while a framework builds, without the secrets of the server.
 * @throws Error that names the invalid option and how to fix it
 */
export function createConnectHandler<Context = unknown>(
  options: ConnectHandlerOptions<Context> | OptionsSource<Context>,
): ConnectHandler<Context> {
  return typeof options === 'function' ? createLater(options) : createNow(options);
}

function createNow<Context>(options: ConnectHandlerOptions<Context>): ConnectHandler<Context> {
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
    freeLimiter: createRateLimiter(records, { name: 'free', perMinute: MAX_FREE_PER_MINUTE }),
  };
  return Object.assign(createRequestHandler(context), {
    isBound: async (connectedAccountId: string) => {
      await context.storeProbe.passed();
      return !isUnbound(await context.notes.findByAccount(connectedAccountId));
    },
  });
}

/** Creates the handler at the first request, whose error is logged. The next request tries again. */
function createLater<Context>(getOptions: OptionsSource<Context>): ConnectHandler<Context> {
  let created: Promise<ConnectHandler<Context>> | undefined;
  const getHandler = () => {
    created ??= (async () => createNow(await getOptions()))().catch((error) => {
      created = undefined;
      // The message is for the developer: it names the option or the variable that is missing.
      console.error(`connect-account: the options failed: ${error instanceof Error ? error.message : typeof error}`);
      throw error;
    });
    return created;
  };
  const handle = async (request: Request, context?: Context): Promise<Response> => {
    const handler = await getHandler().catch(() => null);
    if (handler !== null) return handler(request, context);
    return errorResponse(new RequestError('internal_error', 'The server is not set up.'), crypto.randomUUID());
  };
  return Object.assign(handle, {
    isBound: async (connectedAccountId: string) => (await getHandler()).isBound(connectedAccountId),
  });
}

// The only state outside a handler, so that a server with one handler per tenant or request logs the advice once.
let wasAdvised = false;

/** Logs once per process that the `verifier` binding is stronger. */
function adviseVerifier(): void {
  if (wasAdvised) return;
  wasAdvised = true;
  console.info(
    "connect-account: binding 'verifier' is stronger than this handler's: set a verifier URL in the Composio project and " +
      "`binding: 'verifier'`, which holds for every connection of the project, also those begun in Composio's dashboard. See " +
      'https://docs.composio.dev, "callback identity verification".',
  );
}
