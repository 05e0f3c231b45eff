/** Parses the responses to requests that change something. Invalid data is refused. */
import type { ConnectionLink, StartedConnection } from '../model/connection-types.js';
import { date, type Reader, refuse, shape, status, text, textOrNull } from './wire-format.js';

const link: Reader<ConnectionLink> = shape({ id: text, status, redirectUrl: text, expiresAt: date });

const started: Reader<StartedConnection> = shape({ id: text, status, redirectUrl: textOrNull });

const deletion = shape({ success: (value: unknown) => value });

/** Parses a link. Its URL is checked before use. @throws {@link ConnectError} `invalid_response` */
export function parseConnectionLink(value: unknown): ConnectionLink {
  return link(value, '');
}

/** Parses a started connection. Its URL is checked before use. @throws {@link ConnectError} `invalid_response` */
export function parseStartedConnection(value: unknown): StartedConnection {
  return started(value, '');
}

/** Checks that an account was deleted. @throws {@link ConnectError} `invalid_response` if it was not */
export function parseDeletion(value: unknown): void {
  if (deletion(value, '').success !== true) refuse('success', 'true');
}
