import { emitAudit, reportError } from '../handler/audit.js';
import { createSingleFlight, type SingleFlight } from '../handler/single-flight.js';
import { errorResponse, invalidRequest, jsonResponse, RequestError } from '../http/errors.js';
import { parseJsonObject, readBodyBytes } from '../http/read-body.js';
import { createRecords, type Records } from '../store/records.js';
import { type ExpiredAccount, readExpiredAccount } from './expired-account.js';
import { verifyDelivery } from './signature.js';
import { checkWebhookOptions, type WebhookHandlerOptions, type WebhookSettings } from './webhook-options.js';

/** ms that a delivery is remembered: as long as its timestamp counts, by clocks that differ as much as they may. */
const DELIVERY_LIFETIME_MS = 600_000;

interface WebhookContext {
  readonly settings: WebhookSettings;
  readonly records: Records;
  readonly singleFlight: SingleFlight;
}

/**
 * Makes the receiver of Composio's `composio.connected_account.expired`: a function from `Request` to `Response`, to be
 * mounted wherever the webhook subscription points to. Answers
 * - 200 `{handled: true}` when `onExpired` was called, and `{handled: false}` for events about something else;
 * - 401 for a delivery that is not signed with `secret`, or older than 5 minutes; 409 for one that came before;
 * - 400, 405 or 413 for what is no delivery; 500 when `onExpired` or `store` failed, so that Composio tries again.
 *
 * @throws Error for a mistake in the options, in words that say the mend
 */
export function createWebhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const settings = checkWebhookOptions(options);
  const context = { settings, records: createRecords(settings.store), singleFlight: createSingleFlight() };
  return async (request) => {
    const requestId = crypto.randomUUID();
    try {
      return jsonResponse(200, await receive(context, request, requestId));
    } catch (error) {
      return errorResponse(reportError(error, requestId), requestId);
    }
  };
}

async function receive(
  { settings, records, singleFlight }: WebhookContext,
  request: Request,
  requestId: string,
): Promise<{ handled: boolean }> {
  if (request.method !== 'POST') throw onlyPost();
  const bytes = await readBodyBytes(request);
  const id = verifyDelivery(request.headers, bytes, settings.keys);
  const account = readExpiredAccount(parseJsonObject(bytes));
  if (account === undefined) throw invalidRequest('This is no event of Composio.');
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
    userId: null,
    connectedAccountId: account.connectedAccountId,
    authConfigId: account.authConfigId,
    requestId,
    time: new Date().toISOString(),
  });
  if (outcome === 'success') return;
  await records.erase(key);
  throw new RequestError('internal_error', 'The host could not take this event.');
}

async function call({ onExpired }: WebhookSettings, account: ExpiredAccount): Promise<'success' | 'internal_error'> {
  try {
    await onExpired(Object.freeze(account));
    return 'success';
  } catch (error) {
    // Without the message: it may quote what the host knows.
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
