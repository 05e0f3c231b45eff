import { emitAudit, reportError } from '../handler/audit.js';
import { errorResponse, invalidRequest, jsonResponse, RequestError } from '../http/errors.js';
import { type IncomingRequest, readIncoming } from '../http/incoming-request.js';
import { parseJsonObject, readBodyBytes } from '../http/read-body.js';
import { createSingleFlight, type SingleFlight } from '../store/distributed-lock.js';
import { createRecords, type Records } from '../store/records.js';
import { type ExpiredAccount, readExpiredAccount, verifyDelivery } from './delivery.js';
import { checkWebhookOptions, type WebhookHandlerOptions, type WebhookSettings } from './webhook-options.js';

/** A delivery is remembered as long as its timestamp is valid, for clocks that differ as much as is allowed. */
const DELIVERY_LIFETIME_MS = 600_000;

interface WebhookContext {
  readonly settings: WebhookSettings;
  readonly records: Records;
  readonly singleFlight: SingleFlight;
}

/**
 * Creates the receiver of Composio's `composio.connected_account.expired`: a function that takes a `Request` and returns a
 * `Response`. Mount it at the URL of the webhook subscription. It returns
 * - 200 `{handled: true}` after `onExpired` was called, and `{handled: false}` for other events;
 * - 401 for a delivery that is not signed with `secret` or is older than 5 minutes, and 409 for a repeated one;
 * - 400, 405 or 413 for anything that is not a delivery;
 * - 500 if `onExpired` or `store` failed, so that Composio tries again.
 *
 * @throws Error that names the invalid option and how to fix it
 */
export function createWebhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const settings = checkWebhookOptions(options);
  const context = { settings, records: createRecords(settings.store), singleFlight: createSingleFlight() };
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
  { settings, records, singleFlight }: WebhookContext,
  incoming: IncomingRequest,
  requestId: string,
): Promise<{ handled: boolean }> {
  if (incoming.head.method !== 'POST') throw onlyPost();
  const bytes = await readBodyBytes(incoming, true);
  const id = verifyDelivery(incoming.head.headers, bytes, settings.keys);
  const account = readExpiredAccount(parseJsonObject(bytes));
  if (account === undefined) throw invalidRequest('This is not an event of Composio.');
  if (account === null) return { handled: false };
  await singleFlight.run(id, () => deliver({ settings, records, id, account, requestId }));
  return { handled: true };
}

interface Delivery extends Pick<WebhookContext, 'settings' | 'records'> {
  readonly id: string;
  readonly account: ExpiredAccount;
  readonly requestId: string;
}

async function deliver({ settings, records, id, account, requestId }: Delivery): Promise<void> {
  const key = `webhook:${id}`;
  if ((await records.read(key)) !== null) throw alreadyReceived();
  await records.write(key, { expiresAt: Date.now() + DELIVERY_LIFETIME_MS });
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
  await records.erase(key);
  throw new RequestError('internal_error', 'The host could not handle this event.');
}

async function call({ onExpired }: WebhookSettings, account: ExpiredAccount): Promise<'success' | 'internal_error'> {
  try {
    await onExpired(Object.freeze(account));
    return 'success';
  } catch (error) {
    // The message is left out because it may quote the host's data.
    console.error(`connect-account: \`onExpired\` threw ${error instanceof Error ? error.name : typeof error}.`);
    return 'internal_error';
  }
}

function onlyPost(): RequestError {
  return new RequestError('invalid_request', 'Webhooks are sent by POST.', {
    status: 405,
    headers: { Allow: 'POST' },
  });
}

function alreadyReceived(): RequestError {
  return new RequestError('invalid_request', 'This delivery was received before.', { status: 409 });
}
