import { asObject, asText, isObject, isWireId } from '../composio/wire-value.js';

const EXPIRED = 'composio.connected_account.expired';

/** What Composio says of an account whose credentials are dead. Its owner it does not say: the host knows whose id it is. */
export interface ExpiredAccount {
  readonly connectedAccountId: string;
  readonly authConfigId: string | null;
  readonly toolkitSlug: string | null;
  /** Free text of Composio, to be shown or logged. */
  readonly statusReason: string | null;
  /** ISO 8601, when it expired. `null` when Composio did not say. */
  readonly expiredAt: string | null;
}

/** The expired account in an event; `null` for an event about something else. `undefined` for one that is unreadable. */
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
