import { CONNECTION_STATUSES, type ConnectionStatus } from '../../core/model/connection-types.js';
import { isObject, isWireId, type JsonObject } from '../composio/wire-value.js';
import { invalidRequest } from './errors.js';

/** Typed readers of what the browser sent. Each throws a 400 that names the field. */

const MAX_IDS_PER_REQUEST = 50;

export function optionalText(body: JsonObject, name: string, maxLength: number): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidRequest(`\`${name}\` must be a string.`);
  if (value.length > maxLength) throw invalidRequest(`\`${name}\` is longer than ${maxLength} characters.`);
  return value;
}

export function requiredText(body: JsonObject, name: string, maxLength: number): string {
  const value = optionalText(body, name, maxLength);
  if (value === undefined || value === '') throw invalidRequest(`\`${name}\` is missing.`);
  return value;
}

export function optionalFlag(body: JsonObject, name: string): boolean | undefined {
  const value = body[name];
  if (value !== undefined && typeof value !== 'boolean') throw invalidRequest(`\`${name}\` must be true or false.`);
  return value;
}

/** The name of a connection, in one line. */
export function optionalAlias(body: JsonObject): string | undefined {
  const alias = optionalText(body, 'alias', 255)?.trim();
  if (alias !== undefined && /\p{Cc}/u.test(alias)) throw invalidRequest('`alias` must be one line of text.');
  return alias;
}

/** base64url of a SHA-256. */
export function optionalChallenge(body: JsonObject): string | undefined {
  const challenge = optionalText(body, 'bindingChallenge', 43);
  if (challenge === undefined || /^[\w-]{43}$/.test(challenge)) return challenge;
  throw invalidRequest('`bindingChallenge` must be base64url(SHA-256(verifier)).');
}

/** `{name: value}` with texts for values. */
export function textRecord(body: JsonObject, name: string): ReadonlyMap<string, string> {
  const record = body[name] ?? {};
  if (!isObject(record)) throw invalidRequest(`\`${name}\` must be an object.`);
  return new Map(
    Object.entries(record).map(([key, value]) => {
      if (typeof value !== 'string') throw invalidRequest(`Each value of \`${name}\` must be a string.`);
      return [key, value];
    }),
  );
}

/** A comma list of ids or slugs; `undefined` when it is absent or empty. */
export function idList(query: URLSearchParams, name: string): string[] | undefined {
  const ids = [...new Set(query.getAll(name).flatMap((list) => list.split(',')))].filter((id) => id !== '');
  if (ids.length > MAX_IDS_PER_REQUEST) throw invalidRequest(`\`${name}\` names more than ${MAX_IDS_PER_REQUEST}.`);
  if (!ids.every(isWireId)) throw invalidRequest(`\`${name}\` names something that cannot be an id.`);
  return ids.length === 0 ? undefined : ids;
}

export function statusList(query: URLSearchParams, name: string): ConnectionStatus[] | undefined {
  return idList(query, name)?.map((text) => {
    const status = CONNECTION_STATUSES.find((known) => known === text);
    if (status === undefined) throw invalidRequest(`\`${name}\` must be of ${CONNECTION_STATUSES.join(', ')}.`);
    return status;
  });
}

export function pageLimit(query: URLSearchParams): number {
  const text = query.get('limit') ?? '20';
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 100) throw invalidRequest('`limit` must be from 1 to 100.');
  return limit;
}

export function listOrder(query: URLSearchParams): 'created_at' | 'updated_at' {
  const order = query.get('orderBy') ?? 'created_at';
  if (order !== 'created_at' && order !== 'updated_at')
    throw invalidRequest('`orderBy` must be created_at or updated_at.');
  return order;
}

/** Upstream's own text for "the next page"; it is passed back as it came. */
export function optionalCursor(query: URLSearchParams): string | undefined {
  const cursor = query.get('cursor') ?? '';
  if (cursor.length > 1024) throw invalidRequest('`cursor` is not one that was answered.');
  return cursor === '' ? undefined : cursor;
}
