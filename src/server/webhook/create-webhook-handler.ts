import { emitAudit, reportError } from '../handler/audit.js';
import { errorResponse, invalidRequest, jsonResponse, RequestError } from '../http/errors.js';
import { type IncomingRequest, parseJsonObject, readBodyBytes, readIncoming } from '../http/incoming-request.js';
import { describeError, HOST_TIMEOUT_MS, limitTime } from '../http/time-limit.js';
import { createSingleFlight, type SingleFlight } from '../store/lock.js';
import { noProbe, type StoreProbe, startStoreProbe } from '../store/probe-store.js';
import { createRecords, type Records } from '../store/records.js';
import { createMemoryStore } from '../store/store.js';
import { type ExpiredAccount, readExpiredAccount, takeDelivery, verifyDelivery } from './delivery.js';
import { checkWebhookOptions, type WebhookHandlerOptions, type WebhookSettings } from './webhook-options.js';

interface WebhookContext {
  readonly settings: WebhookSettings;
  readonly storeProbe: StoreProbe;
  readonly records: Records;
  readonly singleFlight: SingleFlight;
}

/**
 * Creates the receiver of Composio's `composio.connected_account.expired`: a function that takes a `Request` and returns a
 * `Response`. Mount it at the URL of the webhook subscription. It returns
 * - 200 `{handled: true}` after `onExpired` was called, also for a delivery that is repeated, and `{handled: false}` for other
 *   events;
 * - 401 for a delivery that is not signed with `secret` or is older than 5 minutes;
 * - 400, 405 or 413 for anything that is not a delivery;
 * - 500 if `onExpired` or `store` failed or took more than 10 seconds, so that Composio tries again;
 * - 503 with `Retry-After` while another instance works on the same delivery.
 *
 * @throws Error that names the invalid option and how to fix it
 */
export function createWebhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const settings = checkWebhookOptions(options);
  const { store } = settings;
  const context: WebhookContext = {
    settings,
    storeProbe: store === 'memory' ? noProbe : startStoreProbe(store),
    records: createRecords(store === 'memory' ? createMemoryStore() : store),
    singleFlight: createSingleFlight(),
  };
  return async (request) => {
    const requestId = crypto.randomUUID();
    try {
      return jsonResponse(200, await receive(context, readIncoming(request), requestId));
    } catch (error) {
      return errorResponse(reportError(error, requestId), requestId);
    }
  };
}

async function receive(
  { settings, storeProbe, records, singleFlight }: WebhookContext,
  incoming: IncomingRequest,
  requestId: string,
): Promise<{ handled: boolean }> {
  if (incoming.head.method !== 'POST') throw onlyPost();
  const bytes = await readBodyBytes(incoming, true);
  const id = verifyDelivery(incoming.head.headers, bytes, settings.keys);
  const account = readExpiredAccount(parseJsonObject(bytes));
  if (account === undefined) throw invalidRequest('This is not an event of Composio.');
  if (account === null) return { handled: false };
  await storeProbe.passed();
  await singleFlight.run(id, () => takeDelivery(records, id, () => deliver({ settings, account, requestId })));
  return { handled: true };
}

interface Delivery extends Pick<WebhookContext, 'settings'> {
  readonly account: ExpiredAccount;
  readonly requestId: string;
}

async function deliver({ settings, account, requestId }: Delivery): Promise<void> {
  const outcome = await call(settings, account);
  emitAudit(settings.onAudit, {
    action: 'account_expired',
    outcome,
    userId: account.userId,
    connectedAccountId: account.connectedAccountId,
    authConfigId: account.authConfigId,
    requestId,
    time: new Date().toISOString(),
  });
  if (outcome === 'success') return;
  throw new RequestError('internal_error', 'The host could not handle this event.');
}

async function call({ onExpired }: WebhookSettings, account: ExpiredAccount): Promise<'success' | 'internal_error'> {
  try {
    await limitTime(() => onExpired(Object.freeze(account)), HOST_TIMEOUT_MS);
    return 'success';
  } catch (error) {
    console.error(`connect-account: \`onExpired\` ${describeError(error)}.`);
    return 'internal_error';
  }
}

function onlyPost(): RequestError {
  return new RequestError('invalid_request', 'Webhooks are sent by POST.', {
    status: 405,
    headers: { Allow: 'POST' },
  });
}
