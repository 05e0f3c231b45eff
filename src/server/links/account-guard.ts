import { type AuthConfig, type ConnectedAccount, MAX_PAGE_SIZE } from '../../core/model/connection-types.js';
import { applyBinding } from '../binding/account-binding.js';
import { isUnbound } from '../binding/link-notes.js';
import { listAccounts, setAlias } from '../composio/accounts.js';
import type { UserContext } from '../handler/context.js';
import { invalidRequest, RequestError } from '../http/errors.js';

/**
 * Asserts that the user has no account of an auth config yet, unless several are allowed. Upstream has no such check. The
 * SDK's own `link` has one, but it loses the link's expiry.
 *
 * @returns the active and pending accounts
 * @throws RequestError `already_connected`
 */
export async function assertNotConnected(
  context: UserContext,
  authConfigId: string,
  allowMultiple: boolean,
): Promise<readonly ConnectedAccount[]> {
  const { items } = await listAccounts(context.upstream, context.identity.userId, {
    auth_config_ids: [authConfigId],
    statuses: ['ACTIVE', 'INITIATED', 'INITIALIZING'],
    limit: MAX_PAGE_SIZE,
  });
  if (allowMultiple) return items;
  for (const account of items.filter(({ status }) => status === 'ACTIVE')) {
    const reviewed = await applyBinding(context, account, await context.notes.findByAccount(account.id));
    if (reviewed?.status !== 'ACTIVE') continue;
    const details = { connectedAccountId: account.id };
    throw new RequestError('already_connected', 'This user has already connected this auth config.', details);
  }
  return items;
}

/**
 * Frees an alias of an account that never worked: its flow failed, expired or was left. Composio keeps the alias reserved, so
 * a user who denied consent or closed the window once could not use that name again.
 *
 * @returns `true` if the alias was freed
 */
export async function releaseDeadAlias(context: UserContext, authConfigId: string, alias: string): Promise<boolean> {
  const { items } = await listAccounts(context.upstream, context.identity.userId, {
    auth_config_ids: [authConfigId],
    statuses: ['FAILED', 'EXPIRED', 'INITIATED', 'INITIALIZING', 'ACTIVE'],
    limit: MAX_PAGE_SIZE,
  });
  const holder = items.find((account) => account.alias === alias);
  if (holder === undefined || !(await hasNeverWorked(context, holder))) return false;
  await setAlias(context.upstream, holder.id, '');
  return true;
}

/** Of an account that upstream calls ACTIVE, only its note tells that no browser has been bound to it. */
async function hasNeverWorked(context: UserContext, { id, status, wasActive }: ConnectedAccount): Promise<boolean> {
  if (status === 'ACTIVE') return isUnbound(await context.notes.findByAccount(id));
  return status !== 'EXPIRED' || wasActive === false;
}

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
