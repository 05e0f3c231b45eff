import type { Context } from 'hono';
import { badRequest } from './api-error.js';

const DEFAULT_LIMIT = 20;

/** The envelope of every list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly total_pages: number;
  readonly current_page: number;
  readonly total_items: number;
}

/** Returns the page that `limit` and `cursor` select. */
export function paginate<T>(context: Context, all: readonly T[], maxLimit: number): Page<T> {
  const { page, limit } = readPosition(context, maxLimit);
  const pages = Math.ceil(all.length / limit);
  return {
    items: all.slice((page - 1) * limit, page * limit),
    next_cursor: page < pages ? encodeCursor(page + 1, limit) : null,
    total_pages: pages,
    current_page: page,
    total_items: all.length,
  };
}

function readPosition(context: Context, maxLimit: number): { page: number; limit: number } {
  const cursor = context.req.query('cursor');
  if (cursor) return decodeCursor(cursor);
  // The SDK sends `limit: null` as an empty value.
  const limit = Number(context.req.query('limit') || DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) throw badRequest('Invalid limit');
  return { page: 1, limit };
}

/** "The cursor is a base64 encoded string of the page and limit": opaque to callers. */
function encodeCursor(page: number, limit: number): string {
  return btoa(`${page}:${limit}`);
}

function decodeCursor(cursor: string): { page: number; limit: number } {
  const [page, limit] = Buffer.from(cursor, 'base64').toString().split(':').map(Number);
  if (!page || !limit || !Number.isInteger(page) || !Number.isInteger(limit)) throw badRequest('Invalid cursor');
  return { page, limit };
}
