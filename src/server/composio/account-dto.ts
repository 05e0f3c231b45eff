import {
  CONNECTION_STATUSES,
  type ConnectedAccount,
  type ConnectionStatus,
} from '../../core/model/connection-types.js';
import { MAX_SEARCHED_LENGTH } from './upstream-error.js';
import { asObject, asText, isObject, isWireId } from './wire-value.js';

/** Reasons that Composio gives for an account that expired because nobody finished its flow. */
const ABANDONED = /did not complete within|INITIATION_TIMEOUT/i;

/**
 * Picks the fields of an account that a browser may see. Each key is listed by name, so that `state`, `data`, `params` and
 * future fields of Composio never leave the server.
 *
 * @returns `null` if the account is unreadable
 */
export function readAccount(wire: unknown): ConnectedAccount | null {
  const account = asObject(wire);
  const authConfig = asObject(account['auth_config']);
  const id = asText(account['id']);
  const slug = asText(asObject(account['toolkit'])['slug']);
  const authConfigId = asText(authConfig['id']);
  const createdAt = asIsoTime(account['created_at']);
  const updatedAt = asIsoTime(account['updated_at']);
  if (id === null || !isWireId(id) || slug === null || authConfigId === null) return null;
  if (createdAt === null || updatedAt === null || typeof account['status'] !== 'string') return null;

  const status = readStatus(account['status']);
  const statusReason = asText(account['status_reason'])?.slice(0, MAX_SEARCHED_LENGTH) ?? null;
  const state = asObject(account['state']);
  const authScheme = asText(state['authScheme']) ?? asText(authConfig['auth_scheme']);
  const wasActive = deriveWasActive(status, statusReason);
  return {
    id,
    toolkit: { slug },
    authConfig: {
      id: authConfigId,
      ...(authScheme !== null && { authScheme }),
      isComposioManaged: authConfig['is_composio_managed'] === true,
      isDisabled: authConfig['is_disabled'] === true,
    },
    alias: asText(account['alias']),
    wordId: asText(account['word_id']),
    displayName: asText(asObject(state['val'])['displayName']),
    status,
    statusReason,
    isDisabled: account['is_disabled'] === true,
    createdAt,
    updatedAt,
    ...(wasActive !== undefined && { wasActive }),
  };
}

/** Returns whether an account belongs to another user. If Composio omits the owner, its own filter is trusted. */
export function belongsToOther(wire: unknown, userId: string): boolean {
  const owner = isObject(wire) ? wire['user_id'] : undefined;
  return typeof owner === 'string' && owner !== userId;
}

/** Reads a status. An unknown one counts as pending: neither ACTIVE nor final. */
export function readStatus(status: unknown): ConnectionStatus {
  return CONNECTION_STATUSES.find((known) => known === status) ?? 'INITIATED';
}

/** Composio uses EXPIRED for both "never finished" and "stopped working". Only the reason tells them apart, if there is one. */
function deriveWasActive(status: ConnectionStatus, reason: string | null): boolean | undefined {
  switch (status) {
    case 'INITIALIZING':
    case 'INITIATED':
      return false;
    case 'ACTIVE':
    case 'INACTIVE':
    case 'REVOKED':
      return true;
    case 'EXPIRED':
      return reason !== null && ABANDONED.test(reason) ? false : undefined;
    case 'FAILED':
      return undefined;
  }
}

function asIsoTime(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
