import { adviseVerifier } from './advise-verifier.js';
import { createLinkNotes } from './binding/link-notes.js';
import { createStatusReads } from './composio/status-reads.js';
import { createToolkitDirectory } from './composio/toolkit-directory.js';
import type { ConnectHandlerOptions } from './connect-handler-options.js';
import { handleRequest } from './handle-request.js';
import { checkOptions } from './handler-settings.js';
import { createLinkAllowance } from './links/link-allowance.js';
import type { HandlerContext } from './request-context.js';
import { createSingleFlight } from './single-flight.js';
import { createRecords } from './store/records.js';
import { createTurns, uncontested } from './store/turns.js';

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
  const turns = options.store === undefined ? uncontested : createTurns(records);
  const handler: HandlerContext = {
    settings,
    records,
    turns,
    notes: createLinkNotes(records),
    flights: createSingleFlight(),
    toolkits: createToolkitDirectory(),
    statusReads: createStatusReads(),
    linkAllowance: createLinkAllowance(records, turns, settings.linksPerMinute),
  };
  return (request) => handleRequest(handler, request);
}
