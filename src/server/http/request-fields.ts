import { z } from 'zod';
import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
  MAX_IDS_PER_REQUEST,
  MAX_PAGE_SIZE,
} from '../../core/model/connection-types.js';
import { isWireId, type JsonObject } from '../composio/wire-value.js';
import { invalidRequest } from './errors.js';

/** Schemas for bodies and readers for queries. Each error is a 400 that names the field. */

const MAX_ALIAS_LENGTH = 255;

/** Returns the schema of an optional text. */
export const optionalText = (maxLength: number) =>
  z.string('must be a string').max(maxLength, `must not be longer than ${maxLength} characters`).optional();

/** The id of an auth config. */
export const authConfigIdField = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a string') })
  .min(1, 'is missing')
  .max(128, 'must not be longer than 128 characters');

export const optionalFlag = z.boolean('must be true or false').optional();

/** The name of a connection, in one line. */
export const aliasField = z
  .string('must be a string')
  .max(MAX_ALIAS_LENGTH, `must not be longer than ${MAX_ALIAS_LENGTH} characters`)
  .trim()
  .regex(/^\P{Cc}*$/u, 'must be one line of text')
  .optional();

/** The base64url of a SHA-256. */
export const challengeField = z
  .string('must be a string')
  .regex(/^[\w-]{43}$/, 'must be base64url(SHA-256(verifier))')
  .optional();

/** The schema of `{name: value}` with strings for values. */
export const textRecord = z
  .record(z.string(), z.string('must hold strings only'), 'must be an object')
  .optional()
  .transform((record): ReadonlyMap<string, string> => new Map(Object.entries(record ?? {})));

/**
 * Returns the fields of a body that a schema names. Others are ignored.
 *
 * @throws RequestError 400 that names the first invalid field
 */
export function parseBody<Fields>(body: JsonObject, schema: z.ZodType<Fields>): Fields {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidRequest(`\`${String(issue?.path[0])}\` ${issue?.message}.`);
}

/** Returns the ids or slugs in a comma-separated list, or `undefined` if it is absent or empty. */
export function idList(query: URLSearchParams, name: string): string[] | undefined {
  const ids = [...new Set(query.getAll(name).flatMap((list) => list.split(',')))].filter((id) => id !== '');
  if (ids.length > MAX_IDS_PER_REQUEST)
    throw invalidRequest(`\`${name}\` must not hold more than ${MAX_IDS_PER_REQUEST} entries.`);
  if (!ids.every(isWireId)) throw invalidRequest(`\`${name}\` holds an entry that cannot be an id.`);
  return ids.length === 0 ? undefined : ids;
}

export function statusList(query: URLSearchParams, name: string): ConnectionStatus[] | undefined {
  return idList(query, name)?.map((text) => {
    const status = CONNECTION_STATUSES.find((known) => known === text);
    if (status === undefined) throw invalidRequest(`\`${name}\` must hold only ${CONNECTION_STATUSES.join(', ')}.`);
    return status;
  });
}

/** Returns `true` or `false`, or `undefined` if it is absent. */
export function readFlag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (text !== 'true' && text !== 'false') throw invalidRequest(`\`${name}\` must be true or false.`);
  return text === 'true';
}

export function pageLimit(query: URLSearchParams): number {
  const text = query.get('limit') ?? '20';
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_PAGE_SIZE) throw invalidRequest(`\`limit\` must be from 1 to ${MAX_PAGE_SIZE}.`);
  return limit;
}

export function listOrder(query: URLSearchParams): 'created_at' | 'updated_at' {
  const order = query.get('orderBy') ?? 'created_at';
  if (order !== 'created_at' && order !== 'updated_at')
    throw invalidRequest('`orderBy` must be created_at or updated_at.');
  return order;
}

/** Returns upstream's cursor for the next page, which is passed back unchanged. */
export function optionalCursor(query: URLSearchParams): string | undefined {
  const cursor = query.get('cursor') ?? '';
  if (cursor.length > 1024) throw invalidRequest('`cursor` is not a `nextCursor` of an earlier response.');
  return cursor === '' ? undefined : cursor;
}
