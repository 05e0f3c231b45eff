import type { Context } from 'hono';
import type { ZodType } from 'zod';
import { badRequest } from './api-error.js';

/** Returns the JSON body in the requested shape, or throws a 400 that names the invalid fields. */
export async function readBody<T>(context: Context, schema: ZodType<T>): Promise<T> {
  const text = await context.req.text();
  const parsed = schema.safeParse(parseJson(text === '' ? '{}' : text));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw badRequest(`Validation error: ${errors.join('; ')}`, errors);
}

/**
 * Returns the values of a list in the query: `a,b` as the SDK sends it, or a repeated key. A missing or empty list is
 * no filter.
 */
export function queryList(context: Context, name: string): readonly string[] | undefined {
  const values = context.req
    .queries(name)
    ?.flatMap((value) => value.split(','))
    .filter((value) => value !== '');
  return values === undefined || values.length === 0 ? undefined : values;
}

/** Returns one of the allowed words, or throws a 400. */
export function queryChoice<T extends string>(context: Context, name: string, choices: readonly T[], fallback: T): T {
  const value = context.req.query(name);
  if (value === undefined) return fallback;
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw badRequest(`Invalid ${name}: expected one of ${choices.join(', ')}`);
  return choice;
}

/** Returns a boolean, or throws a 400. */
export function queryFlag(context: Context, name: string): boolean | undefined {
  const value = context.req.query(name);
  if (value === undefined) return undefined;
  return queryChoice(context, name, ['true', 'false'], 'false') === 'true';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Request body is not valid JSON');
  }
}
