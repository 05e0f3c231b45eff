import type { AuthConfig } from '../../core/model/connection-types.js';
import { invalidRequest, RequestError } from '../http/errors.js';

/**
 * Refuses fields that the auth config does not declare. Upstream reads `callback_url`, `finalRedirectUri` and others from the
 * same object, and they would redirect the flow.
 *
 * @throws RequestError 400
 */
export function refuseUndeclaredFields(given: ReadonlyMap<string, string>, authConfig: AuthConfig, name: string): void {
  const declared = new Set(authConfig.fields.map((field) => field.name));
  if ([...given.keys()].every((key) => declared.has(key))) return;
  const known = declared.size === 0 ? 'none' : [...declared].join(', ');
  throw invalidRequest(`\`${name}\` holds a field that this auth config does not declare. It declares: ${known}.`);
}

/**
 * Returns the user's credentials, with the defaults of the required fields that were left empty.
 *
 * @throws RequestError `missing_fields`
 */
export function completeCredentials(
  given: ReadonlyMap<string, string>,
  authConfig: AuthConfig,
): Record<string, string> {
  const complete = new Map([...given].filter(([, value]) => value !== ''));
  for (const { name, required, default: initial } of authConfig.fields) {
    if (required && initial && !complete.has(name)) complete.set(name, initial);
  }
  const missing = authConfig.fields.filter(({ name, required }) => required && !complete.has(name));
  if (missing.length > 0) throw missingFields(missing.map(({ name }) => name));
  return Object.fromEntries(complete);
}

/** @param names the missing fields, as the auth config declares them */
export function missingFields(names: readonly string[]): RequestError {
  const fieldErrors = Object.fromEntries(names.map((name) => [name, 'This field is required.']));
  return new RequestError('missing_fields', 'Required fields are missing.', { fieldErrors });
}
