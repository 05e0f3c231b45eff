import { asObject, asText, isObject, isWireId } from '../composio/wire-value.js';

const EXPIRED = 'composio.connected_account.expired';

/** An account whose credentials no longer work. Composio does not send its owner; the host knows whose id it is. */
export interface ExpiredAccount {
  readonly connectedAccountId: string;
  readonly authConfigId: string | null;
  readonly toolkitSlug: string | null;
  /** A text from Composio to show or log. */
  readonly statusReason: string | null;
  /** The time at which it expired (ISO 8601), or `null` if Composio did not send it. */
  readonly expiredAt: string | null;
}

/** Returns the expired account in an event, `null` for other events, or `undefined` if the event is unreadable. */
export function readExpiredAccount(event: unknown): ExpiredAccount | null | undefined {
  if (!isObject(event) || typeof event['type'] !== 'string') return undefined;
  if (event['type'] !== EXPIRED) return null;
  const data = asObject(event['data']);
  const id = asText(data['id']);
  if (id === null || !isWireId(id)) return undefined;
  const time = Date.parse(String(event['timestamp']));
  return {
    connectedAccountId: id,
    authConfigId: asText(asObject(data['auth_config'])['id']),
    toolkitSlug: asText(asObject(data['toolkit'])['slug']),
    statusReason: asText(data['status_reason']),
    expiredAt: Number.isNaN(time) ? null : new Date(time).toISOString(),
  };
}
