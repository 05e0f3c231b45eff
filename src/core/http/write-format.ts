/** Parses the responses to requests that change something. Invalid data is refused. */
import type { ConnectionLink, StartedConnection } from '../model/connection-types.js';
import { date, object, refuse, status, text, textOrNull } from './wire-format.js';

/** Parses a link. Its URL is checked before use. @throws {@link ConnectError} `invalid_response` */
export function parseConnectionLink(value: unknown): ConnectionLink {
  const link = object(value, 'link');
  return {
    id: text(link['id'], 'id'),
    status: status(link['status'], 'status'),
    redirectUrl: text(link['redirectUrl'], 'redirectUrl'),
    expiresAt: date(link['expiresAt'], 'expiresAt'),
  };
}

/** Parses a started connection. Its URL is checked before use. @throws {@link ConnectError} `invalid_response` */
export function parseStartedConnection(value: unknown): StartedConnection {
  const started = object(value, 'response');
  return {
    id: text(started['id'], 'id'),
    status: status(started['status'], 'status'),
    redirectUrl: textOrNull(started['redirectUrl'], 'redirectUrl'),
  };
}

/** Checks that an account was deleted. @throws {@link ConnectError} `invalid_response` if it was not */
export function parseDeletion(value: unknown): void {
  if (object(value, 'response')['success'] !== true) refuse('success', 'true');
}
