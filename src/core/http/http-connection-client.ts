import { ConnectError, wrongAccountError } from '../model/connect-error.js';
import type {
  AccountUpdate,
  ConnectionClient,
  DeleteOptions,
  InitiateOptions,
  LinkOptions,
  ListQuery,
  NewLink,
  RefreshOptions,
  RequestOptions,
} from '../model/connection-client.js';
import type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  StartedConnection,
} from '../model/connection-types.js';
import { waitForConnection } from '../polling/wait-for-connection.js';
import { HttpRequester, type HttpRequesterOptions } from './http-requester.js';
import {
  parseAuthConfigs,
  parseConnectedAccount,
  parseConnectedAccountPage,
  parseConnectionLink,
  parseDeletion,
  parseStartedConnection,
} from './wire-format.js';

/** The {@link ConnectionClient} that talks to the host's backend over HTTP. */
export class HttpConnectionClient implements ConnectionClient {
  readonly #http: HttpRequester;

  constructor(options: HttpRequesterOptions) {
    this.#http = new HttpRequester(options);
  }

  async authConfigs(ids: readonly string[], options: RequestOptions = {}): Promise<readonly AuthConfig[]> {
    const query = { ids: ids.join(','), userId: options.userId };
    return parseAuthConfigs((await this.#http.read('/auth-configs', query, options)).body);
  }

  async link(
    userId: string,
    authConfigId: string,
    link: LinkOptions = {},
    options: RequestOptions = {},
  ): Promise<NewLink> {
    const result = await this.#http.write(
      'POST',
      '/connected-accounts/link',
      { userId, authConfigId, ...link },
      options,
    );
    const serverTime = Date.parse(result.date ?? '');
    return { ...parseConnectionLink(result.body), ...(Number.isFinite(serverTime) && { serverTime }) };
  }

  async initiate(
    userId: string,
    authConfigId: string,
    initiate: InitiateOptions = {},
    options: RequestOptions = {},
  ): Promise<StartedConnection> {
    const request = { userId, authConfigId, credentials: {}, ...initiate };
    const { body } = await this.#http.write('POST', '/connected-accounts', request, options);
    return parseStartedConnection(body);
  }

  waitForConnection(id: string, timeout?: number, options: RequestOptions = {}): Promise<ConnectedAccount> {
    return waitForConnection(this, id, timeout, options);
  }

  async get(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    const { body } = await this.#http.read(accountPath(connectedAccountId), { userId: options.userId }, options);
    return requireAccount(parseConnectedAccount(body), connectedAccountId);
  }

  async list(query: ListQuery = {}, options: RequestOptions = {}): Promise<ConnectedAccountPage> {
    const { authConfigIds, toolkitSlugs, statuses, cursor, limit, orderBy } = query;
    const parameters = {
      userId: options.userId,
      authConfigIds: authConfigIds?.join(','),
      toolkitSlugs: toolkitSlugs?.join(','),
      statuses: statuses?.join(','),
      cursor,
      limit: limit?.toString(),
      orderBy,
    };
    return parseConnectedAccountPage((await this.#http.read('/connected-accounts', parameters, options)).body);
  }

  async delete(connectedAccountId: string, options: DeleteOptions = {}): Promise<void> {
    try {
      const query = { userId: options.userId, revoke: options.revoke === false ? 'false' : undefined };
      parseDeletion((await this.#http.remove(accountPath(connectedAccountId), query, options)).body);
    } catch (error) {
      // The account is gone, as requested.
      if (!(error instanceof ConnectError && error.info.status === 404)) throw error;
    }
  }

  async refresh(id: string, refresh: RefreshOptions = {}, options: RequestOptions = {}): Promise<StartedConnection> {
    const request = { userId: options.userId, ...refresh };
    const { body } = await this.#http.write('POST', `${accountPath(id)}/refresh`, request, options);
    const started = parseStartedConnection(body);
    // A scheme that redirects gets a new account.
    return started.redirectUrl === null ? requireAccount(started, id) : started;
  }

  async update(id: string, change: AccountUpdate, options: RequestOptions = {}): Promise<ConnectedAccount> {
    const { body } = await this.#http.write('PATCH', accountPath(id), { userId: options.userId, ...change }, options);
    return requireAccount(parseConnectedAccount(body), id);
  }

  enable(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    return this.update(connectedAccountId, { enabled: true }, options);
  }

  disable(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    return this.update(connectedAccountId, { enabled: false }, options);
  }
}

function accountPath(connectedAccountId: string): string {
  return `/connected-accounts/${encodeURIComponent(connectedAccountId)}`;
}

/** Refuses a response about another account, as a cache or a proxy may mix them up. */
function requireAccount<Account extends { readonly id: string }>(
  account: Account,
  connectedAccountId: string,
): Account {
  if (account.id === connectedAccountId) return account;
  throw new ConnectError(wrongAccountError());
}
