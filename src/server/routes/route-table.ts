import { callbackPage, callbackScript } from '../callback/callback-page-html.js';
import type { AuditAction } from '../handler/audit.js';
import type { RequestContext, UserContext } from '../handler/context.js';
import type { HandlerSettings } from '../handler/options.js';
import { bindBrowserRoute } from './callback.js';
import { deleteAccountRoute, refreshAccountRoute, updateAccountRoute } from './change-account.js';
import { createAccountRoute, createLinkRoute } from './create-account.js';
import { getAccountRoute, listAccountsRoute, listAuthConfigsRoute } from './read-accounts.js';

/** A row of the protocol's table of routes. */
type Route = RouteAddress & (PublicAccess | GuardedAccess);

/** A route that only pages of the app may call. */
export type GuardedRoute = RouteAddress & GuardedAccess;

interface RouteAddress {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `basePath`. */
  readonly path: string;
}

interface PublicAccess {
  readonly access: 'public';
  handle(settings: HandlerSettings): Promise<Response> | Response;
}

/** `user`: a user must be signed in. `anyone`: the route decides what a browser without a user may do. */
type GuardedAccess = {
  /** The action of the audit event. Reads have none. */
  readonly action?: AuditAction;
} & (
  | { readonly access: 'anyone'; handle(context: RequestContext): Promise<Response> }
  | { readonly access: 'user'; handle(context: UserContext): Promise<Response> }
);

const ACCOUNTS = '/connected-accounts';
const CALLBACK_SCRIPT_PATH = '/callback.js';

export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/auth-configs', access: 'user', handle: listAuthConfigsRoute },
  { method: 'POST', path: `${ACCOUNTS}/link`, access: 'user', action: 'create_link', handle: createLinkRoute },
  { method: 'POST', path: ACCOUNTS, access: 'user', action: 'create_account', handle: createAccountRoute },
  { method: 'GET', path: ACCOUNTS, access: 'user', handle: listAccountsRoute },
  { method: 'GET', path: `${ACCOUNTS}/:id`, access: 'user', handle: getAccountRoute },
  { method: 'PATCH', path: `${ACCOUNTS}/:id`, access: 'user', action: 'update_account', handle: updateAccountRoute },
  { method: 'DELETE', path: `${ACCOUNTS}/:id`, access: 'user', action: 'delete_account', handle: deleteAccountRoute },
  {
    method: 'POST',
    path: `${ACCOUNTS}/:id/refresh`,
    access: 'user',
    action: 'refresh_account',
    handle: refreshAccountRoute,
  },
  {
    method: 'GET',
    path: '/callback',
    access: 'public',
    handle: ({ publicPath }) => callbackPage(`${publicPath}${CALLBACK_SCRIPT_PATH}`),
  },
  { method: 'GET', path: CALLBACK_SCRIPT_PATH, access: 'public', handle: callbackScript },
  { method: 'POST', path: '/callback', access: 'anyone', action: 'bind_browser', handle: bindBrowserRoute },
];
