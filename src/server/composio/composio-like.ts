/**
 * The members of `Composio` (package `@composio/core`) that the handler uses. Any version that has them fits.
 *
 * Calls go through the raw client because the SDK's own methods lose data that is needed here: `link` drops `expires_at` and
 * has no `connection_data`, `list` has no `connected_account_ids` and no total, `delete` cannot revoke, `update` cannot set an
 * alias, and `toolkits.get` drops `is_secret`. None of them takes `maxRetries`. If a response does not match its schema, the
 * SDK returns the whole object, including credentials.
 */
export interface ComposioLike {
  getClient(): ComposioClientLike;
}

/** The options of each upstream call. */
export interface UpstreamOptions {
  readonly signal: AbortSignal;
  /** ms */
  readonly timeout: number;
  /** No retries: a repeated `POST` would create a second account. The element repeats reads and knows when to stop. */
  readonly maxRetries: 0;
}

/** The raw client, `composio.getClient()`. Responses are `unknown` and are read by the allow-lists in this folder. */
export interface ComposioClientLike {
  readonly link: { create(body: LinkBody, options: UpstreamOptions): PromiseLike<unknown> };
  readonly connectedAccounts: {
    /** The body is an `object` because each version of the client types only the schemes that it knows. */
    create(body: object, options: UpstreamOptions): PromiseLike<unknown>;
    list(query: ListAccountsQuery, options: UpstreamOptions): PromiseLike<unknown>;
    patch(id: string, body: { alias: string }, options: UpstreamOptions): PromiseLike<unknown>;
    updateStatus(id: string, body: { enabled: boolean }, options: UpstreamOptions): PromiseLike<unknown>;
    /** Deprecated by Composio, so a later version may lack it. */
    refresh?(id: string, params: object, options: UpstreamOptions): PromiseLike<unknown>;
    delete(id: string, params: { revoke_on_delete?: boolean }, options: UpstreamOptions): PromiseLike<unknown>;
  };
  readonly authConfigs: { retrieve(id: string, options: UpstreamOptions): PromiseLike<unknown> };
  readonly toolkits: { retrieve(slug: string, query: undefined, options: UpstreamOptions): PromiseLike<unknown> };
  post(path: string, options: UpstreamOptions & { body: unknown }): PromiseLike<unknown>;
}

export interface LinkBody {
  user_id: string;
  auth_config_id: string;
  callback_url: string;
  alias?: string;
  connection_data?: Record<string, string>;
}

export interface ListAccountsQuery {
  user_ids?: string[];
  connected_account_ids?: string[];
  auth_config_ids?: string[];
  toolkit_slugs?: string[];
  statuses?: ('INITIALIZING' | 'INITIATED' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'INACTIVE' | 'REVOKED')[];
  cursor?: string;
  limit?: number;
  order_by?: 'created_at' | 'updated_at';
  order_direction?: 'desc';
}

/** The members of the raw client that the handler cannot do without. */
const NEEDED_MEMBERS = [
  'link.create',
  'connectedAccounts.create',
  'connectedAccounts.list',
  'connectedAccounts.patch',
  'connectedAccounts.updateStatus',
  'connectedAccounts.delete',
  'authConfigs.retrieve',
  'toolkits.retrieve',
];

/**
 * Returns the first member that a version of the SDK lacks, or `null`. Its raw client was replaced once (0.20), and without
 * this check such a change would show itself to the users of the host, one route at a time.
 */
export function findMissingMember(composio: ComposioLike): string | null {
  const client = composio.getClient();
  const isMissing = (path: string) =>
    typeof path.split('.').reduce<unknown>((parent, name) => Object(parent)[name], client) !== 'function';
  return NEEDED_MEMBERS.find(isMissing) ?? null;
}
