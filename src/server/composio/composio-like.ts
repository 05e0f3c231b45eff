/**
 * The few members of `Composio` (package `@composio/core`) that the handler uses, so that any version that has them fits.
 *
 * Calls go through the raw client, because the SDK's own methods lose what is needed here:
 * `link` drops `expires_at` and has no `connection_data`, `list` has no `connected_account_ids` and no total, `delete`
 * cannot revoke, `update` cannot set an alias, `toolkits.get` drops `is_secret`, none of them takes `maxRetries`, and on an
 * answer that does not fit its schema the SDK hands out the whole object, credentials and all.
 */
export interface ComposioLike {
  getClient(): ComposioClientLike;
}

/** What each upstream call is sent with. */
export interface UpstreamOptions {
  readonly signal: AbortSignal;
  /** ms */
  readonly timeout: number;
  /** 0: a repeated `POST` would leave a second account. Reads are repeated by the element, which knows when to stop. */
  readonly maxRetries: 0;
}

/** The raw client, `composio.getClient()`. Every answer is `unknown`: it is read by the allow-lists of this folder. */
export interface ComposioClientLike {
  readonly link: { create(body: LinkBody, options: UpstreamOptions): PromiseLike<unknown> };
  readonly connectedAccounts: {
    /** `object`, because the client types the state of each scheme it knew of when it was made. */
    create(body: object, options: UpstreamOptions): PromiseLike<unknown>;
    list(query: ListAccountsQuery, options: UpstreamOptions): PromiseLike<unknown>;
    patch(id: string, body: { alias: string }, options: UpstreamOptions): PromiseLike<unknown>;
    updateStatus(id: string, body: { enabled: boolean }, options: UpstreamOptions): PromiseLike<unknown>;
    refresh(id: string, params: RefreshParams, options: UpstreamOptions): PromiseLike<unknown>;
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

export interface RefreshParams {
  query_redirect_url: string;
  validate_credentials?: boolean;
}
