import { createLinkNotes } from '../binding/link-notes.js';
import { createToolkitDirectory } from '../composio/auth-configs.js';
import { createStatusReads } from '../composio/status-reads.js';
import { errorResponse, RequestError } from '../http/errors.js';
import { createRateLimiter } from '../links/rate-limiter.js';
import { createDistributedLock, createSingleFlight, noLock } from '../store/distributed-lock.js';
import { createRecords } from '../store/records.js';
import type { HandlerContext } from './context.js';
import { createRequestHandler } from './handle-request.js';
import { type ConnectHandlerOptions, checkOptions } from './options.js';

/**
 * Serves the routes of the backend protocol. Never rejects: every error becomes a response. The second argument is anything
 * that `identify` needs beside the request, like the context of a framework.
 */
export type ConnectHandler<Context = unknown> = (request: Request, context?: Context) => Promise<Response>;

/**
 * Creates the backend of the elements: a function that takes a `Request` and returns a `Response`, for any fetch-style
 * runtime. Everything that other instances need is kept in `store`.
 *
 * @param options The options, or a function that returns them. The function is called at the first request, and again after
 * it threw. Use it where the handler is created while a framework builds, without the secrets of the server.
 * @throws Error that names the invalid option and how to fix it
 */
export function createConnectHandler<Context = unknown>(
  options:
    | ConnectHandlerOptions<Context>
    | (() => ConnectHandlerOptions<Context> | Promise<ConnectHandlerOptions<Context>>),
): ConnectHandler<Context> {
  return typeof options === 'function' ? createLater(options) : createNow(options);
}

function createNow<Context>(options: ConnectHandlerOptions<Context>): ConnectHandler<Context> {
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

/** Creates the handler at the first request, whose error is logged. The next request tries again. */
function createLater<Context>(
  getOptions: () => ConnectHandlerOptions<Context> | Promise<ConnectHandlerOptions<Context>>,
): ConnectHandler<Context> {
  let handler: Promise<ConnectHandler<Context>> | undefined;
  const start = () => {
    const started = (async () => createNow(await getOptions()))();
    started.catch(() => {
      handler = undefined;
    });
    handler = started;
    return started;
  };
  return async (request, context) => {
    try {
      const handle = await (handler ?? start());
      return handle(request, context);
    } catch (error) {
      // The message is for the developer: it names the option or the variable that is missing.
      console.error(`connect-account: the options failed: ${error instanceof Error ? error.message : typeof error}`);
      return errorResponse(new RequestError('internal_error', 'The server is not set up.'), crypto.randomUUID());
    }
  };
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
