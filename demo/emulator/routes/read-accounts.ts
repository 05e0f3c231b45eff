import { type Context, Hono } from 'hono';
import { CONNECTION_STATUSES } from '../../../src/core/model/connection-types.js';
import { accountNotFound, badRequest } from '../api-error.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { type AccountRecord, findAccount } from '../emulator-state.js';
import { paginate } from '../paging.js';
import { queryChoice, queryList } from '../request-input.js';
import { wireAccount, wireListedAccount } from '../wire-account.js';

/** `GET /connected_accounts` and `GET /connected_accounts/{id}`. */
export function readAccountRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, knobs, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.get('/connected_accounts', route('accounts.list'), (context) => {
    const matches = createFilter(context, knobs.maxIdsInFilter);
    const found = [...state.accounts.values()].filter(matches).sort(createOrder(context));
    const page = paginate(context, found, knobs.maxPageLimit);
    return context.json({ ...page, items: page.items.map((account) => wireListedAccount(emulator, account)) });
  });

  app.get('/connected_accounts/:id', route('accounts.retrieve'), (context) => {
    const id = context.req.param('id');
    const account = findAccount(state, id);
    if (account === undefined) throw accountNotFound(id);
    return context.json(wireAccount(emulator, account));
  });

  return app;
}

function createFilter(context: Context, maxIds: number): (account: AccountRecord) => boolean {
  const toolkits = queryList(context, 'toolkit_slugs');
  const statuses = queryList(context, 'statuses');
  const users = queryList(context, 'user_ids');
  const authConfigs = queryList(context, 'auth_config_ids');
  const ids = queryList(context, 'connected_account_ids');
  const type = queryChoice(context, 'account_type', ['PRIVATE', 'SHARED', 'ALL'], 'PRIVATE');

  const unknown = statuses?.find((status) => !CONNECTION_STATUSES.some((known) => known === status));
  if (unknown !== undefined) throw badRequest(`Invalid status ${unknown}`);
  if ([users, authConfigs, ids].some((list) => list !== undefined && list.length > maxIds)) {
    throw badRequest(`Array must contain at most ${maxIds} element(s)`);
  }

  return (account) =>
    !account.isDeleted &&
    (type === 'ALL' || account.accountType === type) &&
    (toolkits?.includes(account.toolkitSlug) ?? true) &&
    (statuses?.includes(account.status) ?? true) &&
    (users?.includes(account.userId) ?? true) &&
    (authConfigs?.includes(account.authConfigId) ?? true) &&
    (ids?.includes(account.id) ?? true);
}

function createOrder(context: Context): (first: AccountRecord, second: AccountRecord) => number {
  const by = queryChoice(context, 'order_by', ['created_at', 'updated_at'], 'created_at');
  const sign = queryChoice(context, 'order_direction', ['asc', 'desc'], 'desc') === 'asc' ? 1 : -1;
  const time = (account: AccountRecord): number => (by === 'created_at' ? account.createdAt : account.updatedAt);
  return (first, second) => sign * (time(first) - time(second) || first.id.localeCompare(second.id));
}
