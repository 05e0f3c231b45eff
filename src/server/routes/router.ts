import { callbackPage } from '../callback/callback-page-html.js';
import type { AuditAction } from '../handler/audit.js';
import type { RequestContext, UserContext } from '../handler/context.js';
import { RequestError } from '../http/errors.js';
import { bindBrowserRoute } from './callback.js';
import { deleteAccountRoute, refreshAccountRoute, updateAccountRoute } from './change-account.js';
import { createAccountRoute } from './create-account.js';
import { createLinkRoute } from './create-link.js';
import { listAuthConfigsRoute } from './list-auth-configs.js';
import { getAccountRoute, listAccountsRoute } from './read-accounts.js';

/** One row of the protocol's table. */
export type Route = RouteAddress & (PublicAccess | GuardedAccess);

/** A route that only pages of the app may call. */
export type GuardedRoute = RouteAddress & GuardedAccess;

interface RouteAddress {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `basePath`; `{id}` stands for one segment. */
  readonly path: string;
}

interface PublicAccess {
  readonly access: 'public';
  handle(): Promise<Response>;
}

/** `user`: somebody must be signed in. `anyone`: the route itself knows what a browser without a user may do. */
type GuardedAccess = {
  /** What the audit event is called; reads have none. */
  readonly action?: AuditAction;
} & (
  | { readonly access: 'anyone'; handle(context: RequestContext): Promise<Response> }
  | { readonly access: 'user'; handle(context: UserContext): Promise<Response> }
);

const ACCOUNTS = '/connected-accounts';

const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/auth-configs', access: 'user', handle: listAuthConfigsRoute },
  { method: 'POST', path: `${ACCOUNTS}/link`, access: 'user', action: 'create_link', handle: createLinkRoute },
  { method: 'POST', path: ACCOUNTS, access: 'user', action: 'create_account', handle: createAccountRoute },
  { method: 'GET', path: ACCOUNTS, access: 'user', handle: listAccountsRoute },
  { method: 'GET', path: `${ACCOUNTS}/{id}`, access: 'user', handle: getAccountRoute },
  { method: 'PATCH', path: `${ACCOUNTS}/{id}`, access: 'user', action: 'update_account', handle: updateAccountRoute },
  { method: 'DELETE', path: `${ACCOUNTS}/{id}`, access: 'user', action: 'delete_account', handle: deleteAccountRoute },
  {
    method: 'POST',
    path: `${ACCOUNTS}/{id}/refresh`,
    access: 'user',
    action: 'refresh_account',
    handle: refreshAccountRoute,
  },
  { method: 'GET', path: '/callback', access: 'public', handle: callbackPage },
  { method: 'POST', path: '/callback', access: 'anyone', action: 'bind_browser', handle: bindBrowserRoute },
];

/** A route and the id in its path, or `''`. */
export interface RouteMatch {
  readonly route: Route;
  readonly id: string;
}

/** @throws RequestError 404 for an unknown path, 405 for a method that is not offered there */
export function findRoute(method: string, pathname: string, basePath: string): RouteMatch {
  const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : '';
  const matches = ROUTES.flatMap((route) => {
    const id = matchPath(route.path, path);
    return id === null ? [] : [{ route, id }];
  });
  // `connected-accounts/link` is a fixed name before it is an id.
  const match = matches.find(({ route }) => route.method === method);
  if (match !== undefined) return match;
  if (matches.length === 0) throw new RequestError('not_found', 'There is no such route.');
  const allow = [...new Set(matches.map(({ route }) => route.method))].join(', ');
  throw new RequestError('invalid_request', `This route offers ${allow}.`, {
    status: 405,
    headers: { Allow: allow },
  });
}

/** The id in the path, `''` where the pattern has none, `null` when it does not match. */
function matchPath(pattern: string, path: string): string | null {
  const [before = '', after] = pattern.split('{id}');
  if (after === undefined) return path === pattern ? '' : null;
  if (!path.startsWith(before) || !path.endsWith(after)) return null;
  const segment = path.slice(before.length, path.length - after.length);
  return segment === '' || segment.includes('/') ? null : decodeSegment(segment);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not an id; as it stands, it is refused like any unknown one.
    return segment;
  }
}
