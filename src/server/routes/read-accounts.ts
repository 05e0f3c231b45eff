import {
  type AuthConfig,
  type ConnectedAccount,
  type ConnectionStatus,
  MAX_IDS_PER_REQUEST,
} from '../../core/model/connection-types.js';
import { applyBinding } from '../binding/account-binding.js';
import { listAccounts } from '../composio/accounts.js';
import { getAuthConfig, getToolkit } from '../composio/auth-configs.js';
import { waitForAll } from '../composio/upstream-calls.js';
import { isAllowedAuthConfig, narrowAuthConfigs, pollOwnAccount, withToolkit } from '../handler/access.js';
import { spendCalls, type UserContext } from '../handler/context.js';
import { invalidRequest, jsonResponse, RequestError } from '../http/errors.js';
import { idList, listOrder, optionalCursor, pageLimit, statusList } from '../http/request-fields.js';
import { hasUnbound } from '../links/unfinished-links.js';

/** `GET auth-configs`: returns those that exist and are allowed, in the requested order. */
export async function listAuthConfigsRoute(context: UserContext): Promise<Response> {
  const ids = idList(context.query, 'ids');
  if (ids === undefined) throw invalidRequest(`\`ids\` is missing: name up to ${MAX_IDS_PER_REQUEST} auth configs.`);
  await spendCalls(context, 1);
  const allowed = ids.filter((id) => isAllowedAuthConfig(context, id));
  await boundUncached(context, allowed);
  const found = await waitForAll(allowed.map((id) => findAuthConfig(context, id)));
  return jsonResponse(200, { items: found.filter((authConfig) => authConfig !== null) });
}

/** The number of auth configs that count as one free call. A page of 100 may be read 8 times a minute, cached nowhere. */
const UNCACHED_PER_CALL = 4;

/** Invented ids are in no cache, and each of them costs an upstream call. */
async function boundUncached({ toolkits, freeLimiter, identity }: UserContext, ids: readonly string[]): Promise<void> {
  const uncached = ids.filter((id) => !toolkits.authConfigs.has(id)).length;
  if (uncached === 0) return;
  await freeLimiter.consume(`configs:${identity.userId}`, Math.ceil(uncached / UNCACHED_PER_CALL));
}

async function findAuthConfig(context: UserContext, id: string): Promise<AuthConfig | null> {
  try {
    return await getAuthConfig(context.upstream, context.toolkits, id);
  } catch (error) {
    if (error instanceof RequestError && error.code === 'auth_config_not_found') return null;
    throw error;
  }
}

/** `GET connected-accounts/{id}`: polled while a user connects, so it makes at most one upstream call. */
export async function getAccountRoute(context: UserContext): Promise<Response> {
  const account = await pollOwnAccount(context, context.id);
  return jsonResponse(200, withToolkit(context, account));
}

const FINISHED_STATUSES: readonly ConnectionStatus[] = ['ACTIVE', 'INACTIVE'];

/** `GET connected-accounts`: one page of the user's accounts, newest first. */
export async function listAccountsRoute(context: UserContext): Promise<Response> {
  const { query } = context;
  const statuses = statusList(query, 'statuses');
  const toolkitSlugs = idList(query, 'toolkitSlugs');
  const authConfigIds = narrowAuthConfigs(context, idList(query, 'authConfigIds'));
  const cursor = optionalCursor(query);
  const filter = { limit: pageLimit(query), order_by: listOrder(query), order_direction: 'desc' } as const;
  // Upstream would take an empty filter for no filter.
  if (authConfigIds?.length === 0)
    return jsonResponse(200, { items: [], nextCursor: null, totalPages: 0, totalItems: 0 });

  await spendCalls(context, 1);
  const page = await listAccounts(context.upstream, context.identity.userId, {
    ...filter,
    ...(statuses && { statuses: await upstreamStatuses(context, statuses) }),
    ...(toolkitSlugs && { toolkit_slugs: toolkitSlugs }),
    ...(authConfigIds && { auth_config_ids: authConfigIds }),
    ...(cursor !== undefined && { cursor }),
  });
  const allowed = page.items.filter((account) => isAllowedAuthConfig(context, account.authConfig.id));
  const reviewed = await Promise.all(
    allowed.map(async (account) => applyBinding(context, account, await context.notes.findByAccount(account.id))),
  );
  // An account that is not bound yet has another status than upstream's.
  const items = reviewed
    .filter((account) => account !== null)
    .filter(({ status }) => statuses?.includes(status) ?? true);
  await readToolkits(context, items);
  return jsonResponse(200, { ...page, items: items.map((account) => withToolkit(context, account)) });
}

/** Returns the statuses that accounts of these statuses may have upstream, where one that is not bound yet may be finished. */
async function upstreamStatuses(
  context: UserContext,
  statuses: readonly ConnectionStatus[],
): Promise<ConnectionStatus[]> {
  const isWider = statuses.includes('INITIATED') && (await hasUnbound(context));
  return [...new Set([...statuses, ...(isWider ? FINISHED_STATUSES : [])])];
}

/** Caches the toolkits' names and logos. The list is returned even if this fails. */
async function readToolkits(context: UserContext, accounts: readonly ConnectedAccount[]): Promise<void> {
  const slugs = new Set(accounts.map(({ toolkit }) => toolkit.slug));
  await Promise.allSettled([...slugs].map((slug) => getToolkit(context.upstream, context.toolkits, slug)));
}
